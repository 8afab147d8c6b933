package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.echange.Transmission;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Reading back: dossiers, messages, bytes")
class DossiersApiTest extends RestSlice {

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    @Test
    void aListHasTheShapeOfTheFrontDoor() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));

        JsonNode page = get(OI, "/api/v1/dossiers").json();

        assertThat(keys(page)).containsExactly("dossiers", "suivant");
        assertThat(page.get("suivant").isNull()).isTrue();
        JsonNode dossier = page.get("dossiers").get(0);
        assertThat(keys(dossier))
                .containsExactly(
                        "id",
                        "objet",
                        "protocole",
                        "version",
                        "operateur",
                        "etat",
                        "vie",
                        "references",
                        "creeLe",
                        "modifieLe");
        assertThat(dossier.get("objet").asText()).isEqualTo("commande");
        assertThat(dossier.get("protocole").asText()).isEqualTo("acces");
        assertThat(dossier.get("operateur").asText()).isEqualTo("OCXA");
        assertThat(dossier.get("etat").asText()).isEqualTo("ACQUITTEE");
        assertThat(dossier.get("vie").asText()).isEqualTo("Cmd_Acces > AR_Cmd_Acces OK = ACQUITTEE");
        assertThat(dossier.at("/references/ReferenceCommandePriseInterneOC").asText())
                .isEqualTo(reference);
        assertThat(dossier.get("creeLe").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\+0[12]:00");
    }

    @Test
    void aDossierTellsItsMessagesOldestFirst() {
        String reference = reference();
        drop("OCXA", "commandes d'été.csv", order(reference));

        JsonNode waiting = dossier(reference);
        emit();
        JsonNode sent = dossier(reference);

        assertThat(keys(sent)).endsWith("messages").doesNotContain("messagesSuivants", "dossier");
        JsonNode in = sent.get("messages").get(0);
        assertThat(keys(in))
                .containsExactly(
                        "id", "sens", "flux", "issue", "canal", "fichier", "ligne", "acheminement", "date", "champs");
        assertThat(in.get("sens").asText()).isEqualTo("entrant");
        assertThat(in.get("flux").asText()).isEqualTo("Cmd_Acces");
        assertThat(in.get("issue").isNull()).isTrue();
        assertThat(in.get("fichier").asText()).isEqualTo("commandes d'été.csv");
        assertThat(in.get("ligne").asInt()).isEqualTo(2);
        assertThat(in.get("acheminement").asText()).isEqualTo("RECU");
        assertThat(in.at("/champs/NomClient").asText()).isEqualTo("ETCHEVERRY");
        JsonNode before = waiting.get("messages").get(1);
        assertThat(before.get("acheminement").asText()).isEqualTo("A_EMETTRE");
        assertThat(before.get("fichier").isNull()).isTrue();
        assertThat(before.get("ligne").isNull()).isTrue();
        JsonNode out = sent.get("messages").get(1);
        assertThat(out.get("sens").asText()).isEqualTo("sortant");
        assertThat(out.get("issue").asText()).isEqualTo("OK");
        assertThat(out.get("acheminement").asText()).isEqualTo("EMIS");
        assertThat(out.get("fichier").asText()).startsWith("OIDE_OCXA_ARCMD_ACCES_V12_");
        assertThat(out.get("ligne").asInt()).isEqualTo(2);
    }

    @Test
    void anomaliesAreToldOnlyWhenThereAreSome() {
        String reference = reference();
        drop("OCXA", "faux.csv", order(reference).replace(";COFI;", ";XXXX;"));

        JsonNode dossier = dossier(reference);

        assertThat(dossier.get("etat").asText()).isEqualTo("REJETEE_AR");
        JsonNode fault = dossier.at("/messages/0/anomalies/0");
        assertThat(keys(fault)).containsExactly("champ", "valeur", "regle", "motif", "detail");
        assertThat(fault.get("champ").asText()).isEqualTo("TypeCommandeDemande");
        assertThat(dossier.at("/messages/1").has("anomalies")).isFalse();
    }

    @Test
    void anyReferenceFindsWholeAndWhateverTheCase() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference).replace("RDV-2026-0117", "rdv-" + reference));

        for (String wanted : List.of(
                reference,
                reference.toUpperCase(),
                reference.toLowerCase(),
                "RDV-" + reference,
                " " + reference + " ")) {
            assertThat(get(OI, "/api/v1/dossiers?reference={r}", wanted).json().get("dossiers"))
                    .as(wanted)
                    .hasSize(1);
        }
        for (String wanted : List.of(reference.substring(1), reference + "%", "%", "_", "\0", "x".repeat(5000))) {
            assertThat(get(OI, "/api/v1/dossiers?reference={r}", wanted).json().get("dossiers"))
                    .as(wanted)
                    .isEmpty();
        }
    }

    @Test
    void filtersJoin() {
        String mine = reference();
        String bad = reference();
        String theirs = reference();
        drop("OCXA", "a.csv", order(mine));
        drop("OCXA", "b.csv", order(bad).replace(";COFI;", ";XXXX;"));
        drop("OCXB", "c.csv", order(theirs));

        assertThat(found("")).containsExactly(theirs, bad, mine);
        assertThat(found("operateur=OCXA")).containsExactly(bad, mine);
        assertThat(found("etat=ACQUITTEE")).containsExactly(theirs, mine);
        assertThat(found("etat=ACQUITTEE&operateur=OCXA")).containsExactly(mine);
        assertThat(found("protocole=acces")).hasSize(3);
        assertThat(found("protocole=sav")).isEmpty();
        assertThat(found("etat=NIMPORTE")).isEmpty();
        assertThat(found("operateur=ZZZZ")).isEmpty();
        assertThat(found("reference=" + mine + "&operateur=OCXB")).isEmpty();
        assertThat(found("reference=" + mine + "&etat=ACQUITTEE")).containsExactly(mine);
    }

    private List<String> found(String query) {
        List<String> references = new ArrayList<>();
        get(OI, "/api/v1/dossiers?" + query)
                .json()
                .get("dossiers")
                .forEach(dossier -> references.add(dossier.at("/references/ReferenceCommandePriseInterneOC")
                        .asText()));
        return references;
    }

    @Test
    void pagesFollowEachOtherWithoutHoleOrRepetition() {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String reference = reference();
            all.add(0, reference);
            drop(i % 2 == 0 ? "OCXA" : "OCXB", i + ".csv", order(reference));
        }
        for (String filter : List.of("", "&etat=ACQUITTEE", "&protocole=acces")) {
            List<String> read = new ArrayList<>();
            String apres = "";
            int pages = 0;
            do {
                JsonNode page =
                        get(OI, "/api/v1/dossiers?max=3" + filter + apres).json();
                page.get("dossiers")
                        .forEach(dossier -> read.add(dossier.at("/references/ReferenceCommandePriseInterneOC")
                                .asText()));
                apres = page.get("suivant").isNull()
                        ? null
                        : "&apres=" + page.get("suivant").asText();
                pages++;
            } while (apres != null);
            assertThat(read).as(filter).isEqualTo(all);
            assertThat(pages).isEqualTo(3);
        }
    }

    @Test
    void parametersThatMeanNothingAreRefused() {
        for (String query : List.of("max=0", "max=-1", "max=x", "apres=x", "max=99999999999999999999")) {
            assertProblem(get(OI, "/api/v1/dossiers?" + query), 400);
        }
        assertThat(get(OI, "/api/v1/dossiers?max=100000").status()).isEqualTo(200);
        assertThat(get(OI, "/api/v1/dossiers?max=&apres=&reference=&etat=").status())
                .isEqualTo(200);
    }

    @Test
    void theBytesComeBackAsTheyCame() throws Exception {
        String reference = reference();
        String content = order(reference);
        Transmission file = drop("OCXA", "été \"1\"/..\\x.CSV", content);
        JsonNode dossier = dossier(reference);
        String in = dossier.at("/messages/0/id").asText();
        String out = dossier.at("/messages/1/id").asText();

        for (String id : List.of(in, file.id().toString())) {
            Reply reply = get(OI, "/api/v1/messages/{id}/contenu", id);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(reply.body()).isEqualTo(content);
            assertThat(reply.response().getContentType()).isEqualTo("text/csv");
            assertThat(reply.response().getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(reply.response().getHeader("Content-Disposition"))
                    .isEqualTo("attachment; filename=\"_t_ _1__.._x.CSV\";"
                            + " filename*=UTF-8''%C3%A9t%C3%A9%20%221%22_.._x.CSV");
        }
        assertProblem(get(OI, "/api/v1/messages/{id}/contenu", out), 404);
        emit();
        Reply sent = get(OI, "/api/v1/messages/{id}/contenu", out);
        assertThat(sent.status()).isEqualTo(200);
        assertThat(sent.body()).startsWith("ReferenceCommandePriseInterneOC;").contains(reference);
    }

    @Test
    void anUnreadableFileIsReadAsItCame() {
        Transmission file = drop("OCXA", "rien", "x\ny");

        Reply reply = get(OI, "/api/v1/messages/{id}/contenu", file.id());

        assertThat(reply.body()).isEqualTo("x\ny");
        assertThat(reply.response().getContentType()).isEqualTo("application/octet-stream");
    }

    @Test
    void whatIsNoIdentifierDoesNotExist() {
        for (String id : List.of("x", "1", "1-1-1-1-1", UUID.randomUUID().toString())) {
            assertProblem(get(OI, "/api/v1/dossiers/{id}", id), 404);
            assertProblem(get(OI, "/api/v1/messages/{id}/contenu", id), 404);
        }
    }

    @Test
    void aLostMessageGoesOutAgain() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        emit();
        JsonNode before = dossier(reference);
        JsonNode ar = before.at("/messages/1");

        Reply reply = post(
                OI,
                "{\"motif\": \"perdu par l'OC\"}",
                "/api/v1/messages/{id}/reemettre",
                ar.get("id").asText());

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json().get("id").asText()).isNotEqualTo(ar.get("id").asText());
        assertThat(reply.json().get("nature").asText()).isEqualTo("REEMIS");
        assertThat(reply.json().get("acheminement").asText()).isEqualTo("A_EMETTRE");
        assertThat(reply.json().get("champs")).isEqualTo(ar.get("champs"));
        emit();
        JsonNode after = dossier(reference);
        assertThat(after.get("messages")).hasSize(3);
        assertThat(after.get("vie")).isEqualTo(before.get("vie"));
        JsonNode again = after.at("/messages/2");
        assertThat(again.get("acheminement").asText()).isEqualTo("EMIS");
        assertThat(again.get("fichier")).isNotEqualTo(ar.get("fichier"));
        assertThat(get(OI, "/api/v1/messages/{id}/contenu", again.get("id").asText())
                        .body())
                .isEqualTo(get(OI, "/api/v1/messages/{id}/contenu", ar.get("id").asText())
                        .body());
        assertThat(jdbc.queryForMap("select * from acte"))
                .containsEntry("qui", "OI (API)")
                .containsEntry("verbe", "reemettre")
                .containsEntry("cible", ar.get("id").asText())
                .containsEntry("motif", "perdu par l'OC");
    }

    @Test
    void onlyWhatTheHubSaidGoesOutAgainAndForAReason() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        JsonNode dossier = dossier(reference);
        String in = dossier.at("/messages/0/id").asText();
        String out = dossier.at("/messages/1/id").asText();

        assertProblem(post(OI, "{\"motif\": \"x\"}", "/api/v1/messages/{id}/reemettre", in), 409);
        assertProblem(post(OI, "{\"motif\": \"x\"}", "/api/v1/messages/{id}/reemettre", UUID.randomUUID()), 404);
        for (String body : new String[] {null, "{}", "{\"motif\": \" \"}", "{\"motif\": null}", "[]", "{", "\"x\""}) {
            assertProblem(post(OI, body, "/api/v1/messages/{id}/reemettre", out), 400);
        }
        assertProblem(
                post(OI, "{\"motif\": \"%s\"}".formatted("x".repeat(501)), "/api/v1/messages/{id}/reemettre", out),
                400);
        assertThat(dossier(reference).get("messages")).hasSize(2);
        assertThat(jdbc.queryForObject("select count(*) from acte", Integer.class))
                .isZero();
    }
}
