package fr.interophub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import fr.interophub.crash.Orders.Answer;
import fr.interophub.crash.Orders.Order;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL at random moments, while two OCs drop orders and the SI answers them: nothing acknowledged is lost, no effect
 * is doubled (decisions Journal-First and Same-Question-Same-Answer).
 *
 * <p>{@code -Dcrash.kills} says how many kills, {@code -Dcrash.seed} gives a failed run's moments again,
 * {@code -Dcrash.bases} the databases ({@code h2}, {@code postgres}).
 */
class CrashIT {

    private static final int FILES = Integer.getInteger("crash.files", 20);
    private static final int LINES = Integer.getInteger("crash.lines", 500);
    private static final int KILLS = Integer.getInteger("crash.kills", 3);
    private static final int SAMPLE = 50;

    /** Longest time a living hub is left alone, so that kills meet every stage of the work. */
    private static final int LIFE_MILLIS = 4_000;

    private static final Duration LIMIT = Duration.ofSeconds(180);

    private final long seed = Long.getLong("crash.seed", System.nanoTime() & 0xffffff);
    private final Random random = new Random(seed);
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final AtomicInteger allowed = new AtomicInteger();
    private final ScheduledExecutorService parties = Executors.newScheduledThreadPool(3);
    private final List<AutoCloseable> closing = new ArrayList<>(List.of(parties::shutdownNow));

    static Stream<String> bases() {
        return Stream.of(System.getProperty("crash.bases", "h2").split(","));
    }

