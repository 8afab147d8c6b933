package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The dialogue with the legacy IT by REST")
class SiApiTest extends RestSlice {

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static String refusal(String id, String reference) {
        return """
               {"id": "%s", "operateur": "OCXA", "flux": "CR_Cmd_Acces", "champs": {
                "ReferenceCommandePriseInterneOC": "%s", "EtatCrCommandePrise": "KO",
                "MotifKoCrCommandePrise": "FIMP15"}}""".formatted(id, reference);
    }

    @Test
    void demandesAreReadInOrderAndAgain() {
        String first = reference();
        String second = reference();
        drop("OCXA", "1.csv", order(first));
        drop("OCXB", "2.csv", order(second));
        demandes.number();

        JsonNode page = get(SI, "/api/v1/si/demandes?max=1").json();
        assertThat(keys(page)).containsExactly("demandes", "curseur");
        JsonNode demande = page.at("/demandes/0");
        assertThat(keys(demande))
                .containsExactly(
                        "id", "date", "operateur", "protocole", "version", "flux", "dossier", "etat", "champs");
        assertThat(demande.get("flux").asText()).isEqualTo("Cmd_Acces");
        assertThat(demande.at("/champs/ReferenceCommandePriseInterneOC").asText())
                .isEqualTo(first);
        String cursor = page.get("curseur").asText();
        JsonNode next = get(SI, "/api/v1/si/demandes?apres={c}", cursor).json();
        assertThat(next.at("/demandes/0/operateur").asText()).isEqualTo("OCXB");
        assertThat(next.get("demandes")).hasSize(1);
        assertThat(get(SI, "/api/v1/si/demandes?apres={c}", cursor).json()).isEqualTo(next);
        JsonNode end = get(
                        SI, "/api/v1/si/demandes?apres={c}", next.get("curseur").asText())
                .json();
        assertThat(end.get("demandes")).isEmpty();
        assertThat(end.get("curseur")).isEqualTo(next.get("curseur"));
    }

    @Test
    void theDemandesOfAnotherModeAreReadAgain() {
        drop("OCXA", "1.csv", order(reference()));
        demandes.number();
        jdbc.update("update demande_lot set si_mode = 'webhook'");

        assertThat(get(SI, "/api/v1/si/demandes").json().get("demandes")).isEmpty();
        assertThat(get(SI, "/api/v1/si/demandes?mode=webhook")
                        .json()
                        .at("/demandes/0/flux")
                        .asText())
                .isEqualTo("Cmd_Acces");
        assertProblem(get(SI, "/api/v1/si/demandes?mode=fax"), 400);
    }

    @Test
    void aCursorThatIsNotOursIsRefused() {
        for (String cursor : List.of("x", "-1", "1.5", "9999999999999999999999", "1;2")) {
            assertProblem(get(SI, "/api/v1/si/demandes?apres={c}", cursor), 400);
        }
        assertProblem(get(SI, "/api/v1/si/demandes?max=0"), 400);
        assertThat(get(SI, "/api/v1/si/demandes?max=5000").status()).isEqualTo(200);
    }

    @Test
    void everyDecisionHasItsVerdictInOrder() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        String id = "D-" + reference;
        String body = "[%s, {\"id\": \"x-%s\", \"operateur\": \"ZZZZ\", \"flux\": \"CR_Cmd_Acces\"}, %s]"
                .formatted(refusal(id, reference), reference, refusal("y-" + reference, reference));

        Reply reply = post(SI, body, "/api/v1/si/decisions");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        assertThat(reply.json()).hasSize(3);
        JsonNode ok = reply.json().get(0);
        assertThat(keys(ok)).startsWith("id", "verdict", "etat");
        assertThat(ok.get("verdict").asText()).as(reply.body()).isEqualTo("OK");
        assertThat(ok.get("etat").asText()).isEqualTo("REJETEE_CR");
        JsonNode unknown = reply.json().get(1);
        assertThat(keys(unknown)).containsExactly("id", "verdict", "motif", "champ", "detail");
        assertThat(unknown.get("motif").asText()).isEqualTo("OPERATEUR_INCONNU");
        JsonNode late = reply.json().get(2);
        assertThat(late.get("motif").asText()).isEqualTo("HORS_SEQUENCE");
        assertThat(late.get("champ").isNull()).isTrue();
        assertThat(keys(late)).contains("champ");

