package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.catalogue.Catalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What waits for a person: quarantaine, alerts, and what is done of them")
class QuarantaineApiTest extends RestSlice {

    private static final String MOTIF = "{\"motif\": \"cause levée\"}";

    private JsonNode entries() {
        return get(OI, "/api/v1/quarantaine").json().get("quarantaine");
    }

    private static List<String> keys(JsonNode node) {
        List<String> keys = new ArrayList<>();
        node.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    /** A CR_MES that comes too early: a line out of sequence. */
    private JsonNode outOfSequence(String reference) {
        drop("OCXA", "cmd.csv", order(reference));
        var sheet = Catalogue.load().page("acces", "1.2").feuille("CR_MES_LigneFTTH");
        StringBuilder file = new StringBuilder(sheet.header()).append('\n');
        sheet.ligne(
                        2,
                        Map.of(
                                "ReferenceCommandePriseInterneOC",
                                reference,
                                "ReferencePrestationPrise",
                                "P-" + reference,
                                "DateMesLigneFtth",
                                "20260112 09:30"))
                .writeCsv(file);
        drop("OCXA", "mes.csv", file.toString());
        assertThat(entries()).hasSize(1);
        return entries().get(0);
    }

    @Test
    void anUnreadableFileIsShownWhole() {
        var file = drop("OCXA", "pas un été.csv", "x\ny");

        JsonNode page = get(OI, "/api/v1/quarantaine").json();

        assertThat(keys(page)).containsExactly("quarantaine", "suivant");
        JsonNode entry = page.at("/quarantaine/0");
        assertThat(keys(entry))
                .containsExactly(
                        "id", "operateur", "canal", "fichier", "motif", "detail", "ligne", "date", "messageId");
        assertThat(entry.get("operateur").asText()).isEqualTo("OCXA");
        assertThat(entry.get("canal").asText()).isEqualTo("SFTP");
        assertThat(entry.get("fichier").asText()).isEqualTo("pas un été.csv");
        assertThat(entry.get("motif").asText()).isEqualTo("ENTETE_INCONNUE");
        assertThat(entry.get("messageId").asText()).isEqualTo(file.id().toString());
        assertThat(entry.get("date").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*\\+0[12]:00");
    }

    @Test
    void aLineOutOfSequenceIsShownAndReplayed() {
        String reference = reference();
        JsonNode entry = outOfSequence(reference);
        assertThat(entry.get("motif").asText()).isEqualTo("HORS_SEQUENCE");
        assertThat(entry.get("ligne").asInt()).isEqualTo(2);
        JsonNode message = dossier(reference).at("/messages/2");
        assertThat(entry.get("messageId")).isEqualTo(message.get("id"));
        assertThat(message.get("acheminement").asText()).isEqualTo("EN_QUARANTAINE");
        assertThat(message.get("nature").asText()).isEqualTo("HORS_SEQUENCE");

        Reply reply = post(
                OI, MOTIF, "/api/v1/quarantaine/{id}/rejouer", entry.get("id").asText());

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        // Still too early: judged again, kept again, under a new entry.
        assertThat(entries()).hasSize(1);
        assertThat(entries().get(0).get("id")).isNotEqualTo(entry.get("id"));
        assertThat(dossier(reference).get("messages")).hasSize(4);
        assertThat(dossier(reference).at("/messages/2/acheminement").asText()).isEqualTo("RECU");
        assertProblem(
                post(
                        OI,
                        MOTIF,
                        "/api/v1/quarantaine/{id}/rejouer",
                        entry.get("id").asText()),
                409);
        assertThat(jdbc.queryForMap("select * from acte"))
                .containsEntry("verbe", "rejouer")
                .containsEntry("cible", entry.get("id").asText())
                .containsEntry("motif", "cause levée");
    }

    @Test
    void aLineIsDismissed() {
        String reference = reference();
        JsonNode entry = outOfSequence(reference);

        assertThat(post(
                                OI,
                                MOTIF,
                                "/api/v1/quarantaine/{id}/ecarter",
                                entry.get("id").asText())
                        .status())
                .isEqualTo(200);

        assertThat(entries()).isEmpty();
        assertThat(dossier(reference).at("/messages/2/acheminement").asText()).isEqualTo("ECARTE");
        assertProblem(
                post(
                        OI,
                        MOTIF,
                        "/api/v1/quarantaine/{id}/ecarter",
                        entry.get("id").asText()),
                409);
        assertThat(jdbc.queryForMap("select * from quarantaine"))
                .containsEntry("statut", "ECARTEE")
                .containsEntry("sortie_par", "OI (API)");
    }

    @Test
    void aFileReplayedOnceTheContractKnowsItsColumnsLives() throws Exception {
        String reference = reference();
        drop("OCXB", "alias.csv", order(reference).replace("CommuneImmeuble", "Ville"));
        JsonNode entry = entries().get(0);
        var sheet = (ObjectNode) get(OI, "/api/v1/operateurs/OCXB").json();
        var before = sheet.deepCopy();
        sheet.withObject("/contrat/colonnes/Cmd_Acces/champs/CommuneImmeuble")
                .putArray("alias")
                .add("Ville");
        assertThat(put(OI, sheet.toString(), "/api/v1/operateurs/OCXB").status())
                .isEqualTo(200);

        assertThat(post(
                                OI,
                                MOTIF,
                                "/api/v1/quarantaine/{id}/rejouer",
                                entry.get("id").asText())
                        .status())
                .isEqualTo(200);
        judge();

        assertThat(entries()).isEmpty();
        assertThat(dossier(reference).get("etat").asText()).isEqualTo("ACQUITTEE");
        assertThat(put(OI, before.toString(), "/api/v1/operateurs/OCXB").status())
                .isEqualTo(200);
    }

    @Test
    void everyActAsksForAReason() {
        drop("OCXA", "rien.csv", "x\ny");
        String id = entries().get(0).get("id").asText();
        for (String verb : List.of("rejouer", "ecarter")) {
            for (String body : new String[] {null, "{}", "{\"motif\": \"\"}"}) {
                assertProblem(post(OI, body, "/api/v1/quarantaine/{id}/" + verb, id), 400);
            }
            assertProblem(post(OI, MOTIF, "/api/v1/quarantaine/{id}/" + verb, UUID.randomUUID()), 404);
            assertProblem(post(OI, MOTIF, "/api/v1/quarantaine/{id}/" + verb, "x"), 404);
        }
        assertThat(entries()).hasSize(1);
    }

    @Test
    void pagesFollowEachOther() {
        for (int i = 0; i < 5; i++) {
            drop(i % 2 == 0 ? "OCXA" : "OCXB", i + ".csv", "x" + i + "\ny");
        }
        List<String> read = new ArrayList<>();
        String apres = "";
        while (apres != null) {
            JsonNode page = get(OI, "/api/v1/quarantaine?max=2" + apres).json();
            page.get("quarantaine")
                    .forEach(entry -> read.add(entry.get("fichier").asText()));
            apres = page.get("suivant").isNull()
                    ? null
                    : "&apres=" + page.get("suivant").asText();
        }
        assertThat(read).containsExactly("4.csv", "3.csv", "2.csv", "1.csv", "0.csv");
        assertThat(get(OI, "/api/v1/quarantaine?operateur=OCXB").json().get("quarantaine"))
                .hasSize(2);
        assertProblem(get(OI, "/api/v1/quarantaine?apres=x"), 400);
    }

    @Test
    void ourOwnFailuresAreNotToldToAnOc() {
        drop("OCXA", "rien.csv", "x\ny");
        jdbc.update("update quarantaine set motif = 'PANNE', detail = 'java.lang.Secret: at line 3'");

        assertThat(get(OI, "/api/v1/quarantaine").body()).contains("Secret");
        assertThat(get(OCXA, "/api/v1/quarantaine").body()).doesNotContain("Secret");
    }

    @Test
    void alertsAreShownAndClosed() {
        drop("OCXA", "rien.csv", "x\ny");

        JsonNode alert = get(OI, "/api/v1/alertes").json().at("/alertes/0");
        assertThat(keys(alert))
                .containsExactly("id", "genre", "sujet", "operateur", "texte", "nombre", "creeLe", "vueLe");
        assertThat(alert.get("genre").asText()).isEqualTo("FICHIER_ILLISIBLE");
        String id = alert.get("id").asText();
        assertThat(post(OI, null, "/api/v1/alertes/{id}/fermer", id).status()).isEqualTo(200);
        assertThat(get(OI, "/api/v1/alertes").json().get("alertes")).isEmpty();
        assertProblem(post(OI, null, "/api/v1/alertes/{id}/fermer", id), 404);
        assertProblem(post(OI, null, "/api/v1/alertes/{id}/fermer", "x"), 404);
        assertThat(jdbc.queryForMap("select * from acte"))
                .containsEntry("verbe", "fermer")
                .containsEntry("cible", id);
    }
}
