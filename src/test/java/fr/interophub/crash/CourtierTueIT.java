package fr.interophub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.crash.Orders.Answer;
import fr.interophub.crash.Orders.Order;
import jakarta.jms.Connection;
import jakarta.jms.JMSException;
import jakarta.jms.MessageConsumer;
import jakarta.jms.MessageProducer;
import jakarta.jms.Session;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.activemq.ActiveMQConnectionFactory;
import org.apache.activemq.RedeliveryPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL of an external broker while demandes and décisions are on their way through it, to an SI that takes one at a time
 * and gives one in six back. {@code -Dcrash.demandes} says how many ({@code -Pcrash}: ten thousand).
 */
@DisplayName("Le courtier tué et relancé : chaque demande vue, chaque décision d'un seul effet")
class CourtierTueIT {

    private static final int DEMANDES = Integer.getInteger("crash.demandes", 300);
    private static final int KILLS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(120 + DEMANDES / 20);

    private final Map<String, JsonNode> demandes = new ConcurrentHashMap<>();
    private final Map<String, JsonNode> verdicts = new ConcurrentHashMap<>();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final ExecutorService si = Executors.newFixedThreadPool(2);
    private final List<Order> orders = Orders.orders("OCXA", "CT", 0, DEMANDES);
    private CourtierProcess courtier;
    private HubProcess hub;
    private OcClient oc;

    static Stream<String> bases() {
        return Stream.of(System.getProperty("crash.bases", "h2").split(","));
    }

    @AfterEach
    void stop() throws IOException, InterruptedException {
        si.shutdownNow();
        si.awaitTermination(10, TimeUnit.SECONDS);
        if (oc != null) {
            oc.close();
        }
        hub.close();
        courtier.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    void everyDemandeIsSeenAndEveryDecisionTakesEffectOnce(String base) throws Exception {
        courtier = new CourtierProcess(Path.of("target", "crash", "courtier-" + base)).start();
        hub = new HubProcess(Path.of("target", "crash", "jms-" + base))
                .on(base)
                .jvm("-Xmx512m")
                .jvm("-XX:TieredStopAtLevel=1")
                .set("hub.si.mode", "jms")
                .set("spring.activemq.broker-url", courtier.url())
                .set("spring.activemq.pool.enabled", "true");
        hub.start().awaitReady();
        si.submit(this::decide);
        si.submit(this::readVerdicts);
        oc = new OcClient(hub.sftpPort(), "ocxa", "demo-ocxa");
        oc.drop("commandes.csv", Orders.bytes(orders));

        for (int kill = 1; kill <= KILLS; kill++) {
            int share = DEMANDES * kill / (KILLS + 1);
            await().atMost(LIMIT).until(() -> verdicts.size() >= share);
            courtier.kill();
            assertThat(verdicts).as("killed in the middle").hasSizeLessThan(DEMANDES);
            courtier.start();
        }
        await().atMost(LIMIT).until(() -> verdicts.size() >= DEMANDES && crs().size() >= DEMANDES);

        assertThat(faults).isEmpty();
        Set<String> references = orders.stream().map(Order::reference).collect(Collectors.toSet());
        assertThat(demandes.values().stream()
                        .map(demande -> demande.at("/champs/ReferenceCommandePriseInterneOC")
                                .asText()))
                .as("one id each")
                .containsExactlyInAnyOrderElementsOf(references);
        assertThat(verdicts.values())
                .hasSize(DEMANDES)
                .allSatisfy(
                        verdict -> assertThat(verdict.get("verdict").asText()).isEqualTo("OK"));
        assertThat(crs().keySet()).isEqualTo(references);
        assertThat(crs().values()).allSatisfy(lines -> assertThat(lines).hasSize(1));
    }

    private Map<String, List<Answer>> crs() throws IOException {
        return Orders.byReference(Orders.answers(oc.collect(), "CrCMD"));
    }

    private interface Work {
        void run(Session session) throws JMSException, JsonProcessingException;
    }

    /** Again and again, over as many connections as it takes. */
    private void work(boolean transacted, Work work) {
        ActiveMQConnectionFactory factory = new ActiveMQConnectionFactory(courtier.url());
        RedeliveryPolicy again = factory.getRedeliveryPolicy();
        again.setMaximumRedeliveries(RedeliveryPolicy.NO_MAXIMUM_REDELIVERIES);
        again.setInitialRedeliveryDelay(0);
        again.setRedeliveryDelay(0);
        while (!Thread.currentThread().isInterrupted()) {
            try (Connection connection = factory.createConnection()) {
                connection.start();
                work.run(connection.createSession(
                        transacted, transacted ? Session.SESSION_TRANSACTED : Session.AUTO_ACKNOWLEDGE));
            } catch (JMSException down) {
                // With a new connection then.
            } catch (JsonProcessingException | RuntimeException | AssertionError broken) {
                faults.add(broken.toString());
            }
        }
    }

    /** Each demande is decided of in the transaction that takes it. */
    private void decide() {
        Random random = new Random(5);
        work(true, session -> {
            MessageConsumer consumer = session.createConsumer(session.createQueue("hub.si.demandes"));
            MessageProducer producer = session.createProducer(session.createQueue("hub.si.decisions"));
            while (!Thread.currentThread().isInterrupted()) {
                TextMessage message = (TextMessage) consumer.receive(1000);
                if (message == null) {
                    continue;
                }
                JsonNode demande = HubApi.JSON.readTree(message.getText());
                String id = demande.get("id").asText();
                JsonNode before = demandes.putIfAbsent(id, demande);
                assertThat(before == null ? demande : before).isEqualTo(demande);
                if (random.nextInt(6) == 0) {
                    session.rollback();
                    continue;
                }
                ObjectNode decision = Orders.opinion(demande).orElseThrow().put("id", "D-" + id);
                producer.send(session.createTextMessage(decision.toString()));
                session.commit();
            }
        });
    }

    private void readVerdicts() {
        work(false, session -> {
            MessageConsumer consumer = session.createConsumer(session.createQueue("hub.si.verdicts"));
            while (!Thread.currentThread().isInterrupted()) {
                TextMessage message = (TextMessage) consumer.receive(1000);
                if (message != null) {
                    JsonNode verdict = HubApi.JSON.readTree(message.getText());
                    JsonNode before = verdicts.putIfAbsent(verdict.get("id").asText(), verdict);
                    assertThat(before == null ? verdict : before).isEqualTo(verdict);
                }
            }
        });
    }
}
