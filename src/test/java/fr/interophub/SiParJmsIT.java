package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.Orders;
import jakarta.jms.BytesMessage;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.Message;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayName("The SI by JMS: demandes, décisions, verdicts on the queues of the front door")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiParJmsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long LIMIT = 20_000;

    private HubEnMarche hub;
    private Connection connection;
    private Session session;

    @BeforeAll
    void start() throws JMSException {
        hub = HubEnMarche.start("h2", "--hub.si.mode=jms");
        connection = new ActiveMQConnectionFactory(hub.broker()).createConnection("si", "demo-si");
        connection.start();
        session = connection.createSession(false, Session.AUTO_ACKNOWLEDGE);
    }

    @AfterAll
    void stop() throws JMSException {
        connection.close();
        hub.close();
    }

    @Test
    @DisplayName("an order reaches the SI, its décision gets a verdict, and the seed's CR leaves byte for byte")
    void anOrderAndItsCr() throws Exception {
        Orders.Order order = Orders.order("OCXA", "JMS", 1)
                .with("ReferenceCommandePriseInterneOC", "478977")
                .with("TypeRacco", "STOC")
                .with("IdRdv", "")
                .with("PriseExistante", "O")
                .with("ReferencePrise", "");
        drop("OCXA", "cmd.csv", Orders.csv(List.of(order)));

        TextMessage demande = receive("hub.si.demandes");
        JsonNode said = JSON.readTree(demande.getText());
        assertThat(demande.getJMSCorrelationID()).isEqualTo(said.get("id").asText());
        assertThat(said.get("flux").asText()).isEqualTo("Cmd_Acces");
        assertThat(said.get("etat").asText()).isEqualTo("ACQUITTEE");
        assertThat(said.get("operateur").asText()).isEqualTo("OCXA");

        String decision = """
                {"id": "d-1", "operateur": "OCXA", "flux": "CR_Cmd_Acces", "champs": {
                 "ReferenceCommandePriseInterneOC": "478977", "ReferencePrise": "HOTLINE",
                 "ReferencePrestationPrise": "OCXY-FTTH-45099", "EtatCrCommandePrise": "OK",
                 "DateCrCommandePrise": "20141001 11:06", "ReferencePrestationPm": "OCXY-PM-64269BEAR-01",
                 "ReferencePm": "ADR-64269-BEAR-01", "ReferencePmTechnique": "ADR-64269-BEAR-01",
                 "TypeCommandeRetenu": "COFI", "OC 1": "OCXA", "NomModulePm N°1": "HOTLINE",
                 "PositionModulePm N°1": "1", "ReferenceCableModulePm N°1": "NA", "ReferencePBO N°1": "HOTLINE",
                 "InformationTubePBO N°1": "HOTLINE", "InformationFibrePBO N°1": "HOTLINE",
                 "ConnecteurPriseNumero N°1": "1"}}
                """;
        send(decision);
        TextMessage verdict = receive("hub.si.verdicts");
        assertThat(verdict.getJMSCorrelationID()).isEqualTo("d-1");
        JsonNode first = JSON.readTree(verdict.getText());
        assertThat(first.get("verdict").asText()).isEqualTo("OK");
        assertThat(first.get("etat").asText()).isEqualTo("ROUTE_HOTLINE");

        send(decision);
        assertThat(JSON.readTree(receive("hub.si.verdicts").getText())).isEqualTo(first);
        send(decision.replace("COFI", "LOCA"));
        assertThat(JSON.readTree(receive("hub.si.verdicts").getText())
                        .get("motif")
                        .asText())
                .isEqualTo("ID_REUTILISE");

        byte[] example = Files.readAllBytes(Path.of("samples/acces-1.2/CR_Cmd_Acces/protocole-1.csv"));
        String expected = new String(example, StandardCharsets.UTF_8).replace("COFI;OCXY;", "COFI;OCXA;");
        assertThat(emitted("OCXA", "CrCMD")).isEqualTo(expected);
    }

    @Test
    @DisplayName("what is no décision gets a verdict too, and the queue goes on")
    void poison() throws Exception {
        send("this is not JSON");
        assertThat(JSON.readTree(receive("hub.si.verdicts").getText())
                        .get("motif")
                        .asText())
                .isEqualTo("ID_INVALIDE");
        send("{\"id\": \"d-2\", \"operateur\": \"ZZZZ\", \"flux\": \"CR_Cmd_Acces\", \"champs\": {}}");
        assertThat(JSON.readTree(receive("hub.si.verdicts").getText())
                        .get("motif")
                        .asText())
                .isEqualTo("OPERATEUR_INCONNU");
    }

    @Test
    @DisplayName(
            "what is no décision stays as it came, where the OI sees it and no OC does, until someone sets it aside")
    void parked() throws Exception {
        byte[] bytes = {0, (byte) 0xff, '{'};
        BytesMessage odd = session.createBytesMessage();
        odd.writeBytes(bytes);
        send(odd);
        assertThat(JSON.readTree(receive("hub.si.verdicts").getText())
                        .get("motif")
                        .asText())
                .isEqualTo("ID_INVALIDE");

        JsonNode entry = entry("DECISION_ILLISIBLE", odd.getJMSMessageID());
        HubApi oi = new HubApi(hub.url(), "demo-oi");
        assertThat(oi.sha256("/api/v1/messages/%s/contenu"
                        .formatted(entry.get("messageId").asText())))
                .isEqualTo(Orders.sha256(bytes));
        assertThat(alerts(entry)).isOne();
        assertThat(new HubApi(hub.url(), "demo-ocxa").get("/api/v1/quarantaine").body())
                .doesNotContain("DECISION");
        JsonNode why = JSON.createObjectNode().put("motif", "vu avec le SI");
        String id = entry.get("id").asText();
        assertThat(oi.post("/api/v1/quarantaine/%s/rejouer".formatted(id), why).status())
                .as("it still is no décision")
                .isEqualTo(409);
        assertThat(oi.post("/api/v1/quarantaine/%s/ecarter".formatted(id), why).status())
                .isEqualTo(200);
        assertThat(alerts(entry)).isZero();
    }

    @Test
    @DisplayName(
            "a décision that the hub fails on comes back, then is kept aside and can be judged again; the queue goes on")
    void failing() throws Exception {
        JdbcTemplate store = hub.context().getBean(JdbcTemplate.class);
        String decision = "{\"id\": \"d-panne\", \"operateur\": \"ZZZZ\", \"flux\": \"CR_Cmd_Acces\", \"champs\": {}}";
        TextMessage failing = session.createTextMessage(decision);
        store.execute("alter table decision rename to decision_en_panne");
        JsonNode entry;
        try {
            send(failing);
            entry = entry("DECISION_EN_PANNE", failing.getJMSMessageID());
        } finally {
            store.execute("alter table decision_en_panne rename to decision");
        }
        send(decision.replace("d-panne", "d-suivante"));
        assertThat(receive("hub.si.verdicts").getJMSCorrelationID())
                .as("the one kept aside has no verdict")
                .isEqualTo("d-suivante");

        HubApi oi = new HubApi(hub.url(), "demo-oi");
        assertThat(oi.post(
                                "/api/v1/quarantaine/%s/rejouer"
                                        .formatted(entry.get("id").asText()),
                                JSON.createObjectNode().put("motif", "la base est revenue"))
                        .status())
                .isEqualTo(200);
        assertThat(alerts(entry)).isZero();
        assertThat(store.queryForObject("select verdict from decision where id = 'd-panne'", String.class))
                .contains("OPERATEUR_INCONNU");
    }

    /** What is kept aside under the name of a message. */
    private JsonNode entry(String motif, String messageId) {
        HubApi oi = new HubApi(hub.url(), "demo-oi");
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            for (JsonNode entry :
                                    oi.get("/api/v1/quarantaine").json().get("quarantaine")) {
                                if (entry.get("motif").asText().equals(motif)
                                        && entry.get("fichier").asText().endsWith(messageId)) {
                                    return Optional.of(entry);
                                }
                            }
                            return Optional.<JsonNode>empty();
                        },
                        Optional::isPresent)
                .orElseThrow();
    }

    private int alerts(JsonNode entry) {
        return hub.context()
                .getBean(JdbcTemplate.class)
                .queryForObject(
                        "select count(*) from alerte where genre = 'DECISION_GAREE' and sujet = ? and fermee_le is null",
                        Integer.class,
                        entry.get("messageId").asText());
    }

    @Test
    @DisplayName("the broker wants a login")
    void login() {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(hub.broker());
        assertThatThrownBy(() -> factory.createConnection("si", "wrong").start())
                .isInstanceOf(JMSException.class);
        assertThatThrownBy(() -> factory.createConnection().start()).isInstanceOf(JMSException.class);
    }

    private void send(String text) throws JMSException {
        send(session.createTextMessage(text));
    }

    private void send(Message message) throws JMSException {
        try (MessageProducer producer = session.createProducer(session.createQueue("hub.si.decisions"))) {
            producer.send(message);
        }
    }

    private TextMessage receive(String queue) throws JMSException {
        try (MessageConsumer consumer = session.createConsumer(session.createQueue(queue))) {
            TextMessage message = (TextMessage) consumer.receive(LIMIT);
            assertThat(message).as("a message on %s", queue).isNotNull();
            return message;
        }
    }

    private Path box(String operateur, String folder) {
        return Path.of(hub.context().getEnvironment().getProperty("hub.data"), "sftp", operateur, folder);
    }

    private void drop(String operateur, String name, String content) throws IOException {
        Files.writeString(box(operateur, "entrant").resolve(name), content);
    }

    private String emitted(String operateur, String jeton) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> find(box(operateur, "sortant"), jeton), Optional::isPresent)
                .orElseThrow();
    }

    private static Optional<String> find(Path folder, String jeton) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().contains("_" + jeton + "_")
                            && file.toString().endsWith(".csv"))
                    .findFirst()
                    .map(file -> {
                        try {
                            return Files.readString(file);
                        } catch (IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
