package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Passerelle;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(Lifecycle.PER_CLASS)
@DisplayName("Mail servers that let go, refuse, or are not there")
class LiaisonsIT {

    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Pattern ID = Pattern.compile("(?m)^Message-ID: (<.*>)$");

    private final Postes postes = new Postes();
    private final Passerelle imap = new Passerelle(postes.imap());
    private final SmtpDEssai smtp = new SmtpDEssai();
    private HubEnMarche hub;
    private HubApi oi;
    private JdbcTemplate base;

    @BeforeAll
    void start() {
        // The mail server's own threads do not like to be cut.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
        hub = HubEnMarche.start(System.getProperty("hub.test.db", "h2"), postes.properties(smtp.port(), imap.port()));
        oi = new HubApi(hub.url(), "demo-oi");
        base = hub.context().getBean(JdbcTemplate.class);
    }

    @AfterAll
    void stop() {
        Awaitility.reset();
        hub.close();
        smtp.close();
        imap.close();
        postes.close();
    }

    private static Orders.Order order() {
        return Orders.order("OCXC", "LIA", NUMBER.getAndIncrement());
    }

    private static byte[] csv(Orders.Order order) {
        return Orders.bytes(List.of(order));
    }

    /** The ids of the mails that were said with the AR of a file that a mail of ours answers, oldest first. */
    private List<String> said(Mail answered) {
        return smtp.mails().stream()
                .filter(mail -> mail.contains("In-Reply-To: " + answered.id()))
                .map(mail -> ID.matcher(mail)
                        .results()
                        .map(MatchResult::group)
                        .findFirst()
                        .orElseThrow())
                .toList();
    }

    private Mail order(String fichier) {
        Mail mail = new Mail().file(fichier, csv(order()));
        postes.deliver(ACCES, mail);
        return mail;
    }

    private JsonNode aside(String motif) throws IOException {
        await("quarantaine " + motif).atMost(LIMIT).until(() -> entry(motif) != null);
        return entry(motif);
    }

    private JsonNode entry(String motif) throws IOException {
        for (JsonNode entry : oi.get("/api/v1/quarantaine?max=200").json().get("quarantaine")) {
            if (entry.get("motif").asText().equals(motif)) {
                return entry;
            }
        }
        return null;
    }

    private long open(String alerte) {
        return base.queryForObject(
                "select count(*) from alerte where genre = ? and fermee_le is null", Long.class, alerte);
    }

    @Test
    void aServerThatRefusesAfterTheDataIsHeardByAPersonAndTheSameMailMayLeaveAgain() throws Exception {
        smtp.answers("554 5.7.1 message refusé");
        Mail mail = order("refus.csv");

        JsonNode entry = aside("COURRIEL_REFUSE");
        assertThat(entry.get("operateur").asText()).isEqualTo("OCXC");
        assertThat(entry.get("detail").asText()).contains("554 5.7.1");
        assertThat(said(mail)).hasSize(1);

        // What follows is not held up by it.
        Mail next = order("suivant.csv");
        await().atMost(LIMIT).untilAsserted(() -> assertThat(said(next)).hasSize(1));

        assertThat(oi.post(
                                "/api/v1/quarantaine/" + entry.get("id").asText() + "/rejouer",
                                HubApi.JSON.createObjectNode().put("motif", "adresse corrigée"))
                        .status())
                .isEqualTo(200);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(said(mail)).hasSize(2));
        assertThat(said(mail).get(1)).isEqualTo(said(mail).get(0));
    }

    @Test
    void whatAServerDoesNotTakeNowIsSaidAgainUnderTheSameId() {
        smtp.answers("451 4.7.1 plus tard", SmtpDEssai.RIEN);
        Mail mail = order("plus-tard.csv");

        await().atMost(LIMIT).untilAsserted(() -> assertThat(said(mail)).hasSize(3));
        assertThat(said(mail)).containsOnly(said(mail).get(0));
        await("the alert is over once it has left")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(open("COURRIEL_NON_PARTI")).isZero());
        assertThat(base.queryForObject("select count(*) from alerte where genre = 'COURRIEL_NON_PARTI'", Long.class))
                .isPositive();
    }

    @Test
    void aFetchThatIsCutIsDoneAgain() {
        Orders.Order order = order();
        Mail mail = new Mail()
                .file("coupe.csv", csv(order))
                .part("application/pdf", "attachment; filename=long.pdf", new byte[200_000]);
        imap.cutAfter(60_000);
        postes.deliver(ACCES, mail);
        await("a fetch that failed").atMost(LIMIT).until(() -> imap.cuts() > 0);
        imap.cutAfter(Long.MAX_VALUE);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(said(mail)).hasSize(1));
        assertThat(base.queryForObject("select count(*) from journal where fichier = 'coupe.csv'", Long.class))
                .isOne();
    }

    @Test
    void aMailThatCanNeverBeFetchedDoesNotHoldUpThoseBehindIt() throws Exception {
        Mail poison = new Mail()
                .subject("poison")
                .part("application/pdf", "attachment; filename=long.pdf", new byte[300_000]);
        imap.cutAfter(100_000);
        try {
            postes.deliver(ACCES, poison);
            Mail behind = order("derriere.csv");
            await().atMost(LIMIT).untilAsserted(() -> assertThat(said(behind)).hasSize(1));
            assertThat(aside("COURRIEL_ILLISIBLE").get("detail").asText()).contains("lâché 5 fois");
        } finally {
            imap.cutAfter(Long.MAX_VALUE);
        }
    }

    @Test
    void aMailboxThatIsNotThereIsToldOnceAndReadAgainWhenItIs() {
        imap.down();
        await("the alert").atMost(LIMIT).until(() -> open("BOITE_INJOIGNABLE") == 2);
        Mail mail = order("pendant.csv");
        imap.up();

        await().atMost(LIMIT).untilAsserted(() -> assertThat(said(mail)).hasSize(1));
        await("the alert is over").atMost(LIMIT).until(() -> open("BOITE_INJOIGNABLE") == 0);
    }
}
