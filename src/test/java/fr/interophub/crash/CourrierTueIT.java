package fr.interophub.crash;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static fr.interophub.crash.Postes.SAV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import de.siegmar.fastcsv.reader.CsvReader;
import fr.interophub.crash.Postes.Mail;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many mails, of which one in twenty comes twice and one in twenty is faulty, half of them orders and half signalisations, while
 * the mail server's connections are cut, its ports closed twice and the hub killed twice, and an OC whose mailbox answers
 * everything by itself. {@code -Dcrash.mails} says how many ({@code -Pcrash}: a thousand), {@code -Dcrash.seed} gives a failed
 * run's order and moments again.
 */
@DisplayName("Many mails, cut and killed: each acknowledged once, none lost, no loop")
class CourrierTueIT {

    private static final int MAILS = Integer.getInteger("crash.mails", 120);
    private static final int DOUBLES = MAILS / 20;
    private static final int FAUTIFS = MAILS / 20;
    private static final int BONS = MAILS - DOUBLES - FAUTIFS;
    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private final long seed = Long.getLong("crash.seed", System.nanoTime() & 0xffffff);
    private final Random random = new Random(seed);
    private final Postes postes = new Postes();
    private final Passerelle imap = new Passerelle(postes.imap());
    private final Passerelle smtp = new Passerelle(postes.smtp());
    private final ScheduledExecutorService absent = Executors.newSingleThreadScheduledExecutor();
    private final Set<String> fautifs = new TreeSet<>();
    private int answeredByMachine;
    private HubProcess hub;

    /** A mail and the box it goes to. */
    private record Envoi(String boite, byte[] mail) {}

    static Stream<String> bases() {
        return Stream.of(System.getProperty("crash.bases", "h2").split(","));
    }

    @BeforeEach
    void tolerate() {
        // The mail server's own threads do not like to be cut.
        Awaitility.doNotCatchUncaughtExceptionsByDefault();
    }

    @AfterEach
    void stop() throws IOException {
        Awaitility.reset();
        absent.shutdownNow();
        if (hub != null) {
            hub.close();
        }
        imap.close();
        smtp.close();
        postes.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    void eachIsAcknowledgedOnceNoneIsLostAndNoMachineIsAnswered(String base) throws Exception {
        System.out.printf("mails on %1$s, seed %2$d (-Dcrash.seed=%2$d)%n", base, seed);
        hub = new HubProcess(Path.of("target", "crash", "courrier-" + base))
                .on(base)
                .jvm("-Xmx512m")
                .jvm("-XX:TieredStopAtLevel=1")
                .set("hub.releve", "100");
        for (String property : postes.properties(smtp.port(), imap.port())) {
            String[] parts = property.substring(2).split("=", 2);
            hub.set(parts[0], parts[1]);
        }
        hub.start().awaitReady();
        park();
        absent.scheduleWithFixedDelay(this::answerByMachine, 100, 100, TimeUnit.MILLISECONDS);
        List<Envoi> envois = envois();
        assertThat(envois).hasSize(BONS + DOUBLES + FAUTIFS);
        int part = envois.size() / 6;

        deliver(envois.subList(0, part));
        imap.cut();
        smtp.cut();
        deliver(envois.subList(part, 2 * part));
        killMidway();
        deliver(envois.subList(2 * part, 3 * part));
        hub.start().awaitReady();
        imap.down();
        smtp.down();
        deliver(envois.subList(3 * part, 4 * part));
        pass(1_000 + random.nextInt(1_000));
        imap.up();
        smtp.up();
        deliver(envois.subList(4 * part, 5 * part));
        killMidway();
        hub.start().awaitReady();
        smtp.down();
        imap.down();
        deliver(envois.subList(5 * part, envois.size()));
        pass(500);
        smtp.up();
        imap.up();

        await("every order and every signalisation acknowledged; seed %d, see %s".formatted(seed, hub.log()))
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(300))
                .untilAsserted(() -> {
                    assertThat(unread()).isZero();
                    assertThat(acknowledged().keySet()).hasSize(BONS);
                });
        pass(3_000); // whatever is still on its way, doubled or in answer to a machine, would come now

        assertThat(acknowledged())
                .as("seed %d, see %s", seed, hub.log())
                .allSatisfy(
                        (reference, times) -> assertThat(times).as(reference).isOne());
        assertThat(answeredByMachine).as("machines have answered").isGreaterThan(10);
        Map<String, Integer> aside = quarantined();
        assertThat(aside).as("each faulty mail is shown once").containsOnlyKeys(fautifs);
        assertThat(aside.values()).containsOnly(1);
    }

    private long unread() {
        return postes.unread(ACCES) + postes.unread(SAV);
    }

