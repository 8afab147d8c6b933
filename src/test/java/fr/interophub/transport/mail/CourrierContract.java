package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static fr.interophub.crash.Postes.SAV;
import static fr.interophub.crash.Postes.header;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.ThreadMXBean;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import jakarta.mail.Folder;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailConsumer;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** What mail owes, whatever the database: what is kept, recognised, set aside, replayed, and answered. */
@TestInstance(Lifecycle.PER_CLASS)
abstract class CourrierContract {

    static final Duration LIMIT = Duration.ofSeconds(30);
    static final AtomicInteger NUMBER = new AtomicInteger();

    final Postes postes = new Postes();
    HubEnMarche hub;
    HubApi oi;
    private final String base;

    /** @param base {@code h2} or {@code postgres} */
    CourrierContract(String base) {
        this.base = base;
    }

    @BeforeAll
    void start() {
        String[] properties = Stream.concat(
                        Stream.of(postes.properties()),
                        Stream.of("--hub.mail.taille-max=1MB", "--hub.mail.authserv-id=mx.oi.test"))
                .toArray(String[]::new);
        hub = HubEnMarche.start(base, properties);
        oi = new HubApi(hub.url(), "demo-oi");
    }

    @AfterAll
    void stop() {
        hub.close();
        postes.close();
    }

    /** An order that nobody has given yet. */
    static Orders.Order order() {
        return Orders.order("OCXC", "MEL", NUMBER.getAndIncrement());
    }

    static byte[] csv(Orders.Order... orders) {
        return Orders.bytes(List.of(orders));
    }

    /** The acknowledgements of an order that have come to the OC. */
    List<MimeMessage> answers(Orders.Order order) {
        return postes.received(OCXC).stream()
                .filter(mail -> Postes.attached(mail).contains(order.reference() + ";"))
                .toList();
    }

