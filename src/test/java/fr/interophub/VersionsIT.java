package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Portes;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Issue;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.OcClient;
import fr.interophub.crash.SiClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Des OC et un SI de versions différentes, par les portes du hub : SFTP et REST")
class VersionsIT {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final String V12 = "1.2";
    private static final String V2022 = "1.3-2022";

    private static FluxSheet sheet(String version, String flux) {
        return CATALOGUE.page("acces", version).feuille(flux);
    }

    @Test
    @DisplayName("OC de 2022, SI 1.2")
    void anOcOf2022AndAnSiOf12() throws IOException {
        try (Dialogue dialogue = new Dialogue(V2022, V12)) {
            dialogue.live();

            assertThat(dialogue.lost).containsExactly("Cmd_Acces IdentifiantImmeuble", "CR_STOC Reserve1");
            assertThat(dialogue.details).isEmpty();
            dialogue.isGiven("CR_Cmd_Acces", "CrCMD_ACCES_V13-2022");
            dialogue.speaksNot("Cmd_Acces", V12);
            dialogue.speaksNot("CR_STOC", V12);
            dialogue.saysNot("CR_Cmd_Acces", V2022);
        }
    }

    @Test
    @DisplayName("OC 1.2, SI de 2022")
    void anOcOf12AndAnSiOf2022() throws IOException {
        try (Dialogue dialogue = new Dialogue(V12, V2022)) {
            dialogue.live();

            assertThat(dialogue.lost).containsExactly("CR_Cmd_Acces TypePBO");
            assertThat(dialogue.details).containsExactly("TypePBO : « INTERIEUR » lu, que la version 1.2 ne porte pas");
            dialogue.isGiven("CR_Cmd_Acces", "CrCMD_ACCES_V12");
            dialogue.speaksNot("Cmd_Acces", "1.3");
            dialogue.speaksNot("CR_STOC", V2022);
            dialogue.saysNot("CR_Cmd_Acces", V2022);
        }
    }

    /** OCXA and the SI about one order in model STOC, each in its version. */
    private static final class Dialogue implements AutoCloseable {

        private final String oc;
        private final String si;
        private final HubEnMarche hub;
        private final HubApi oi;
        private final OcClient ocxa;
        private final SiClient legacy;
        private final Specimen specimen = new Specimen(Clock.systemUTC(), "OIDE");
        private final Vie ofOc = specimen.open("OCXA", Modele.STOC, CasPto.A_CONSTRUIRE);
        private final Vie ofOi = specimen.facing(ofOc);

        /** What the dossier says to be lost: the flux and the field. */
        private final List<String> lost = new ArrayList<>();

        private final List<String> details = new ArrayList<>();
        private int files;

        private Dialogue(String oc, String si) throws IOException {
            this.oc = oc;
            this.si = si;
            hub = HubEnMarche.start("h2", "--hub.si.version=" + si);
            Portes portes = hub.portes();
            oi = new HubApi(hub.url(), portes.cleLecture());
            legacy = new SiClient(new HubApi(hub.url(), portes.cleSi()), demande -> Optional.empty());
            ocxa = new OcClient(portes.sftpPort(), "ocxa", "demo-ocxa");
            ObjectNode fiche = (ObjectNode) oi.get("/api/v1/operateurs/OCXA").json();
            fiche.putObject("versions").put("acces", oc);
            assertThat(oi.put("/api/v1/operateurs/OCXA", fiche).status()).isEqualTo(200);
        }

        /** A whole life; every demande is in the SI's version, every file in the OC's. */
        private void live() throws IOException {
            say(
                    "Cmd_Acces",
                    null,
                    Map.of("IdentifiantImmeuble", "IMB/64445/X/00A1", "OffreAccesCommandee", "ACCES_FTTH"));
            decide("CR_Cmd_Acces", Issue.OK, Map.of("TypePBO", "INTERIEUR"), "ROUTE_FOURNIE");
            decide("Cmd_STOC", null, Map.of(), "STOC_COMMANDEE");
            say("CR_STOC", Issue.OK, Map.of("Reserve1", "photo"));
            decide("CR_MAD_LigneFTTH", Issue.OK, Map.of(), "MISE_A_DISPOSITION");
            say("CR_MES_LigneFTTH", null, Map.of());

            JsonNode found = oi.get("/api/v1/dossiers?reference=" + ofOc.reference())
                    .json()
                    .get("dossiers")
                    .get(0);
            assertThat(found.get("etat").asText()).isEqualTo("EN_SERVICE");
            assertThat(found.get("version").asText()).isEqualTo(oc);
            JsonNode dossier =
                    oi.get("/api/v1/dossiers/" + found.get("id").asText()).json();
            dossier.get("messages")
                    .forEach(message -> message.path("anomalies").forEach(anomalie -> {
                        assertThat(anomalie.get("regle").asText()).isEqualTo("PERDU_A_LA_TRADUCTION");
                        lost.add(message.get("flux").asText() + " "
                                + anomalie.get("champ").asText());
                    }));
        }