    /** Lets the hub take some of the mails that wait, and kills it with others in its hands. */
    private void killMidway() {
        long left = unread() - 1 - random.nextInt(BONS / 12);
        await("some mails are taken; seed %d, see %s".formatted(seed, hub.log()))
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> unread() <= left);
        hub.kill();
    }

    /** The accesses that the signalisations are about. */
    private void park() throws IOException {
        ArrayNode parc = HubApi.JSON.createArrayNode();
        for (int i = 1; i < BONS; i += 2) {
            parc.addObject()
                    .put("operateur", "OCXC")
                    .put("ReferencePrestationPrise", "ACCES-" + i)
                    .put("ReferencePrise", "PTO-" + i)
                    .put("dateMes", "2026-01-31T12:00:00+01:00");
        }
        assertThat(hub.api("demo-oi").post("/api/v1/parc", parc).status()).isEqualTo(200);
    }

    /** Every mail, in an order that tells nothing; a copy comes after its original. */
    private List<Envoi> envois() {
        List<Envoi> all = new ArrayList<>();
        for (int i = 0; i < BONS; i++) {
            all.add(good(i));
        }
        Collections.shuffle(all, random);
        for (int i = 0; i < DOUBLES; i++) {
            int original = random.nextInt(all.size() / 2);
            all.add(original + 1 + random.nextInt(all.size() - original), all.get(original));
        }
        for (int i = 0; i < FAUTIFS; i++) {
            all.add(random.nextInt(all.size()), faulty(i));
        }
        return all;
    }

    private static String reference(int number) {
        return number % 2 == 0 ? "MIL-%06d".formatted(number) : "SIG-%06d".formatted(number);
    }

    private static Envoi good(int number) {
        if (number % 2 == 0) {
            Mail mail = new Mail()
                    .file(
                            "commande-%d.csv".formatted(number),
                            Orders.bytes(List.of(Orders.order("OCXC", "MIL", number))));
            return new Envoi(ACCES, mail.bytes());
        }
        String fichier = "SIGSAV_OCXC_OIDE_20260206_101500_%03d.csv".formatted(number);
        String lines =
                "ReferencePrestationPrise;ReferencePrise;ReferenceSigSAVRaccoOC;DateIncidClientFinal;NatureDefaut;"
                        + "PrelocDefaut;NomClient;PrenomClient;ContactClient1;ContactClient2;IdRdv;PropalRdv;Commentaire\r\n"
                        + "ACCES-%1$d;PTO-%1$d;%2$s;20260206;Pas de signal;PTO;Durand;Éva;0600000001;;;;\r\n"
                                .formatted(number, reference(number));
        return new Envoi(
                SAV,
                new Mail()
                        .subject("SAV FTTH - " + fichier)
                        .file(fichier, lines.getBytes(WINDOWS_1252))
                        .bytes());
    }

    private Envoi faulty(int number) {
        String subject = "fautif %02d".formatted(number);
        byte[] order = Orders.bytes(List.of(Orders.order("OCXC", "FAUTIF", number)));
        Mail mail = new Mail().subject(subject);
        String shown = subject + ".eml";
        switch (number % 5) {
            case 0 -> mail.part("text/html", null, "<p>rien</p>".getBytes(StandardCharsets.UTF_8));
            case 1 -> mail.from("inconnu-%d@ailleurs.test".formatted(number)).file("x.csv", order);
            case 2 -> {
                shown = "archive-%d.csv".formatted(number);
                mail.file(shown, new byte[] {'P', 'K', 3, 4, (byte) number});
            }
            case 3 -> mail.part("application/ms-tnef", "attachment; filename=winmail.dat", order);
            default -> {
                shown = "SIGSAV_OCXC_OIDE_20260206_101500_F%02d.csv".formatted(number);
                mail.file(
                        shown,
                        ("ReferencePrestationPrise;ReferencePrise;ReferenceSigSAVRaccoOC;DateIncidClientFinal;NatureDefaut;"
                                        + "PrelocDefaut;NomClient;PrenomClient;ContactClient1;ContactClient2;IdRdv;PropalRdv;Commentaire\r\nX;Y;F-"
                                        + number + ";20260206;Pas de signal;PTO;;;;;;;\r\n")
                                .getBytes(WINDOWS_1252));
            }
        }
        fautifs.add(shown);
        return new Envoi(number % 2 == 0 ? ACCES : SAV, mail.bytes());
    }

    private void deliver(List<Envoi> some) {
        some.forEach(envoi -> postes.deliver(envoi.boite(), envoi.mail()));
    }

    /** The OC is away: its mailbox says so to everyone who writes, as machines do. */
    private void answerByMachine() {
        List<MimeMessage> received = postes.received(OCXC);
        for (; answeredByMachine < received.size(); answeredByMachine++) {
            MimeMessage mail = received.get(answeredByMachine);
            postes.deliver(
                    Postes.header(mail, "From"),
                    new Mail()
                            .subject("Absent : " + Postes.header(mail, "Subject"))
                            .header("Auto-Submitted", "auto-replied")
                            .header("In-Reply-To", Postes.header(mail, "Message-ID")));
        }
    }

    /** How often each reference was acknowledged, over mails that differ. */
    private Map<String, Integer> acknowledged() {
        Map<String, byte[]> mails = new TreeMap<>();
        Map<String, Integer> times = new TreeMap<>();
        for (MimeMessage mail : postes.received(OCXC)) {
            byte[] file = Postes.fileBytes(mail);
            byte[] before = mails.putIfAbsent(Postes.header(mail, "Message-ID"), file);
            if (before != null) {
                assertThat(file).as("the same id, the same bytes").isEqualTo(before);
                continue;
            }
            CsvReader.builder()
                    .fieldSeparator(';')
                    .ofNamedCsvRecord(new String(file, WINDOWS_1252))
                    .forEach(line -> times.merge(
                            line.findField("ReferenceSigSAVRaccoOC")
                                    .orElseGet(() -> line.getField("ReferenceCommandePriseInterneOC")),
                            1,
                            Integer::sum));
        }
        return times;
    }

    private Map<String, Integer> quarantined() throws IOException {
        Map<String, Integer> found = new TreeMap<>();
        String after = "";
        do {
            JsonNode page = hub.api("demo-oi")
                    .get("/api/v1/quarantaine?max=100" + after)
                    .json();
            page.get("quarantaine")
                    .forEach(entry -> found.merge(entry.get("fichier").asText(), 1, Integer::sum));
            after = page.hasNonNull("suivant") ? "&apres=" + page.get("suivant").asText() : null;
        } while (after != null);
        return found;
    }

    private static void pass(int millis) {
        await().pollDelay(Duration.ofMillis(millis))
                .atMost(Duration.ofMillis(millis + 10_000L))
                .until(() -> true);
    }
}
