package fr.interophub.transport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.OcClient;
import fr.interophub.crash.Orders;
import fr.interophub.suivi.JdbcAlertes;
import fr.interophub.transport.sftp.SftpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

@DisplayName("The sample drawings, each laid over a running hub, with real orders")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExemplesDeRoutesIT {

    private static final long LIMIT = 20_000;
    private static final String AUTRE_SI = "site.autre-si.demandes";

    @TempDir
    private static Path dossier;

    private ServiceEligibilite eligibilite;
    private HubEnMarche hub;
    private SiParFile si;

    @BeforeAll
    void start() throws Exception {
        eligibilite = new ServiceEligibilite();
        hub = HubEnMarche.start("h2", "--hub.si.mode=jms", "--hub.routes=" + dossier, eligibilite.reglage());
        si = new SiParFile(hub);
    }

    @AfterAll
    void stop() throws Exception {
        si.close();
        hub.close();
        eligibilite.close();
    }

    @AfterEach
    void takeAway() throws IOException {
        try (Stream<Path> files = Files.list(dossier)) {
            for (Path file : files.toList()) {
                FileSystemUtils.deleteRecursively(file);
            }
        }
        looks();
    }

    private void lay(String sample) throws IOException {
        FileSystemUtils.copyRecursively(Path.of("samples/routes", sample), dossier);
        looks();
        assertThat(hub.context().getBean(JdbcAlertes.class).list(10)).isEmpty();
    }

    private void looks() {
        RoutesEnDossier routes = hub.context().getBean(RoutesEnDossier.class);
        routes.look();
        routes.look();
    }

    private OcClient oc(String operateur) {
        String login = operateur.toLowerCase();
        return new OcClient(hub.context().getBean(SftpServer.class).port(), login, "demo-" + login);
    }

    private void order(Orders.Order order, String operateur) throws IOException {
        try (OcClient oc = oc(operateur)) {
            oc.drop(order.reference() + ".csv", Orders.bytes(List.of(order)));
        }
    }

    private JsonNode demande(String queue) throws Exception {
        String text = si.next(queue, LIMIT);
        assertThat(text).as("a demande on %s", queue).isNotNull();
        return HubApi.JSON.readTree(text);
    }

    @Test
    @DisplayName("champ-de-table: a field from a lookup table, which is read again once it has changed")
    void champDeTable() throws Exception {
        lay("champ-de-table");
        order(Orders.order("OCXA", "TABLE", 1), "OCXA");
        assertThat(demande(SiParFile.DEMANDES).at("/champs/AgenceTravaux").asText())
                .isEqualTo("AGENCE-ORLEANS");
        order(Orders.order("OCXA", "TABLE", 2).with("CodeInseeImmeuble", "45001"), "OCXA");
        assertThat(demande(SiParFile.DEMANDES).at("/champs").has("AgenceTravaux"))
                .isFalse();

        Path table = dossier.resolve("tables/agences.csv");
        Files.setLastModifiedTime(
                Files.writeString(table, "CodeInsee;Agence\n45001;AGENCE-GIEN\n"),
                java.nio.file.attribute.FileTime.fromMillis(
                        Files.getLastModifiedTime(table).toMillis() + 1000));
        order(Orders.order("OCXA", "TABLE", 3).with("CodeInseeImmeuble", "45001"), "OCXA");
        assertThat(demande(SiParFile.DEMANDES).at("/champs/AgenceTravaux").asText())
                .isEqualTo("AGENCE-GIEN");
    }

    @Test
    @DisplayName("eligibilite: a REST service is asked before the CR; not eligible, the CR KO leaves without the SI")
    void eligibilite() throws Exception {
        lay("eligibilite");
        Orders.Order refused = Orders.order("OCXA", "ELIG", 1).with("CodeInseeImmeuble", "37261");
        order(refused, "OCXA");
        try (OcClient oc = oc("OCXA")) {
            Orders.Answer cr = Awaitility.await()
                    .atMost(Duration.ofMillis(LIMIT))
                    .until(
                            () -> Orders.answers(oc.collect(), "CrCMD").stream()
                                    .filter(answer -> answer.reference().equals(refused.reference()))
                                    .toList(),
                            found -> !found.isEmpty())
                    .get(0);
            assertThat(cr.get("EtatCrCommandePrise")).isEqualTo("KO");
            assertThat(cr.get("MotifKoCrCommandePrise")).contains("COMMANDE IRRECEVABLE SUR CETTE ADRESSE");
        }

        Orders.Order accepted = Orders.order("OCXA", "ELIG", 2);
        order(accepted, "OCXA");
        JsonNode demande = demande(SiParFile.DEMANDES);
        assertThat(demande.at("/champs/ReferenceCommandePriseInterneOC").asText())
                .as("the refused one never came")
                .isEqualTo(accepted.reference());
        assertThat(demande.at("/champs/Eligible").asText()).isEqualTo("true");

        order(Orders.order("OCXA", "ELIG", 3).with("CodeVoieRivoliImmeuble", "&%z "), "OCXA");
        assertThat(demande(SiParFile.DEMANDES).at("/champs/Eligible").asText())
                .as("what an OC writes does not spoil the call")
                .isEqualTo("true");
    }

    @Test
    @DisplayName("autre-si: one OC's demandes go to another SI, the others' do not")
    void autreSi() throws Exception {
        lay("autre-si");
        order(Orders.order("OCXB", "AUTRE", 1), "OCXB");
        order(Orders.order("OCXA", "AUTRE", 2), "OCXA");
        assertThat(demande(AUTRE_SI).get("operateur").asText()).isEqualTo("OCXB");
        assertThat(demande(SiParFile.DEMANDES).get("operateur").asText()).isEqualTo("OCXA");
        assertThat(si.next(AUTRE_SI, 1)).isNull();
    }

    @Test
    @DisplayName("xml-ancien: an old XML format by XSLT; taken away, the demande is JSON again")
    void xmlAncien() throws Exception {
        lay("xml-ancien");
        Orders.Order order = Orders.order("OCXA", "XML", 1).with("LibelleVoieImmeuble", "a < b & c");
        order(order, "OCXA");
        assertThat(si.next(SiParFile.DEMANDES, LIMIT))
                .contains("<FTTH_ORDER>", "<OPERATOR>OCXA</OPERATOR>", "<TYPE>Cmd_Acces</TYPE>")
                .contains("<REF>" + order.reference() + "</REF>", "<ADDRESS INSEE=\"45234\" RIVOLI=\"0123\">");

        takeAway();
        order(Orders.order("OCXA", "XML", 2), "OCXA");
        assertThat(demande(SiParFile.DEMANDES).get("flux").asText()).isEqualTo("Cmd_Acces");
    }
}