        /** The OC says it, and the SI reads it. */
        private void say(String flux, Issue issue, Map<String, String> more) throws IOException {
            Map<String, String> champs = specimen.champs(flux, issue, "", ofOc, Map.of());
            ofOc.remember(flux, champs);
            ofOi.remember(flux, champs);
            FluxSheet spoken = sheet(oc, flux);
            drop(flux, spoken, with(spoken, champs, more));
            Map<String, String> expected = spoken.ligne(0, with(spoken, champs, more))
                    .traduire(sheet(si, flux))
                    .ligne()
                    .champs();

            int before = legacy.demandes().size();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                legacy.step(100);
                return legacy.demandes().size() > before;
            });
            JsonNode demande = List.copyOf(legacy.demandes().values()).get(before);
            assertThat(demande.get("flux").asText()).isEqualTo(flux);
            assertThat(demande.get("version").asText()).isEqualTo(si);
            assertThat(HubApi.JSON.convertValue(demande.get("champs"), Map.class))
                    .isEqualTo(expected);
        }

        private String drop(String flux, FluxSheet spoken, Map<String, String> champs) throws IOException {
            StringBuilder csv = new StringBuilder(spoken.header()).append('\n');
            spoken.ligne(2, champs).writeCsv(csv);
            String name = flux + "-" + files++ + ".csv";
            ocxa.drop(name, csv.toString().getBytes(StandardCharsets.UTF_8));
            return name;
        }

        private static Map<String, String> with(
                FluxSheet spoken, Map<String, String> champs, Map<String, String> more) {
            Map<String, String> all = new HashMap<>(champs);
            more.forEach((champ, value) -> {
                if (spoken.indexOf(champ) >= 0) {
                    all.put(champ, value);
                }
            });
            return all;
        }

        private void decide(String flux, Issue issue, Map<String, String> more, String etat) throws IOException {
            Map<String, String> champs = specimen.champs(flux, issue, "", ofOi, Map.of());
            ofOc.remember(flux, champs);
            ofOi.remember(flux, champs);
            FluxSheet spoken = sheet(si, flux);
            Map<String, String> said =
                    sheet(V12, flux).ligne(0, champs).traduire(spoken).ligne().champs();
            ArrayNode decisions = HubApi.JSON.createArrayNode();
            decisions
                    .addObject()
                    .put("id", "d-" + flux)
                    .put("operateur", "OCXA")
                    .put("flux", flux)
                    .set("champs", HubApi.JSON.valueToTree(with(spoken, said, more)));
            JsonNode verdict = legacy.decide(decisions).get(0);
            assertThat(verdict.path("etat").asText()).as(verdict.toString()).isEqualTo(etat);
            if (verdict.has("detail")) {
                details.add(verdict.get("detail").asText());
            }
        }

        /** The OC takes a file of its version, whose name says so. */
        private void isGiven(String flux, String jetons) {
            String file = Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(
                            () -> ocxa.collect().entrySet().stream()
                                    .filter(taken -> taken.getKey().contains("_" + jetons + "_"))
                                    .map(taken -> new String(taken.getValue(), StandardCharsets.UTF_8))
                                    .findFirst(),
                            Optional::isPresent)
                    .orElseThrow();
            assertThat(file).startsWith(sheet(oc, flux).header() + "\n");
        }

        private void speaksNot(String flux, String version) throws IOException {
            assertThat(refused(flux, version))
                    .isEqualTo("VERSION_NON_PARLEE le flux %s est en version %s ; la version convenue avec OCXA est %s"
                            .formatted(flux, version, oc));
        }

        private void saysNot(String flux, String version) throws IOException {
            assertThat(refused(flux, version))
                    .isEqualTo("FLUX_INTERDIT le flux %s n'est émis que par l'OI".formatted(flux));
        }

        /** Why a file of this version is set aside. */
        private String refused(String flux, String version) throws IOException {
            String name = drop(
                    flux,
                    sheet(version, flux),
                    Map.of("ReferenceCommandePriseInterneOC", "REFUSEE-" + files, "ReferencePrise", "OI-64AB-0012"));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> reason(name), Optional::isPresent)
                    .orElseThrow();
        }

        private Optional<String> reason(String name) throws IOException {
            for (JsonNode kept :
                    oi.get("/api/v1/quarantaine?operateur=OCXA").json().get("quarantaine")) {
                if (kept.get("fichier").asText().equals(name)) {
                    return Optional.of(kept.get("motif").asText() + " "
                            + kept.get("detail").asText());
                }
            }
            return Optional.empty();
        }

        @Override
        public void close() {
            ocxa.close();
            hub.close();
        }
    }
}