    @AfterEach
    void close() throws Exception {
        for (int i = closing.size() - 1; i >= 0; i--) {
            closing.get(i).close();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    void nothingIsLostAndNothingIsDoubledWhateverIsKilled(String base) throws Exception {
        System.out.printf("crash on %1$s: %2$d kills, seed %3$d (-Dcrash.seed=%3$d)%n", base, KILLS, seed);
        HubProcess hub = hub(base);
        Oc ocxa = new Oc(hub, "OCXA", "ocxa", "demo-ocxa", 1);
        Oc ocxb = new Oc(hub, "OCXB", "ocxb", "demo-ocxb", 0);
        List<Oc> ocs = List.of(ocxa, ocxb);
        SiClient si = new SiClient(hub.api("demo-si"), Orders::opinion);
        ocs.forEach(oc -> every(50, oc::step));
        every(20, () -> si.step(100));

        hub.start();
        for (int kill = 1; kill <= KILLS; kill++) {
            live(hub, kill);
            hub.kill();
            hub.start();
        }
        hub.awaitReady();
        allowed.set(FILES);

        await("every order answered; seed %d, see %s".formatted(seed, hub.log()))
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(500))
                .failFast(() -> assertThat(faults).isEmpty())
                .untilAsserted(() -> ocs.forEach(Oc::checkAnswered));
        pass(2_000); // whatever is still on its way, doubled, would come now
        parties.shutdown();
        assertThat(parties.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        assertThat(faults).as("seed %d, see %s", seed, hub.log()).isEmpty();

        for (Oc oc : ocs) {
            oc.checkAnswers();
            oc.checkFolders();
            oc.checkDossiers();
            assertThat(oc.client.hostKeys()).as("host keys over all restarts").hasSize(1);
        }
        checkQuarantine(hub);
        checkSi(si, ocs);
        checkStops(hub);
    }

    /** One life: a share of the files, then time enough to be at any stage of the work; sometimes not even to start. */
    private void live(HubProcess hub, int kill) {
        boolean duringStart = random.nextInt(5) == 0;
        int pause = random.nextInt(LIFE_MILLIS);
        if (duringStart) {
            System.out.printf("kill %d: %d ms after the start%n", kill, pause * 2);
            pass(pause * 2);
        } else {
            hub.awaitReady();
            allowed.set((FILES * kill + KILLS) / (KILLS + 1));
            System.out.printf("kill %d: %d ms after readiness%n", kill, pause);
            pass(pause);
        }
    }

    private static void pass(int millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMillis(millis + 10_000L))
                .until(() -> true);
    }

    private HubProcess hub(String base) throws IOException {
        HubProcess hub = new HubProcess(Path.of("target", "crash", base))
                .jvm("-Xmx512m")
                .jvm("-XX:TieredStopAtLevel=1") // it starts often and never lives long
                .on(base);
        closing.add(hub);
        return hub;
    }

    private interface Step {
        void run() throws IOException;
    }

    /** Again and again; a hub that is down is no fault, a broken promise is. */
    private void every(int millis, Step step) {
        parties.scheduleWithFixedDelay(
                () -> {
                    try {
                        step.run();
                    } catch (IOException down) {
                        // tried again the next time round
                    } catch (Throwable broken) {
                        if (faults.size() < 10) {
                            faults.add(broken.toString());
                        }
                    }
                },
                0,
                millis,
                TimeUnit.MILLISECONDS);
    }

    private void checkQuarantine(HubProcess hub) throws IOException {
        assertThat(hub.api("demo-oi").get("/api/v1/quarantaine?max=100").json().get("quarantaine"))
                .isEmpty();
    }

    private void checkSi(SiClient si, List<Oc> ocs) throws IOException {
        Map<String, JsonNode> demandes = si.demandes();
        List<String> seen = demandes.values().stream()
                .filter(demande -> demande.get("flux").asText().equals("Cmd_Acces"))
                .map(demande -> demande.get("operateur").asText() + " "
                        + demande.at("/champs/ReferenceCommandePriseInterneOC").asText())
                .toList();
        List<String> sent = ocs.stream()
                .flatMap(oc -> oc.orders.values().stream().map(order -> oc.code + " " + order.reference()))
                .toList();
        assertThat(new HashSet<>(seen)).as("demandes, seed %d", seed).containsExactlyInAnyOrderElementsOf(sent);
        assertThat(seen).as("one demande per order, seed %d", seed).hasSameSizeAs(sent);
        assertThat(si.verdicts().values())
                .allSatisfy(verdict -> assertThat(verdict.get("verdict").asText())
                        .as(verdict.toString())
                        .isEqualTo("OK"));
        checkSameDemandesAgain(si, demandes);
        checkSameVerdictsAgain(si);
    }

    /** Read from the beginning, the demandes are the same, in the same order. */
    private static void checkSameDemandesAgain(SiClient si, Map<String, JsonNode> demandes) throws IOException {
        List<JsonNode> again = new ArrayList<>();
        String cursor = "";
        JsonNode page;
        do {
            page = si.page(cursor, 1000);
            page.get("demandes").forEach(again::add);
            cursor = page.get("curseur").asText();
        } while (!page.get("demandes").isEmpty());
        assertThat(again).containsExactlyElementsOf(demandes.values());
    }

    private void checkSameVerdictsAgain(SiClient si) throws IOException {
        ArrayNode sample = HubApi.JSON.createArrayNode();
        si.decisions().values().stream().limit(200).forEach(sample::add);
        assertThat(sample).isNotEmpty();
        for (JsonNode verdict : si.decide(sample)) {
            assertThat(verdict).isEqualTo(si.verdicts().get(verdict.get("id").asText()));
        }
    }

    private static void checkStops(HubProcess hub) throws Exception {
        assertThat(hub.terminate(Duration.ofSeconds(30)))
                .as("exit code after SIGTERM, empty if still alive after 30 s")
                .isIn(143, 0);
    }

    /** An OC with its orders. Both OCs use the same references: each has its own numbering. */
    private final class Oc {

        private final HubProcess hub;
        private final String code;
        private final String apiKey;
        private final OcClient client;
        private final Map<String, Order> orders = new LinkedHashMap<>();
        private final Deque<Map.Entry<String, byte[]>> toDrop = new ArrayDeque<>();
        private final int turn;
        private int dropped;

        /**
         * @param turn 1 for the OC that drops first when there is one file to drop
         */
        private Oc(HubProcess hub, String code, String login, String secret, int turn) {
            this.hub = hub;
            this.code = code;
            this.apiKey = secret;
            this.turn = turn;
            this.client = new OcClient(hub.sftpPort(), login, secret);
            closing.add(client);
            for (int file = 0; file < FILES / 2; file++) {
                List<Order> some = Orders.orders(code, "CR" + seed, file * LINES, LINES);
                some.forEach(order -> orders.put(order.reference(), order));
                toDrop.add(Map.entry("commandes %s n°%d.csv".formatted(code, file), Orders.bytes(some)));
            }
        }

        /** Drops what may be dropped by now, then takes what has come. A file is dropped again until it is known to be. */
        private void step() throws IOException {
            try {
                while (!toDrop.isEmpty() && dropped < (allowed.get() + turn) / 2) {
                    client.drop(toDrop.peek().getKey(), toDrop.peek().getValue());
                    toDrop.remove();
                    dropped++;
                }
                client.collect();
            } catch (IOException e) {
                client.disconnect();
                throw e;
            }
        }

        private void checkAnswered() {
            for (String flux : List.of("ARCMD", "CrCMD")) {
                Set<String> missing = new TreeSet<>(orders.keySet());
                missing.removeAll(Orders.byReference(Orders.answers(client.collected(), flux))
                        .keySet());
                assertThat(missing)
                        .as("%s: orders without %s, seed %d", code, flux, seed)
                        .isEmpty();
            }
        }

        private void checkAnswers() {
            for (String flux : List.of("ARCMD", "CrCMD")) {
                Map<String, List<Answer>> answers = Orders.byReference(Orders.answers(client.collected(), flux));
                assertThat(answers.keySet()).as("%s %s", code, flux).isEqualTo(new TreeSet<>(orders.keySet()));
                assertThat(answers.values())
                        .as("%s: one %s per order, seed %d", code, flux, seed)
                        .allMatch(lines -> lines.size() == 1);
                answers.values().forEach(lines -> check(flux, lines.get(0)));
            }
        }

        private void check(String flux, Answer answer) {
            if (flux.equals("ARCMD")) {
                assertThat(answer.get("EtatArCommandePrise"))
                        .as(answer.toString())
                        .isEqualTo("OK");
                return;
            }
            boolean refused = state(answer.reference()).equals("REJETEE_CR");
            assertThat(answer.get("EtatCrCommandePrise")).as(answer.toString()).isEqualTo(refused ? "KO" : "OK");
            assertThat(answer.get("MotifKoCrCommandePrise"))
                    .as(answer.toString())
                    .isEqualTo(refused ? Orders.FADR01 : "");
        }

        private String state(String reference) {
            return Orders.expectedState(orders.get(reference));
        }

        private void checkFolders() throws IOException {
            assertThat(client.list("entrant")).as("entrant of %s", code).isEmpty();
            assertThat(client.list("sortant")).as("sortant of %s", code).isEmpty();
        }

        private void checkDossiers() throws IOException {
            List<String> references = new ArrayList<>(orders.keySet());
            HubApi api = hub.api(apiKey);
            for (int i = 0; i < SAMPLE / 2; i++) {
                String reference = references.get(random.nextInt(references.size()));
                JsonNode dossiers = api.get("/api/v1/dossiers?reference=" + reference)
                        .json()
                        .get("dossiers");
                String state = state(reference);
                assertThat(dossiers).as("%s %s", code, reference).hasSize(1);
                assertThat(dossiers.get(0).get("etat").asText()).as(reference).isEqualTo(state);
                assertThat(dossiers.get(0).get("vie").asText())
                        .as(reference)
                        .isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces %s = %s"
                                .formatted(state.equals("REJETEE_CR") ? "KO" : "OK", state));
            }
        }
    }
}