        assertThat(post(SI, body, "/api/v1/si/decisions").json()).isEqualTo(reply.json());
        assertThat(dossier(reference).get("messages")).hasSize(3);
    }

    @Test
    void anEssaiGivesTheVerdictsAndHasNoEffect() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        String body = "[%s]".formatted(refusal("E-" + reference, reference));

        JsonNode verdicts = post(SI, body, "/api/v1/si/decisions?essai=true").json();

        assertThat(verdicts.at("/0/etat").asText()).isEqualTo("REJETEE_CR");
        assertThat(dossier(reference).get("etat").asText()).isEqualTo("ACQUITTEE");
        assertThat(jdbc.queryForObject("select count(*) from decision", Integer.class))
                .isZero();
        assertProblem(post(SI, body, "/api/v1/si/decisions?essai=oui"), 400);
        assertThat(post(SI, body, "/api/v1/si/decisions?essai=false").json()).isEqualTo(verdicts);
        assertThat(dossier(reference).get("etat").asText()).isEqualTo("REJETEE_CR");
    }

    @Test
    void aMalformedBodyHasNoEffect() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        String good = refusal("M-" + reference, reference);
        for (String body : new String[] {
            null,
            "",
            "{}",
            "null",
            "\"x\"",
            "[" + good,
            "[" + good + ",]",
            "[" + good + ", 3]",
            "[" + good + ", null]",
            "[" + good + "] []",
            "[" + good + ", {\"id\": \"a\", \"id\": \"b\"}]",
            "[" + good + ", {\"id\": \"a\", \"champs\": {\"a\": {}}}]",
            "[" + good + ", {\"id\": \"a\", \"champs\": \"x\"}]"
        }) {
            Reply reply = post(SI, body == null ? "" : body, "/api/v1/si/decisions");
            assertProblem(reply, 400);
            assertThat(reply.body()).doesNotContain("jackson").doesNotContain("line:");
        }
        assertThat(dossier(reference).get("etat").asText()).isEqualTo("ACQUITTEE");
    }

    @Test
    void bodiesAreBounded() {
        ArrayNode many = json.createArrayNode();
        for (int i = 0; i <= SiApi.DECISIONS_MAX; i++) {
            many.addObject().put("id", "n" + i);
        }
        assertProblem(post(SI, many.toString(), "/api/v1/si/decisions"), 413);
        String large = "[{\"id\": \"" + "x".repeat(CorpsBorne.MAX) + "\"}]";
        assertProblem(post(SI, large, "/api/v1/si/decisions"), 413);
        assertThat(jdbc.queryForObject("select count(*) from decision", Integer.class))
                .isZero();
    }

    @Test
    void anIdThatNoStoreCouldHoldIsRefusedAloneInItsPlace() {
        Reply reply = post(SI, "[{\"id\": \"a\\u0000b\"}, {\"flux\": \"X\"}]", "/api/v1/si/decisions");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.json().at("/0/motif").asText()).isEqualTo("ID_INVALIDE");
        assertThat(reply.json().at("/1/motif").asText()).isEqualTo("ID_INVALIDE");
    }

    @Test
    void thePlanDeChargeIsTakenEntryByEntryAndTheHubAnswersFromThenOn() {
        String body = """
                      [{"zone": "*", "debut": "2099-12-01T08:00:00+01:00", "fin": "2099-12-01T10:00:00+01:00", "capacite": 1},
                       {"zone": "*", "debut": "hier"},
                       {"zone": "*", "jour": "2099-12-25", "ferme": true}]""";

        JsonNode verdicts = post(SI, body, "/api/v1/si/plan-de-charge").json();

        try {
            assertThat(keys(verdicts.get(0))).containsExactly("zone", "debut", "verdict");
            assertThat(verdicts.at("/0/verdict").asText()).isEqualTo("OK");
            assertThat(keys(verdicts.get(1))).containsExactly("zone", "debut", "verdict", "motif", "champ", "detail");
            assertThat(verdicts.at("/1/champ").asText()).isEqualTo("debut");
            assertThat(keys(verdicts.get(2))).containsExactly("zone", "jour", "verdict");
            assertThat(post(SI, body, "/api/v1/si/plan-de-charge").json()).isEqualTo(verdicts);
            String reference = "RDV-" + reference();
            drop("OCXA", "rdv.csv", rdv(reference, "20991201 09:00"));
            drop("OCXA", "rdv2.csv", rdv("X" + reference, "20991201 09:00"));
            assertThat(rdv(reference)).isEqualTo("RESERVE");
            assertThat(rdv("X" + reference)).isEqualTo("REFUSE");
        } finally {
            jdbc.update("delete from creneau");
        }
    }

    private static String rdv(String reference, String date) {
        return """
               ReferenceDemandeOC;CommuneImmeuble;CodePostalImmeuble;CodeInseeImmeuble;CodeVoieRivoliImmeuble;NumeroVoieImmeuble;ComplementNumeroVoieImmeuble;TypeVoieImmeuble;LibelleVoieImmeuble;CodeAdresseImmeuble;Batiment;Escalier;Etage;ReferencePm;NomClient;PrenomClient;ContactClient1;ContactClient2;DateRdv1;DateRdv2;DateRdv3;Commentaire
               %s;PAU;64000;64445;0220;12;;RUE;DES ARTS;;;;;FI-64445-0001;MARTIN;;0600000000;;%s;;;
               """.formatted(reference, date);
    }

    private String rdv(String reference) {
        return get(OI, "/api/v1/dossiers?reference={r}", reference)
                .json()
                .at("/dossiers/0/etat")
                .asText();
    }

    @Test
    void aPlanThatIsNoArrayHasNoEffect() {
        for (String body : new String[] {"", "{}", "[1]", "[{\"capacite\": \"x\"}]", "[{\"capacite\": 1}"}) {
            assertProblem(post(SI, body, "/api/v1/si/plan-de-charge"), 400);
        }
        assertThat(post(OCXA, "[]", "/api/v1/si/plan-de-charge").status()).isEqualTo(403);
        assertThat(post(SI, "[]", "/api/v1/si/plan-de-charge").json()).isEmpty();
    }
}
