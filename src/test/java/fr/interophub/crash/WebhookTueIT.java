package fr.interophub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.SiAppele;
import fr.interophub.SiAppele.Appel;
import fr.interophub.crash.Orders.Answer;
import fr.interophub.crash.Orders.Order;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * SIGKILL while the hub carries demandes to an SI that fails at random. Every other order is annulled behind its Cmd_Acces,
 * so that its dossier has two demandes; the SI decides of the others as it hears of them.
 */
@DisplayName(
        "Le hub tué pendant qu'il appelle le SI : chaque demande entendue, dans l'ordre, chaque décision d'un seul effet")
class WebhookTueIT {

    private static final int COMMANDES = 100;
    private static final int KILLS = 2;
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final SiAppele si = new SiAppele();
    private final Map<String, JsonNode> verdicts = new ConcurrentHashMap<>();
    private final Set<String> faults = ConcurrentHashMap.newKeySet();
    private final Random random = new Random(11);
    private final List<Order> orders = Orders.orders("OCXA", "WH", 0, COMMANDES);
    private HubProcess hub;
    private OcClient oc;

    static Stream<String> bases() {
        return Stream.of(System.getProperty("crash.bases", "h2").split(","));
    }

    @AfterEach
    void stop() throws IOException {
        if (oc != null) {
            oc.close();
        }
        hub.close();
        si.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    void everyDemandeIsHeardInOrderAndEveryDecisionTakesEffectOnce(String base) throws Exception {
        hub = new HubProcess(Path.of("target", "crash", "webhook-" + base))
                .on(base)
                .jvm("-Xmx512m")
                .jvm("-XX:TieredStopAtLevel=1")
                .set("hub.si.mode", "webhook")
                .set("hub.si.webhook.url", si.url().toString())
                .set("hub.si.webhook.secret", "un secret qui signe")
                .set("hub.si.webhook.pause", "1s");
        si.answers(appel -> 503);
        hub.start().awaitReady();
        oc = new OcClient(hub.sftpPort(), "ocxa", "demo-ocxa");
        oc.drop("commandes.csv", Orders.bytes(orders));
        await().atMost(LIMIT).until(() -> !si.appels().isEmpty());
        oc.drop("annulations.csv", annulations());
        String last = annulled().last();
        await().atMost(LIMIT)
                .until(() -> hub.api("demo-ocxa")
                        .get("/api/v1/dossiers?reference=" + last)
                        .body()
                        .contains("Annulation_Acces"));
        si.answers(this::hear);

        for (int kill = 1; kill <= KILLS; kill++) {
            int share = expected().size() * kill / (KILLS + 2);
            await().atMost(LIMIT).until(() -> heard().size() >= share);
            hub.kill();
            assertThat(heard())
                    .as("killed in the middle")
                    .hasSizeLessThan(expected().size());
            hub.start().awaitReady();
        }
        await().atMost(LIMIT).until(() -> heard().containsAll(expected()));
        oc.disconnect();
        await().atMost(LIMIT).until(() -> crs().keySet().containsAll(decided()));

        assertThat(faults).isEmpty();
        assertThat(heard()).isEqualTo(expected());
        assertThat(si.appels().stream()
                        .collect(Collectors.groupingBy(
                                WebhookTueIT::what,
                                Collectors.mapping(
                                        appel -> appel.headers().get("webhook-id") + appel.corps(),
                                        Collectors.toSet())))
                        .values())
                .as("carried again, it says the same under the same id")
                .allSatisfy(said -> assertThat(said).hasSize(1));
        List<String> calls = si.appels().stream().map(WebhookTueIT::what).toList();
        annulled()
                .forEach(reference -> assertThat(calls.indexOf("Annulation_Acces " + reference))
                        .as("the annulation of %s waits for its order", reference)
                        .isGreaterThan(calls.lastIndexOf("Cmd_Acces " + reference)));
        assertThat(verdicts.values())
                .hasSize(decided().size())
                .allSatisfy(
                        verdict -> assertThat(verdict.get("verdict").asText()).isEqualTo("OK"));
        assertThat(crs().keySet()).isEqualTo(decided());
        assertThat(crs().values()).allSatisfy(lines -> assertThat(lines).hasSize(1));
    }

    /** An SI that fails one time in four, before it has done anything or after. */
    private int hear(Appel appel) {
        boolean before;
        boolean after;
        synchronized (random) {
            before = random.nextInt(8) == 0;
            after = random.nextInt(8) == 0;
        }
        try {
            if (!before) {
                decide(appel.demande());
            }
        } catch (IOException down) {
            return 500;
        } catch (AssertionError broken) {
            faults.add(broken.toString());
        }
        return before || after ? 500 : 204;
    }

    private void decide(JsonNode demande) throws IOException {
        String reference = demande.at("/champs/ReferenceCommandePriseInterneOC").asText();
        if (!demande.get("flux").asText().equals("Cmd_Acces") || !decided().contains(reference)) {
            return;
        }
        ObjectNode decision = Orders.opinion(demande).orElseThrow();
        String id = "D-" + demande.get("id").asText();
        ArrayNode one = HubApi.JSON.createArrayNode().add(decision.put("id", id));
        HubApi.Reply reply = hub.api("demo-si").post("/api/v1/si/decisions", one);
        if (reply.status() >= 500) {
            throw new IOException("status " + reply.status());
        }
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        JsonNode verdict = reply.json().get(0);
        JsonNode first = verdicts.putIfAbsent(id, verdict);
        assertThat(first == null ? verdict : first).isEqualTo(verdict);
    }

    private static String what(Appel appel) {
        JsonNode demande = appel.demande();
        return demande.get("flux").asText() + " "
                + demande.at("/champs/ReferenceCommandePriseInterneOC").asText();
    }

    /** What the SI has taken. */
    private Set<String> heard() {
        return si.pris().stream().map(WebhookTueIT::what).collect(Collectors.toCollection(HashSet::new));
    }

    private Set<String> expected() {
        Set<String> expected = new HashSet<>();
        orders.forEach(order -> expected.add("Cmd_Acces " + order.reference()));
        annulled().forEach(reference -> expected.add("Annulation_Acces " + reference));
        return expected;
    }

    private TreeSet<String> annulled() {
        return every(1);
    }

    private Set<String> decided() {
        return every(0);
    }

    private TreeSet<String> every(int turn) {
        return IntStream.range(0, COMMANDES)
                .filter(i -> i % 2 == turn)
                .mapToObj(i -> orders.get(i).reference())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private byte[] annulations() throws IOException {
        String header = Files.readAllLines(Path.of("samples/acces-1.2/Annulation_Acces/nominal.csv"))
                .get(0);
        return annulled().stream()
                .map(reference -> reference + ";;;;20260106 09:30;CLIENT;")
                .collect(Collectors.joining("\n", header + "\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, List<Answer>> crs() throws IOException {
        return Orders.byReference(Orders.answers(oc.collect(), "CrCMD"));
    }
}
