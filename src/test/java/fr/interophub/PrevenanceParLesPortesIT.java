package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.bacasable.Portes;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Prévenances et dommages, par les portes du hub : courriel et REST (spec SAV §g)")
class PrevenanceParLesPortesIT {

    private final Postes postes = new Postes();

    @AfterEach
    void stop() {
        postes.close();
    }

    private static final String PREVENANCE = "ReferencePrevenance";
    private static final String PM = "PM-64-001";

    private static ObjectNode acces(String operateur, String prestation, String adresse) {
        return HubApi.JSON
                .createObjectNode()
                .put("operateur", operateur)
                .put("ReferencePrestationPrise", prestation)
                .put("ReferencePrise", "PTO-" + prestation)
                .put("ReferencePm", PM)
                .put("adresse", adresse)
                .put("dateMes", "2026-01-31T12:00:00+01:00");
    }

    /** The lines of the only file of this flux that the hub has left for an OC; taken from it. */
    /** The one file of its mails that begins so. */
    private List<String> taken(String oc, String premiereColonne) {
        List<List<String>> files = new ArrayList<>();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            files.clear();
            postes.received(adresse(oc)).stream()
                    .map(Postes::attached)
                    .filter(text -> text.startsWith(premiereColonne))
                    .forEach(text -> files.add(text.lines().toList()));
            return !files.isEmpty();
        });
        assertThat(files).hasSize(1);
        return files.get(0);
    }

    private static String adresse(String oc) {
        return oc.toLowerCase(Locale.ROOT) + "@oc.test";
    }

    /** They all live by mail. */
    private void write(HubApi oi, String oc) throws IOException {
        ObjectNode fiche = (ObjectNode) oi.get("/api/v1/operateurs/" + oc).json();
        fiche.withObject("/contrat/mail").putArray("adresses").add(adresse(oc));
        postes.open(adresse(oc));
        assertThat(oi.put("/api/v1/operateurs/" + oc, fiche).status()).isEqualTo(200);
    }

    @Test
    @DisplayName("trois OC derrière un PM, 20 adresses pour l'un ; leurs accusés ; un dommage et son accusé")
    void worksAndDamagesThroughTheDoors() throws IOException {
        String[] mail = Stream.concat(Stream.of("--hub.prevenance.accuse=1s"), Stream.of(postes.properties()))
                .toArray(String[]::new);
        try (HubEnMarche hub = HubEnMarche.start("h2", mail)) {
            Portes portes = hub.portes();
            HubApi si = new HubApi(hub.url(), portes.cleSi());
            HubApi oi = new HubApi(hub.url(), portes.cleLecture());
            for (String oc : List.of("OCXA", "OCXB", "OCXC")) {
                write(oi, oc);
            }
            ArrayNode parc = HubApi.JSON.createArrayNode();
            for (int i = 1; i <= 20; i++) {
                parc.add(acces("OCXA", "A-" + i, "%02d RUE BASSE, 64000 PAU".formatted(i)));
            }
            parc.add(acces("OCXB", "B-1", "03 RUE BASSE, 64000 PAU"));
            parc.add(acces("OCXC", "C-1", "5 RUE HAUTE, 64000 PAU"));
            assertThat(si.post("/api/v1/parc", parc).json().findValuesAsText("verdict"))
                    .containsOnly("OK");
            ObjectNode annonce = HubApi.JSON
                    .createObjectNode()
                    .put("ReferencePrevenance", "PREV-1")
                    .put("ReferencePM", PM)
                    .put("DateHeureDebut", "20261124 08:00")
                    .put("DateHeureFin", "20261124 12:00");
            assertThat(si.post("/api/v1/si/prevenances", annonce).status()).isEqualTo(200);

            List<String> ofA = taken("OCXA", PREVENANCE);
            assertThat(ofA).hasSize(21);
            assertThat(ofA.get(3)).isEqualTo("PREV-1;PM-64-001;20261124 08:00;20261124 12:00;03 RUE BASSE, 64000 PAU;");
            assertThat(taken("OCXB", PREVENANCE)).containsExactly(ofA.get(0), ofA.get(3));
            assertThat(taken("OCXC", PREVENANCE))
                    .containsExactly(
                            ofA.get(0), "PREV-1;PM-64-001;20261124 08:00;20261124 12:00;5 RUE HAUTE, 64000 PAU;");

            drop("OCXA", "ar.csv", "ReferencePrevenance;DateReception\r\nPREV-1;20261120\r\n");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> states(si).equals(List.of("ACCUSEE false", "ANNONCEE true", "ANNONCEE true")));
            assertThat(oi.get("/api/v1/alertes").json().findValuesAsText("sujet"))
                    .contains("PREV-1 OCXB", "PREV-1 OCXC")
                    .doesNotContain("PREV-1 OCXA");

            drop(
                    "OCXC",
                    "dommage.csv",
                    "ReferenceDommageOC;ReferencePM;LocalisationDommage;ContactImmeuble;TelContactImmeuble;DateConstat;Commentaire\r\n"
                            + "DOM-1;PM-64-001;Cave;M. Étienne;0559000001;20261120;câble arraché\r\n");
            assertThat(taken("OCXC", "ReferenceDommageOC").get(1))
                    .startsWith("DOM-1;")
                    .endsWith(";OK;");
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> demandes(si).equals(List.of("OCXA ARPREVMAINT", "OCXC PREVDOM")));
        }
    }

    private void drop(String oc, String name, String content) {
        postes.deliver(
                Postes.SAV,
                new Mail()
                        .from(adresse(oc))
                        .subject("SAV FTTH - " + name)
                        .file(name, content.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<String> states(HubApi si) throws IOException {
        List<String> states = new ArrayList<>();
        si.get("/api/v1/si/prevenances/PREV-1")
                .json()
                .get("envois")
                .forEach(envoi -> states.add(
                        envoi.get("etat").asText() + " " + envoi.get("enRetard").asText()));
        return states;
    }

    private static List<String> demandes(HubApi si) throws IOException {
        List<String> told = new ArrayList<>();
        for (JsonNode demande : si.get("/api/v1/si/demandes").json().get("demandes")) {
            told.add(demande.get("operateur").asText() + " "
                    + demande.get("flux").asText());
        }
        return told;
    }
}
