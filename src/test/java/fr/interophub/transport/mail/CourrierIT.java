package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static fr.interophub.crash.Postes.SAV;
import static fr.interophub.crash.Postes.header;
import static org.assertj.core.api.Assertions.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.JdbcTemplate;

@TestInstance(Lifecycle.PER_CLASS)
@DisplayName("Mail in and out, through a real IMAP and SMTP server")
class CourrierIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Postes postes = new Postes();
    private HubEnMarche hub;
    private HubApi oi;

    @BeforeAll
    void start() {
        String[] properties = Stream.concat(
                        Stream.of(postes.properties()),
                        Stream.of("--hub.mail.taille-max=1MB", "--hub.mail.authserv-id=mx.oi.test"))
                .toArray(String[]::new);
        hub = HubEnMarche.start(System.getProperty("hub.test.db", "h2"), properties);
        oi = new HubApi(hub.url(), "demo-oi");
    }

    @AfterAll
    void stop() {
        hub.close();
        postes.close();
    }

    /** An order that nobody has given yet. */
    private static Orders.Order order() {
        return Orders.order("OCXC", "MEL", NUMBER.getAndIncrement());
    }

    private static byte[] csv(Orders.Order... orders) {
        return Orders.bytes(List.of(orders));
    }

    /** The acknowledgements of an order that have come to the OC. */
    private List<MimeMessage> answers(Orders.Order order) {
        return postes.received(OCXC).stream()
                .filter(mail -> Postes.attached(mail).contains(order.reference() + ";"))
                .toList();
    }

    private MimeMessage answer(Orders.Order order) {
        await("the AR of " + order.reference())
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(answers(order)).hasSize(1));
        return answers(order).get(0);
    }

    private JsonNode aside(String fichier) {
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
    private void allTaken() {
        await("every mail read").atMost(LIMIT).untilAsserted(() -> {
            assertThat(postes.unread(SAV)).isZero();
            assertThat(postes.unread(ACCES)).isZero();
        });
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
    void theSenderIsKnownByAnyOfItsAddressesWhateverTheCase() throws Exception {
        Orders.Order order = order();
        postes.deliver(
                ACCES, new Mail().from("\"Guichet d'OC Gamma\" <OCXC@oc.TEST>").file("casse.csv", csv(order)));

        assertThat(header(answer(order), "To")).isEqualTo(OCXC);
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
    void tenFilesAreTenFiles() {
        List<Orders.Order> orders = new ArrayList<>();
        Mail mail = new Mail();
        for (int i = 0; i < 10; i++) {
            orders.add(order());
            mail.file("lot %d.csv".formatted(i), csv(orders.get(i)));
        }
        postes.deliver(ACCES, mail);

        orders.forEach(this::answer);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "attachment; filename=\"=?utf-8?Q?command=C3=A9es_de_P=C3=A2ques.csv?=\"",
                        "commandées de Pâques.csv"),
                arguments("attachment; filename=\"=?iso-8859-1?B?6XTpLmNzdg==?=\"", "été.csv"),
                arguments("attachment; filename*=utf-8''r%C3%A9seau%20%E2%82%AC.csv", "réseau €.csv"),
                arguments("attachment; filename*0*=utf-8''lon; filename*1*=g%C3%A9e; filename*2=.csv", "longée.csv"),
                arguments("attachment; filename=sans guillemets.csv", "sans guillemets.csv"),
                arguments("attachment; filename=\"C:\\\\fakepath\\\\d'ailleurs.csv\"", "d'ailleurs.csv"),
                arguments("attachment; filename=\"../../remonte.csv\"", "remonte.csv"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("names")
    void theNameOfAFileIsReadAsItIsMeant(String disposition, String nom) {
        Orders.Order order = order();
        postes.deliver(ACCES, new Mail().part("application/octet-stream", disposition, csv(order)));

        answer(order);
        assertThat(count("journal where fichier = ? and sens = 'entrant'", nom)).isOne();
    }

    @Test
    void aNameInACharsetThatDoesNotExistAndATypeThatLiesHarmNothing() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .part(
                                "text/csv; charset=x-unknown-8859-99",
                                "attachment; filename=\"=?x-nulle-part?Q?nom.csv?=\"",
                                csv(order)));
        answer(order);

        Orders.Order unnamed = order();
        postes.deliver(ACCES, new Mail().part("text/csv", null, csv(unnamed)));
        answer(unnamed);
    }

    @Test
    void aMailWithoutCsvIsKeptWithWhatItHolds() {
        postes.deliver(ACCES, new Mail().subject("rien"));
        assertThat(aside("rien.eml").get("motif").asText()).isEqualTo("SANS_PIECE");

        postes.deliver(
                ACCES,
                new Mail()
                        .subject("outlook")
                        .part(
                                "application/ms-tnef; name=\"winmail.dat\"",
                                "attachment; filename=\"winmail.dat\"",
                                new byte[50]));
        assertThat(aside("outlook.eml").get("detail").asText()).contains("TNEF", "texte brut");

        postes.deliver(
                ACCES, new Mail().subject("page").part("text/html", null, "<table><tr><td>478977</table>".getBytes()));
        assertThat(aside("page.eml").get("detail").asText()).contains("text/html");

        postes.deliver(
                ACCES,
                new Mail().subject("archive").part("application/zip", "attachment; filename=\"c.zip\"", new byte[50]));
        assertThat(aside("archive.eml").get("detail").asText()).contains("« c.zip » (application/zip)");
    }

    @Test
    void aMailInsideAnotherIsNotOpened() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .subject("transfert")
                        .part(
                                "message/rfc822",
                                "attachment",
                                new Mail()
                                        .from("inconnu@ailleurs.test")
                                        .file("dedans.csv", csv(order))
                                        .bytes()));

        assertThat(aside("transfert.eml").get("detail").asText()).contains("un courriel joint, qui n'est pas ouvert");
        assertThat(count("journal where fichier = 'dedans.csv'")).isZero();
    }

    @Test
    void partsWithinPartsAreFollowedToABearableDepth() {
        Orders.Order order = order();
        postes.deliver(ACCES, nested(5, order));
        answer(order);

        postes.deliver(ACCES, nested(40, order()));
        assertThat(aside("poupées 40.eml").get("motif").asText()).isEqualTo("COURRIEL_ILLISIBLE");
    }

    private static byte[] nested(int depth, Orders.Order order) {
        StringBuilder mail = new StringBuilder("Message-ID: <" + order.reference() + "@oc.test>\r\nFrom: " + OCXC
                + "\r\nSubject: =?utf-8?Q?poup=C3=A9es_" + depth + "?=\r\n");
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        mail.append(
                        "Content-Type: text/csv\r\nContent-Disposition: attachment; filename=fond.csv\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                .append(Orders.csv(List.of(order)));
        for (int i = depth - 1; i >= 0; i--) {
            mail.append("\r\n--b").append(i).append("--\r\n");
        }
        return mail.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCsvThatIsSomethingElseIsSetAsideAndItsNeighbourIsTreated() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .file("programme.csv", new byte[] {'M', 'Z', (byte) 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0})
                        .file("archive.csv", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0})
                        .file("bon.csv", csv(order)));

        answer(order);
        assertThat(aside("archive.csv").get("motif").asText()).isEqualTo("ARCHIVE");
        assertThat(aside("programme.csv").get("detail").asText()).isNotEmpty();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(arguments("base64", "QUJD\r\nQ"), arguments("x-nulle-part", "478977"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void aPartThatDoesNotDecodeIsTold(String encoding, String text) {
        postes.deliver(
                ACCES,
                ("Message-ID: <" + encoding + "@oc.test>\r\nFrom: " + OCXC + "\r\nSubject: faux " + encoding
                                + "\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=faux.csv\r\n"
                                + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + text + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(aside("faux " + encoding + ".eml").get("motif").asText()).isEqualTo("COURRIEL_ILLISIBLE");
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

    /** The addresses that OCXC writes from. */
    private void mail(String... addresses) throws IOException {
        put(mail -> {
            mail.putArray("adresses");
            List.of(addresses).forEach(mail.withArray("adresses")::add);
        });
    }

    private void put(Consumer<ObjectNode> change) throws IOException {
        ObjectNode sheet = (ObjectNode) oi.get("/api/v1/operateurs/OCXC").json();
        change.accept(sheet.withObject("/contrat/mail"));
        HubApi.Reply reply = oi.put("/api/v1/operateurs/OCXC", sheet);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
    }

    @Test
    void aSenderWhoIsToBeProvenIs() throws Exception {
        put(mail -> mail.put("verification", "toutes"));
        try {
            Orders.Order forged = order();
            postes.deliver(
                    ACCES,
                    new Mail()
                            .subject("usurpé")
                            .header(
                                    "Authentication-Results",
                                    "mx.oi.test; spf=pass smtp.mailfrom=pirate@ailleurs.test; dkim=none")
                            .header(
                                    "Authentication-Results",
                                    "elsewhere.test; spf=pass smtp.mailfrom=oc.test; dkim=pass header.d=oc.test")
                            .file("usurpe.csv", csv(forged)));
            JsonNode entry = aside("usurpé.eml");
            assertThat(entry.get("motif").asText()).isEqualTo("EXPEDITEUR_NON_VERIFIE");
            assertThat(entry.get("operateur").asText()).isEqualTo("OIDE");
            assertThat(entry.get("detail").asText()).contains("SPF et DKIM", "oc.test");

            Orders.Order proven = order();
            postes.deliver(
                    ACCES,
                    new Mail()
                            .header(
                                    "Authentication-Results",
                                    "mx.oi.test (our own); spf=pass (sender ok) smtp.mailfrom=bounce.oc.test; dkim=fail header.d=x.test; dkim=pass header.d=oc.test")
                            .file("prouve.csv", csv(proven)));
            answer(proven);
            assertThat(answers(forged)).isEmpty();
        } finally {
            put(mail -> mail.put("verification", "aucune"));
        }
    }

    static Stream<Arguments> machines() {
        return Stream.of(
                arguments("Auto-Submitted", "auto-replied"),
                arguments("Precedence", "auto_reply"),
                arguments("Precedence", "bulk"),
                arguments("X-Autoreply", "yes"),
                arguments("Return-Path", "<>"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("machines")
    void aMachineThatAnswersIsKeptAndNeverAnswered(String header, String value) {
        Orders.Order order = order();
        String id = "<" + order.reference() + "@oc.test>";
        postes.deliver(
                ACCES, new Mail().id(id).header(header, value).subject("absent").file("auto.csv", csv(order)));
        settled(id);

        assertThat(answers(order)).isEmpty();
        assertThat(count("piece_jointe p join courriel c on c.journal_id = p.courriel_id where c.message_id = ?", id))
                .isZero();
    }

    /** Waits for a mail, and for one that comes after it to be answered: nothing is left of it. */
    private void settled(String id) {
        await("the mail " + id).atMost(LIMIT).until(() -> count("courriel where message_id = ?", id) == 1);
        Orders.Order next = order();
        postes.deliver(ACCES, new Mail().file(next.reference() + ".csv", csv(next)));
        answer(next);
    }

    @Test
    void theFilesOfAPartnersMachineAreTreated() {
        Orders.Order order = order();
        postes.deliver(
                ACCES, new Mail().header("Auto-Submitted", "auto-generated").file("machine.csv", csv(order)));

        answer(order);
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
    void aPartnersHeadersCommandNothing() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .header("delete", "true")
                        .header("moveTo", "Ailleurs")
                        .header("CamelFileName", "../../x")
                        .header("operateur", "OCXA")
                        .file("ordres.csv", csv(order)));

        answer(order);
        allTaken();
        assertThat(postes.received(ACCES)).anyMatch(mail -> "../../x".equals(header(mail, "CamelFileName")));
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

    private long count(String from, Object... values) {
        return hub.context()
                .getBean(JdbcTemplate.class)
                .queryForObject("select count(*) from " + from, Long.class, values);
    }
}
