package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.bacasable.PosteSav;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.OcClient;
import fr.interophub.crash.Orders;
import fr.interophub.crash.SiClient;
import fr.interophub.sav.Cas;
import fr.interophub.sav.SavDEssai;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayName("Les cas du SAV, joués par le fil : SOAP dans les deux sens, le SI par REST")
class SavParLeFilIT {

    private static List<Cas> served() {
        return Cas.load().stream().filter(cas -> cas.joue(Cas.FIL)).toList();
    }

    @TestFactory
    @DisplayName("sur H2")
    Stream<DynamicTest> surH2() throws Exception {
        return PartieSav.play("h2", served(), null);
    }

    /** One case in three, chosen by its name alone: a case that comes or goes changes nothing for the others. */
    @TestFactory
    @DisplayName("un tiers sur PostgreSQL")
    Stream<DynamicTest> surPostgres() throws Exception {
        return PartieSav.play(
                "postgres",
                served().stream()
                        .filter(cas -> Math.floorMod(cas.id().hashCode(), 3) == 0)
                        .toList(),
                null);
    }

    @Test
    @DisplayName("un accès sans CR MES est refusé ; le CR_MES_LigneFTTH arrive par SFTP, le même appel est accepté")
    void lesDeuxProtocolesSeRencontrent() throws Exception {
        try (HubEnMarche hub = HubEnMarche.start("h2");
                OcClient sftp = new OcClient(hub.portes().sftpPort(), "ocxa", "demo-ocxa")) {
            HubApi oc = new HubApi(hub.url(), "demo-ocxa");
            Orders.Order order = Orders.order("OCXA", "MES", 5);
            sftp.drop("commande.csv", Orders.bytes(List.of(order)));
            SiClient si = new SiClient(new HubApi(hub.url(), "demo-si"), Orders::opinion);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> si.step(10) > 0);
            JsonNode commande = dossier(oc, order.reference(), "ROUTE_FOURNIE");
            String prestation =
                    commande.at("/references/ReferencePrestationPrise").asText();
            String prise = order.get("ReferencePrise");
            Map<String, String> champs = new LinkedHashMap<>(Map.of(
                    "description", "CASE CREATE REQUEST",
                    "troubleTicketState", "QUEUED",
                    "serviceProviderID", "910000009",
                    "supplierID", SavDEssai.OI,
                    "troubleTicketType", "1",
                    "commercialId", prestation,
                    "technicalId", prise,
                    "serviceProviderTroubleTicketKey", "SIG-MES",
                    "defectClassId", "1",
                    "defectDescription", "PAS DE SIGNAL"));
            champs.put("defectPrelocalization", "PTO");
            PosteSav poste = new PosteSav(hub.url(), "2.1", "ocxa", "demo-ocxa");
            assertThat(poste.create(champs))
                    .returns(11, PosteSav.Reponse::code)
                    .extracting(PosteSav.Reponse::libelle)
                    .asString()
                    .contains("CR_MES_LigneFTTH non reçu");

            String mes = "ReferenceCommandePriseInterneOC;ReferencePrestationPrise;ReferencePrise;DateMesLigneFtth;"
                    + "DateRaccordementPrise;PrisePosee;BilanOptique;Commentaire%n%s;%s;%s;20260128 16:40;;NON;;%n";
            sftp.drop(
                    "mes.csv",
                    mes.formatted(order.reference(), prestation, prise).getBytes(StandardCharsets.UTF_8));
            dossier(oc, order.reference(), "EN_SERVICE");

            PosteSav.Reponse accepted = poste.create(champs);
            assertThat(accepted.code()).as(accepted.libelle()).isZero();
            dossier(oc, accepted.cle(), "QUEUED");

            // ROB-09: the SI that was away when the ticket came finds it where it left off.
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> si.step(10) >= 0
                            && si.demandes().values().stream()
                                    .anyMatch(demande -> demande.at("/champs/troubleTicketKey")
                                            .asText()
                                            .equals(accepted.cle())));
        }
    }

    @Test
    @DisplayName("la démonstration vit des tickets jusqu'à leur clôture, sans qu'un OC reçoive rien d'interdit")
    void laDemonstration() throws Exception {
        int sftp;
        try (ServerSocket free = new ServerSocket(0)) {
            sftp = free.getLocalPort();
        }
        try (HubEnMarche hub = HubEnMarche.start(
                "h2", "--hub.bacasable.actif=true", "--hub.bacasable.pas=100ms", "--hub.sftp.port=" + sftp)) {
            HubApi oi = new HubApi(hub.url(), "demo-oi");
            Awaitility.await().atMost(Duration.ofSeconds(90)).untilAsserted(() -> {
                List<String> lives = new ArrayList<>();
                oi.get("/api/v1/dossiers?protocole=sav&etat=CLOSED")
                        .json()
                        .get("dossiers")
                        .forEach(dossier -> lives.add(dossier.get("vie").asText()));
                assertThat(lives)
                        .anyMatch(life -> life.contains("CASE SOLVED NOTIFICATION"))
                        .anyMatch(life -> life.contains("CASE CANCELATION"));
            });
            JdbcTemplate jdbc = hub.context().getBean(JdbcTemplate.class);
            assertThat(jdbc.queryForObject(
                            "select count(*) from message where protocole = 'sav' and acheminement = 'EN_QUARANTAINE'",
                            Long.class))
                    .isZero();
        }
    }

    private static JsonNode dossier(HubApi api, String reference, String etat) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(
                        () -> api.get("/api/v1/dossiers?reference=" + reference)
                                .json()
                                .at("/dossiers/0"),
                        dossier -> dossier.path("etat").asText().equals(etat));
    }
}