    MimeMessage answer(Orders.Order order) {
        await("the AR of " + order.reference())
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(answers(order)).hasSize(1));
        return answers(order).get(0);
    }

    JsonNode aside(String fichier) {
        List<JsonNode> found = new ArrayList<>();
        await("quarantaine of " + fichier).atMost(LIMIT).until(() -> {
            found.clear();
            oi.get("/api/v1/quarantaine?max=200").json().get("quarantaine").forEach(entry -> {
                if (entry.get("fichier").asText().equals(fichier)) {
                    found.add(entry);
                }
            });
            return !found.isEmpty();
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Everything that came before this has been taken. */
    void allTaken() {
        await("every mail read").atMost(LIMIT).untilAsserted(() -> {
            assertThat(postes.unread(SAV)).isZero();
            assertThat(postes.unread(ACCES)).isZero();
        });
    }

    /** The addresses that OCXC writes from. */
    void mail(String... addresses) throws IOException {
        put(mail -> {
            mail.putArray("adresses");
            List.of(addresses).forEach(mail.withArray("adresses")::add);
        });
    }

    void put(Consumer<ObjectNode> change) throws IOException {
        ObjectNode sheet = (ObjectNode) oi.get("/api/v1/operateurs/OCXC").json();
        change.accept(sheet.withObject("/contrat/mail"));
        HubApi.Reply reply = oi.put("/api/v1/operateurs/OCXC", sheet);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    /** Waits for a mail, and for one that comes after it to be answered: nothing is left of it. */
    void settled(String id) {
        await("the mail " + id).atMost(LIMIT).until(() -> count("courriel where message_id = ?", id) == 1);
        Orders.Order next = order();
        postes.deliver(ACCES, new Mail().file(next.reference() + ".csv", csv(next)));
        answer(next);
    }

    long count(String from, Object... values) {
        return hub.context()
                .getBean(JdbcTemplate.class)
                .queryForObject("select count(*) from " + from, Long.class, values);
    }

    @Test
    void anOrderThatCameByMailIsAcknowledgedByAMailThatRepliesToIt() throws Exception {
        Orders.Order order = order();
        Mail mail = new Mail().subject("commandes").file("commandes du jour.csv", csv(order));
        postes.deliver(ACCES, mail);

        MimeMessage answer = answer(order);

        assertThat(header(answer, "From")).isEqualTo(ACCES);
        assertThat(header(answer, "To")).isEqualTo(OCXC);
        assertThat(answer.getSubject()).matches("ACCES FTTH - OIDE_OCXC_ARCMD_ACCES_V12_\\d{8}_\\d{4}\\.csv");
        assertThat(header(answer, "Message-ID")).matches("<[0-9a-f-]{36}@oi\\.test>");
        assertThat(header(answer, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(answer, "In-Reply-To")).isEqualTo(mail.id());
        assertThat(header(answer, "References")).isEqualTo(mail.id());
        allTaken();
        JsonNode dossier =
                oi.get("/api/v1/dossiers?reference=" + order.reference()).json().at("/dossiers/0");
        JsonNode messages =
                oi.get("/api/v1/dossiers/" + dossier.get("id").asText()).json().get("messages");
        assertThat(messages.findValuesAsText("canal")).containsExactly("MAIL", "MAIL");
        assertThat(messages.at("/0/fichier").asText()).isEqualTo("commandes du jour.csv");
    }

    @Test
    void theSameMailTwiceIsTakenOnce() {
        Orders.Order order = order();
        Mail mail = new Mail().file("deux fois.csv", csv(order));
        postes.deliver(ACCES, new Mail().id(mail.id()).file("deux fois.csv", csv(order)));
        postes.deliver(
                SAV,
                new Mail().id(mail.id()).header("Received", "from elsewhere").file("deux fois.csv", csv(order)));

        answer(order);
        allTaken();
        assertThat(count("courriel where message_id = ? and fois = 2", mail.id()))
                .isOne();
        assertThat(count("journal where fichier = 'deux fois.csv'")).isOne();
    }

    @Test
    void anIdUsedAgainForAnotherFileHidesNothing() {
        Orders.Order first = order();
        Orders.Order second = order();
        postes.deliver(ACCES, new Mail().id("<toujours-le-meme@oc.test>").file("premier.csv", csv(first)));
        postes.deliver(ACCES, new Mail().id("<toujours-le-meme@oc.test>").file("second.csv", csv(second)));

        answer(first);
        answer(second);
    }

    @Test
    void aMailFromNobodyWaitsUntilAPersonSaysWhoItIs() throws Exception {
        Orders.Order order = order();
        postes.deliver(
                ACCES, new Mail().from("nouveau@oc.test").subject("inconnu").file("nouveau.csv", csv(order)));
        JsonNode entry = aside("inconnu.eml");
        assertThat(entry.get("motif").asText()).isEqualTo("EXPEDITEUR_INCONNU");
        assertThat(entry.get("operateur").asText()).isEqualTo("OIDE");
        assertThat(entry.get("detail").asText()).contains("nouveau@oc.test");
        assertThat(oi.get("/api/v1/messages/" + entry.get("messageId").asText() + "/contenu")
                        .body())
                .contains("From: nouveau@oc.test");

        mail(OCXC, "nouveau@oc.test");
        assertThat(oi.post(
                                "/api/v1/quarantaine/" + entry.get("id").asText() + "/rejouer",
                                HubApi.JSON.createObjectNode().put("motif", "adresse ajoutée"))
                        .status())
                .isEqualTo(200);

        answer(order);
        mail(OCXC);
    }

    @Test
    void aSenderWhoseEnvelopeIsSomeoneElsesIsKeptAside() throws Exception {
        Orders.Order forged = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .header("Return-Path", "<pirate@ailleurs.test>")
                        .header("Return-Path", "<ocxc@oc.test>")
                        .subject("enveloppe")
                        .file("enveloppe.csv", csv(forged)));
        JsonNode entry = aside("enveloppe.eml");
        assertThat(entry.get("motif").asText()).isEqualTo("ENVELOPPE_DIFFERENTE");
        assertThat(entry.get("operateur").asText()).isEqualTo("OIDE");
        assertThat(entry.get("detail").asText()).contains("OCXC (ocxc@oc.test)", "« pirate@ailleurs.test »");

        Orders.Order own = order();
        postes.deliver(
                ACCES,
                new Mail().header("Return-Path", "<rebond+7@envoi.oc.test>").file("rebond.csv", csv(own)));
        answer(own);
        assertThat(answers(forged)).isEmpty();
    }

    @Test
    void ourOwnMailThatComesBackIsKeptAndNothingMore() throws Exception {
        Orders.Order order = order();
        postes.deliver(ACCES, new Mail().file("boucle.csv", csv(order)));
        MimeMessage answer = answer(order);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        answer.writeTo(bytes);
        postes.deliver(ACCES, bytes.toByteArray());
        settled(header(answer, "Message-ID"));

        assertThat(answers(order)).hasSize(1);
    }

    @Test
    void aMailThatCouldNotBeDeliveredIsToldWithItsFile() throws Exception {
        Orders.Order order = order();
        postes.deliver(ACCES, new Mail().file("perdu.csv", csv(order)));
        String ours = header(answer(order), "Message-ID");
        postes.deliver(
                ACCES,
                ("Return-Path: <>\r\nMessage-ID: <dsn@oc.test>\r\nFrom: MAILER-DAEMON@oc.test\r\nSubject: Undelivered\r\n"
                                + "Content-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n--b\r\n\r\nSorry\r\n"
                                + "--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; oc.test\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
                                + "--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: " + ours
                                + "\r\n\r\n--b--\r\n")
                        .getBytes(StandardCharsets.UTF_8));
        settled("<dsn@oc.test>");

        assertThat(hub.context()
                        .getBean(JdbcTemplate.class)
                        .queryForList(
                                "select texte from alerte where genre = 'COURRIEL_NON_REMIS' and operateur = 'OCXC'",
                                String.class))
                .singleElement(as(STRING))
                .contains("OCXC n'a pas reçu le fichier « OIDE_OCXC_ARCMD_");
    }

    @Test
    void aMailThatIsTooLargeIsRefusedAndItsBeginningKept() {
        byte[] large = new byte[3 << 20];
        Arrays.fill(large, (byte) 'a');
        postes.deliver(ACCES, new Mail().subject("énorme").file("enorme.csv", large));

        JsonNode entry = aside("énorme.eml");
        assertThat(entry.get("motif").asText()).isEqualTo("COURRIEL_TROP_GRAND");
        assertThat(entry.get("operateur").asText()).isEqualTo("OCXC");
        assertThat(entry.get("detail").asText()).contains("hub.mail.taille-max (1048576 octets)");
        assertThat(hub.context()
                        .getBean(JdbcTemplate.class)
                        .queryForObject("select taille from journal where fichier = 'énorme.eml'", Long.class))
                .isEqualTo(64 * 1024);
        allTaken();
    }

    @Test
    void aSavMailWhoseSubjectIsNotThatOfItsFileIsNotTreated() {
        byte[] line =
                ("ReferencePrestationPrise;ReferencePrise;ReferenceSigSAVRaccoOC;DateIncidClientFinal;NatureDefaut;PrelocDefaut;"
                                + "NomClient;PrenomClient;ContactClient1;ContactClient2;IdRdv;PropalRdv;Commentaire\r\n"
                                + "INCONNUE-1;;SIG-1;20260206;Pas de signal;PTO;Durand;Éva;0600000001;;;;\r\n")
                        .getBytes(Charset.forName("windows-1252"));
        String right = "SIGSAV_OCXC_OIDE_20260206_101500_001.csv";
        String wrong = "SIGSAV_OCXC_OIDE_20260206_101500_002.csv";
        postes.deliver(SAV, new Mail().subject("SAV FTTH - autre chose.csv").file(wrong, line));

        JsonNode entry = aside(wrong);
        assertThat(entry.get("motif").asText()).isEqualTo("SUJET_DIFFERENT");
        assertThat(entry.get("detail").asText()).contains("SAV FTTH - autre chose.csv", "SAV FTTH - " + wrong);

        // The same bytes under the right subject: nothing had been made of the first.
        postes.deliver(SAV, new Mail().subject("SAV FTTH - " + right).file(right, line));
        await("an AR by mail")
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(postes.received(OCXC)).anySatisfy(mail -> {
                    assertThat(mail.getSubject()).matches("SAV FTTH - ARSIGSAV_OIDE_OCXC_\\d{8}_\\d{6}_\\d{3}\\.csv");
                    assertThat(header(mail, "From")).isEqualTo(SAV);
                    assertThat(Postes.attached(mail)).contains("SIG-1", "KO");
                }));
    }

    /** Both ways: the server says how large it is, or says that it is small. The whole of it is done in this thread. */
    @ParameterizedTest(name = "told to have {0} octets")
    @ValueSource(ints = {100 << 20, 1000})
    void aMailOfAHundredMegabytesIsNeverHeldInMemory(int told) throws Exception {
        String subject = "cent mégaoctets, %d dits".formatted(told);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Courrier courrier = hub.context().getBean(Courrier.class);
        Exchange exchange = new DefaultExchange(hub.context().getBean(CamelContext.class));
        exchange.setProperty(MailConsumer.MAIL_MESSAGE_UID, "1-" + told);
        try (Store store = Session.getInstance(new Properties()).getStore("imap")) {
            store.connect("127.0.0.1", postes.imap(), ACCES, Postes.SECRET);
            Folder box = store.getFolder("INBOX");
            box.open(Folder.READ_ONLY);

            long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            courrier.receive("acces", new CentMegaoctets(box, subject, told), exchange);
            long allocated =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;

            assertThat(allocated).isLessThan(16 << 20);
        }
        JsonNode entry = aside(subject + ".eml");
        assertThat(entry.get("motif").asText()).isEqualTo("COURRIEL_TROP_GRAND");
        assertThat(entry.get("operateur").asText()).isEqualTo("OCXC");
        assertThat(count("journal where fichier = ? and taille = 65536", subject + ".eml"))
                .isOne();
    }

    /** A mail that is made as it is read. */
    private static final class CentMegaoctets extends MimeMessage {

        private static final byte[] LIGNE =
                "QUNDRVMgRlRUSCA7IGNlbnQgbcOpZ2FvY3RldHM=\r\n".getBytes(StandardCharsets.US_ASCII);

        private final String subject;
        private final int told;

        private CentMegaoctets(Folder box, String subject, int told) {
            super(box, 1);
            this.subject = subject;
            this.told = told;
        }

        @Override
        public int getSize() {
            return told;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(("Message-ID: <cent-" + told + "@oc.test>\r\nFrom: " + OCXC + "\r\nSubject: " + subject
                            + "\r\nContent-Type: text/csv; name=cent.csv\r\nContent-Transfer-Encoding: base64\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
            for (int written = 0; written < 100 << 20; written += LIGNE.length) {
                out.write(LIGNE);
            }
        }
    }
}
