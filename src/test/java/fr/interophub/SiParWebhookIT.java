package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariDataSource;
import fr.interophub.SiAppele.Appel;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Lots;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayName("The SI by webhook: each demande is carried to it, signed, in order for a dossier, until it is taken")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SiParWebhookIT {

    private static final HorlogeDEssai HORLOGE = new HorlogeDEssai("2026-11-20T09:00:00Z");
    private static final byte[] CLE = "une clé de vingt-quatre octets".getBytes(StandardCharsets.UTF_8);
    private static final int OUVRIERS = 3;

    private final SiAppele si = new SiAppele();
    private HubEnMarche hub;

    @BeforeAll
    void start() {
        hub = HubEnMarche.start(
                "h2",
                HORLOGE,
                "--hub.si.mode=webhook",
                "--hub.si.webhook.url=" + si.url(),
                "--hub.si.webhook.secret=whsec_" + Base64.getEncoder().encodeToString(CLE),
                "--hub.si.webhook.ouvriers=" + OUVRIERS,
                "--hub.si.webhook.delai=1s",
                "--hub.si.webhook.essais=4",
                "--hub.si.webhook.pause=10s");
    }

    @AfterAll
    void stop() {
        hub.close();
        si.close();
    }

    @BeforeEach
    void fresh() {
        si.answers(appel -> 204);
        settled();
        si.forget();
    }

    private void settled() {
        until(() -> count("demande_a_numeroter") + count("demande_a_livrer") == 0);
    }

    /** The clock runs as it must for what waits for its next try. */
    private void until(Supplier<Boolean> fact) {
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
            HORLOGE.advance(Duration.ofSeconds(5));
            return fact.get();
        });
    }

    private long count(String from) {
        return hub.context().getBean(JdbcTemplate.class).queryForObject("select count(*) from " + from, Long.class);
    }

    private List<String> tell(String... dossiers) {
        return tell(Lots.demandes(
                "webhook", List.of(dossiers).stream().map(this::dossier).toList()));
    }

    private Dossier dossier(String cle) {
        return Lots.dossier("OCXA", cle);
    }

    private List<String> tell(Lot lot) {
        hub.context()
                .getBean(Transactions.class)
                .run(() -> hub.context().getBean(Registre.class).write(lot));
        return lot.messages().stream().map(message -> message.id().toString()).toList();
    }

    private static List<String> ids(List<Appel> appels) {
        return appels.stream().map(Appel::id).toList();
    }

    @Test
    @DisplayName("what it hears is the demande of the front door, and the signature proves who said it and when")
    void signed() throws Exception {
        String id = tell("A").get(0);
        settled();

        Appel appel = si.pris().get(0);
        assertThat(appel.demande().get("flux").asText()).isEqualTo("Cmd_Acces");
        assertThat(appel.demande().at("/champs/N").asText()).isEqualTo("A");
        assertThat(appel.headers())
                .containsEntry("webhook-id", id)
                .containsEntry("content-type", "application/json")
                .hasEntrySatisfying(
                        "webhook-timestamp",
                        moment -> assertThat(Long.parseLong(moment))
                                .isBetween(
                                        HORLOGE.instant().minusSeconds(600).getEpochSecond(),
                                        HORLOGE.instant().getEpochSecond()));
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(CLE, "HmacSHA256"));
        byte[] expected = mac.doFinal("%s.%s.%s"
                .formatted(id, appel.headers().get("webhook-timestamp"), appel.corps())
                .getBytes(StandardCharsets.UTF_8));
        assertThat(appel.headers())
                .containsEntry("webhook-signature", "v1," + Base64.getEncoder().encodeToString(expected));
    }

    @Test
    @DisplayName("an SI that fails at random takes each demande, those of one dossier in their order")
    void inOrder() {
        List<Dossier> dossiers =
                IntStream.range(0, 12).mapToObj(i -> dossier("D" + i)).toList();
        Random random = new Random(7);
        si.answers(appel -> {
            synchronized (random) {
                return new int[] {204, 200, 500, 404}[random.nextInt(4)];
            }
        });
        List<String> told = new ArrayList<>();
        for (int round = 0; round < 5; round++) {
            told.addAll(tell(Lots.demandes("webhook", dossiers)));
        }
        settled();

        assertThat(ids(si.pris())).containsExactlyInAnyOrderElementsOf(told);
        Map<String, List<String>> byDossier = si.pris().stream()
                .collect(Collectors.groupingBy(
                        appel -> appel.demande().at("/champs/N").asText(),
                        Collectors.mapping(Appel::id, Collectors.toList())));
        assertThat(byDossier.values())
                .allSatisfy(ids -> assertThat(ids)
                        .isEqualTo(told.stream().filter(ids::contains).toList()));
        assertThat(si.appels().stream()
                        .collect(Collectors.groupingBy(Appel::id, Collectors.mapping(Appel::corps, Collectors.toSet())))
                        .values())
                .as("a demande carried again says the same")
                .allSatisfy(bodies -> assertThat(bodies).hasSize(1));
    }

    @Test
    @DisplayName("dossiers go side by side within a bound; while the SI thinks, nothing of the store is held")
    void sideBySide() throws Exception {
        CountDownLatch together = new CountDownLatch(OUVRIERS);
        CountDownLatch go = new CountDownLatch(1);
        si.answers(appel -> {
            together.countDown();
            try {
                return go.await(20, TimeUnit.SECONDS) ? 204 : 500;
            } catch (InterruptedException e) {
                return 500;
            }
        });
        tell(IntStream.range(0, 20).mapToObj(i -> "P" + i).toArray(String[]::new));

        assertThat(together.await(20, TimeUnit.SECONDS)).isTrue();
        HikariDataSource store = hub.context().getBean(HikariDataSource.class);
        Awaitility.await()
                .atMost(Duration.ofMillis(900))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> store.getHikariPoolMXBean().getActiveConnections() == 0);
        go.countDown();
        settled();

        assertThat(si.auPlus()).isEqualTo(OUVRIERS);
    }

    @Test
    @DisplayName("one demande that the SI never takes stops its dossier only, and the desk is told")
    void stubborn() {
        Dossier stopped = dossier("MUET");
        String first = tell(Lots.demandes("webhook", List.of(stopped))).get(0);
        si.answers(appel -> appel.id().equals(first) ? 422 : 204);
        String second = tell(Lots.demandes("webhook", List.of(stopped))).get(0);
        List<String> others = tell("X", "Y", "Z");

        until(() -> count("alerte where genre = 'DEMANDE_NON_PRISE' and fermee_le is null") == 1);
        assertThat(ids(si.pris())).containsAll(others).doesNotContain(first, second);

        si.answers(appel -> 204);
        settled();
        assertThat(ids(si.pris())).containsSubsequence(first, second);
        assertThat(count("alerte where genre = 'DEMANDE_NON_PRISE' and fermee_le is null"))
                .isZero();
    }

    @Test
    @DisplayName("an SI that is down is left alone, and the desk knows; nothing is lost")
    void down() {
        si.answers(appel -> 503);
        List<String> told = tell(IntStream.range(0, 100).mapToObj(i -> "S" + i).toArray(String[]::new));
        until(() -> count("alerte where genre = 'SI_INJOIGNABLE' and fermee_le is null") == 1);
        HORLOGE.advance(Duration.ofMinutes(10));
        assertThat(si.appels()).as("its circuit spares it").hasSizeLessThan(100);

        si.answers(appel -> 204);
        settled();
        assertThat(ids(si.pris())).containsExactlyInAnyOrderElementsOf(told);
        assertThat(count("alerte where genre = 'SI_INJOIGNABLE' and fermee_le is null"))
                .isZero();
    }

    @Test
    @DisplayName("an SI that answers too late hears the same again")
    void late() {
        CountDownLatch never = new CountDownLatch(1);
        si.answers(appel -> {
            if (si.appels().size() == 1) {
                try {
                    never.await(3, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            return 204;
        });
        String id = tell("T").get(0);
        settled();

        assertThat(ids(si.appels())).containsExactly(id, id);
    }

    @Test
    @DisplayName("without an address or a secret the hub does not start, and says what to set")
    void incomplete() {
        assertThatThrownBy(() -> HubEnMarche.start("h2", "--hub.si.mode=webhook", "--hub.si.webhook.url=" + si.url()))
                .hasRootCauseInstanceOf(Refus.class)
                .hasStackTraceContaining("hub.si.webhook.secret");
    }
}
