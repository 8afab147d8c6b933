package fr.interophub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.crash.HubApi.Reply;
import fr.interophub.crash.Orders.Answer;
import fr.interophub.crash.Orders.Order;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.future.AuthFuture;
import org.apache.sshd.client.future.ConnectFuture;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.common.SftpException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a careless or hostile OC may send, through the front door of a hub that has little memory. A file that cannot be
 * read is kept, shown and answered by silence; a faulty line is refused alone; nothing harms what comes next.
 */
@TestInstance(Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
class BadInputIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    /** Labels of §4. */
    private static final String FIMP12 = "TRAITEMENT IMPOSSIBLE : TYPE COMMANDE ERRONNE";

    private static final String FIMP15 = "TRAITEMENT IMPOSSIBLE : CHAMPS OBLIGATOIRES MANQUANTS";
    private static final String FIMP16 = "TRAITEMENT IMPOSSIBLE : CHAMPS INCOHERENTS";

    private static final int FLOOD = 500;
    private static final long HUGE = 200L * 1024 * 1024;

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private HubProcess hub;
    private HubApi oi;
    private OcClient ocxa;
    private OcClient ocxb;

    @BeforeAll
    void start() throws IOException {
        hub = new HubProcess(Path.of("target", "bad-input"))
                .on(System.getProperty("hub.test.db", "h2"))
                .jvm("-Xmx256m")
                .set("hub.sftp.stabilite", "500ms")
                .start()
                .awaitReady();
        oi = hub.api("demo-oi");
        ocxa = new OcClient(hub.sftpPort(), "ocxa", "demo-ocxa");
        ocxb = new OcClient(hub.sftpPort(), "ocxb", "demo-ocxb");
    }

    @AfterAll
    void stop() throws Exception {
        try {
            assertThat(hub.isAlive()).isTrue();
            assertThat(hub.readLog()).doesNotContain("OutOfMemoryError");
        } finally {
            ocxa.close();
            ocxb.close();
            hub.close();
        }
    }

    // ---- Files that cannot be read

    /**
     * A file that must be kept aside.
     *
     * @param ligne the physical line to blame, null when none is
     */
    private record Unreadable(String fichier, Supplier<InputStream> content, String motif, Integer ligne) {

        private static Unreadable of(String fichier, byte[] bytes, String motif, Integer ligne) {
            return new Unreadable(fichier, () -> new ByteArrayInputStream(bytes), motif, ligne);
        }

        private static Unreadable of(String fichier, String text, String motif, Integer ligne) {
            return of(fichier, text.getBytes(StandardCharsets.UTF_8), motif, ligne);
        }

        @Override
        public String toString() {
            return fichier + " -> " + motif;
        }
    }

    static Stream<Unreadable> unreadable() throws IOException {
        String header = Orders.HEADER + "\n";
        byte[] good = Orders.bytes(some(3));
        return Stream.of(
                Unreadable.of("vide.csv", "", "FICHIER_VIDE", null),
                Unreadable.of("en-tête seul.csv", header, "SANS_LIGNE", null),
                Unreadable.of(
                        "en-tête inconnu.csv", header.replace("Commune", "Galaxie") + line(), "ENTETE_INCONNUE", 1),
                Unreadable.of("deux flux.csv", twoFlux(), "PLUSIEURS_FLUX", 4),
                Unreadable.of("ligne 7 courte.csv", cut(some(9), 7), "NOMBRE_DE_COLONNES", 7),
                Unreadable.of(
                        "100 000 colonnes.csv", header + line() + ";".repeat(99_999) + "\n", "NOMBRE_DE_COLONNES", 3),
                Unreadable.of(
                        "en-tête de 100 000 colonnes.csv", "a;".repeat(99_999) + "a\n" + line(), "ENTETE_INCONNUE", 1),
                Unreadable.of("référence vide.csv", emptyReference(), "REFERENCE_VIDE", 3),
                Unreadable.of("guillemet ouvert.csv", openQuote(), "GUILLEMETS", 3),
                new Unreadable("200 Mo d'un trait.csv", () -> new OneLongLine(header, HUGE), "LIGNE_TROP_LONGUE", 2),
                Unreadable.of("archive.csv", zip(good), "ARCHIVE", null),
                Unreadable.of("archive gz.csv", gzip(good), "ARCHIVE", null),
                Unreadable.of(
                        "utf-16.csv", Orders.csv(some(2)).getBytes(StandardCharsets.UTF_16), "ENTETE_INCONNUE", 1),
                Unreadable.of("un AR.csv", receipt(), "FLUX_INTERDIT", 1),
                Unreadable.of("version 1.3.csv", version13(), "VERSION_NON_PARLEE", 1));
    }

    @ParameterizedTest
    @MethodSource("unreadable")
    void anUnreadableFileIsKeptWholeShownAndAnsweredBySilence(Unreadable file) throws IOException {
        Set<String> before = ocxa.collect().keySet();
        DigestInputStream sent = new DigestInputStream(file.content().get(), Orders.sha256());
        ocxa.drop(file.fichier(), sent);

        JsonNode kept = awaitQuarantine(file.fichier());
        assertThat(kept.get("motif").asText()).as(kept.toString()).isEqualTo(file.motif());
        assertThat(kept.get("operateur").asText()).isEqualTo("OCXA");
        assertThat(kept.path("ligne").isNumber() ? kept.get("ligne").asInt() : null)
                .as(kept.toString())
                .isEqualTo(file.ligne());
        assertThat(kept.get("detail").asText())
                .as("in French")
                .containsPattern("(?iu)\\b(le|la|une?|de|en|lues?|reçue?|vide)\\b");
        assertThat(oi.sha256("/api/v1/messages/%s/contenu"
                        .formatted(kept.get("messageId").asText())))
                .as("the same bytes")
                .isEqualTo(HexFormat.of().formatHex(sent.getMessageDigest().digest()));

        Set<String> answered = assertServes(ocxa, "OCXA");
        Set<String> silent = new HashSet<>(ocxa.collect().keySet());
        silent.removeAll(before);
        silent.removeAll(answered);
        assertThat(silent).as("files in sortant/ beside the good file's AR").isEmpty();
        assertThat(ocxa.list("entrant")).isEmpty();
    }

    // ---- Lines that are refused alone

    @Test
    void tenBrokenOrdersAmongAThousandAreRefusedAloneAndTheSameFileAgainChangesNothing() throws IOException {
        Map<Integer, String> expected = new LinkedHashMap<>();
        List<Order> orders = Orders.orders("OCXA", prefix(), 0, 1000);
        breakOne(orders, expected, 18, "TypeRacco", "SATELLITE", FIMP16);
        breakOne(orders, expected, 119, "TypeRacco", "", FIMP15);
        breakOne(orders, expected, 220, "PriseExistante", "X", FIMP16);
        breakOne(orders, expected, 322, "PriseExistante", "", FIMP15);
        breakOne(orders, expected, 423, "TypeCommandeDemande", "TROC", FIMP12);
        breakOne(orders, expected, 524, "TypeCommandeDemande", "", FIMP15);
        breakOne(orders, expected, 630, "IdRdv", "", FIMP15); // model OI, PTO to build
        breakOne(orders, expected, 725, "DateCommandePrise", "2026-13-45", FIMP16);
        breakOne(orders, expected, 827, "CodePostalImmeuble", "450000", FIMP16);
        breakOne(orders, expected, 928, "ReferencePrise", "PT-000", FIMP16); // PTO to build
        byte[] file = Orders.bytes(orders);

        ocxa.drop("mille.csv", file);
        List<Answer> answers = awaitAnswers(ocxa, orders);

        assertThat(answers).extracting(Answer::reference).containsExactlyElementsOf(references(orders));
        for (int i = 0; i < orders.size(); i++) {
            String motif = expected.getOrDefault(i, "");
            assertThat(answers.get(i).get("EtatArCommandePrise"))
                    .as(answers.get(i).toString())
                    .isEqualTo(motif.isEmpty() ? "OK" : "KO");
            assertThat(answers.get(i).get("MotifKoArCommandePrise"))
                    .as(answers.get(i).toString())
                    .isEqualTo(motif);
        }
        assertThat(dossier("OCXA", orders.get(18).reference()).get("etat").asText())
                .isEqualTo("REJETEE_AR");

        Set<String> before = ocxa.collect().keySet();
        ocxa.drop("mille encore.csv", file);
        Set<String> after = new HashSet<>(assertServes(ocxa, "OCXA"));
        after.addAll(before);
        assertThat(ocxa.collect().keySet()).as("nothing but the next file's AR").isEqualTo(after);
        for (int i : List.of(0, 18, 999)) {
            assertThat(dossiers("reference=" + orders.get(i).reference())).hasSize(1);
        }
    }

    @Test
    void aNulByteRefusesItsLineAlone() throws IOException {
        List<Order> orders = some(3);
        orders.get(1).with("CommuneImmeuble", "Orl\0ans");
        ocxa.drop("octet nul.csv", Orders.bytes(orders));
        List<Answer> answers = awaitAnswers(ocxa, orders);
        assertThat(answers).extracting(a -> a.get("EtatArCommandePrise")).containsExactly("OK", "KO", "OK");
        assertThat(answers.get(1).get("MotifKoArCommandePrise")).isEqualTo(FIMP16);
    }

    @Test
    void windows1252BelowAUtf8HeaderIsRead() throws IOException {
        List<Order> orders = some(2);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes((Orders.HEADER + "\n").getBytes(StandardCharsets.UTF_8));
        orders.forEach(order -> file.writeBytes((order.line() + "\r\n").getBytes(WINDOWS_1252)));
        ocxa.drop("deux encodages.csv", file.toByteArray());
        assertThat(awaitAnswers(ocxa, orders))
                .allMatch(answer -> answer.get("EtatArCommandePrise").equals("OK"));
        assertThat(firstMessage(orders.get(0)).at("/champs/CommuneImmeuble").asText())
                .isEqualTo("Orléans");
    }

    // ---- Names

    @ParameterizedTest
    @ValueSource(
            strings = {
                "avec des espaces.csv",
                "été à Orléans.csv",
                "🚒 urgent 🚒.csv",
                "remonte..csv..csv",
                "-rf.csv",
                "$(reboot);'\"`&|.csv",
                "C:\\temp\\autorun.csv",
                "sans extension",
                "%2e%2e%2fevade.csv",
            })
    void aNameIsDataWhateverItHolds(String name) throws IOException {
        List<Order> orders = some(1);
        ocxa.drop(name, Orders.bytes(orders));
        awaitAnswers(ocxa, orders);
        assertThat(firstMessage(orders.get(0)).get("fichier").asText()).isEqualTo(name);
    }

    @Test
    void noPathLeadsOutOfItsRoot() throws IOException {
        byte[] bytes = Orders.bytes(some(1));
        for (String path : List.of(
                "../evil.csv", "entrant/../../evil.csv", "/../../../../evil.csv", "/tmp/evil.csv", "evil.csv")) {
            assertThatThrownBy(() -> ocxa.write(path, new ByteArrayInputStream(bytes)))
                    .as(path)
                    .isInstanceOf(IOException.class);
            ocxa.disconnect();
        }
        ocxa.write("entrant/evil.tmp", new ByteArrayInputStream(bytes));
        for (String target : List.of("../evil.csv", "../../evil.csv", "entrant/../../evil.csv", "evil.csv")) {
            assertThatThrownBy(() -> ocxa.sftp().rename("entrant/evil.tmp", target))
                    .as(target)
                    .isInstanceOf(SftpException.class);
        }
        ocxa.sftp().remove("entrant/evil.tmp");
        assertThat(Path.of("/tmp/evil.csv")).doesNotExist();
        try (Stream<Path> files = Files.walk(hub.folder())) {
            assertThat(files).noneMatch(file -> file.getFileName().toString().contains("evil"));
        }
    }

    @Test
    void linksAreRefused() throws IOException {
        String secret = hub.folder().resolve("data").toString();
        for (String target : List.of("/etc/passwd", secret, "../../OCXB/sortant", "sortant")) {
            assertThatThrownBy(() -> ocxa.sftp().symLink("entrant/lien.csv", target))
                    .as(target)
                    .isInstanceOf(SftpException.class);
        }
        assertThat(ocxa.list("entrant")).isEmpty();
        assertServes(ocxa, "OCXA");
    }

    @Test
    void unfinishedNamesAreLeftAlone() throws IOException {
        List<String> names = List.of(".cache.csv", "a.csv.tmp", "b.csv.part", "c.csv.filepart");
        for (String name : names) {
            ocxa.write("entrant/" + name, new ByteArrayInputStream(Orders.bytes(some(1))));
        }
        assertServes(ocxa, "OCXA");
        assertThat(ocxa.list("entrant")).containsExactlyInAnyOrderElementsOf(names);
        for (String name : names) {
            ocxa.sftp().remove("entrant/" + name);
        }
    }

    // ---- Moments

    @Test
    void aFileThatGrowsIsTakenWholeAndOnce() throws IOException {
        List<Order> orders = some(400);
        byte[] bytes = Orders.bytes(orders);
        int chunk = bytes.length / 40;
        try (OutputStream out =
                ocxa.sftp().write("entrant/lente.csv", 1024, EnumSet.of(OpenMode.Write, OpenMode.Create))) {
            for (int from = 0; from < bytes.length; from += chunk) {
                out.write(bytes, from, Math.min(chunk, bytes.length - from));
                out.flush();
                pass(50);
            }
        }
        assertThat(awaitAnswers(ocxa, orders)).hasSameSizeAs(orders);
        assertServes(ocxa, "OCXA");
        assertThat(answersOf(ocxa, orders)).as("taken once").hasSameSizeAs(orders);
        assertThat(quarantine()).noneMatch(kept -> kept.get("fichier").asText().equals("lente.csv"));
    }

    @Test
    void aFileRenamedUntilItIsTakenIsTakenOnce() throws IOException {
        List<Order> orders = some(2000);
        ocxa.write("entrant/nom 0.csv", new ByteArrayInputStream(Orders.bytes(orders)));
        AtomicInteger renamed = new AtomicInteger();
        await().atMost(LIMIT).pollInterval(Duration.ofMillis(5)).until(() -> {
            int name = renamed.get();
            if (name > 200) {
                return true;
            }
            try {
                ocxa.sftp().rename("entrant/nom %d.csv".formatted(name), "entrant/nom %d.csv".formatted(name + 1));
                renamed.incrementAndGet();
                return false;
            } catch (SftpException taken) {
                return true;
            }
        });
        assertThat(awaitAnswers(ocxa, orders)).hasSameSizeAs(orders);
        assertServes(ocxa, "OCXA");
        assertThat(answersOf(ocxa, orders)).as("taken once").hasSameSizeAs(orders);
        assertThat(ocxa.list("entrant")).isEmpty();
    }

    // ---- Doors

    @Test
    void aWrongPasswordIsRefusedAndLocksNobodyOut() throws IOException {
        for (int attempt = 0; attempt < 2; attempt++) {
            try (OcClient wrong = new OcClient(hub.sftpPort(), "ocxa", "faux-" + attempt)) {
                assertThatThrownBy(wrong::sftp).isInstanceOf(IOException.class);
            }
        }
        try (OcClient right = new OcClient(hub.sftpPort(), "ocxa", "demo-ocxa")) {
            right.list("entrant");
        }
    }

    @Test
    @org.junit.jupiter.api.Order(Integer.MAX_VALUE) // last: it leaves a busy server behind
    void fiveHundredConnectionsAtOnceDoNoHarm() throws Exception {
        List<ClientSession> sessions = new ArrayList<>();
        SshClient ssh = OcClient.newSsh();
        ssh.start();
        try {
            List<ConnectFuture> asked = new ArrayList<>();
            for (int i = 0; i < FLOOD; i++) {
                asked.add(ssh.connect("ocxb", "127.0.0.1", hub.sftpPort()));
            }
            List<AuthFuture> logins = new ArrayList<>();
            for (ConnectFuture connection : asked) {
                if (connection.await(LIMIT) && connection.isConnected()) {
                    ClientSession session = connection.getSession();
                    session.addPasswordIdentity("demo-ocxb");
                    sessions.add(session);
                    try {
                        logins.add(session.auth());
                    } catch (IOException refused) {
                        // a bound on connections is the hub's right
                    }
                }
            }
            await().pollDelay(Duration.ofSeconds(10)).until(() -> true); // they hold on for a while
            assertThat(logins).as("logins that got through").anyMatch(AuthFuture::isSuccess);
            System.out.printf(
                    "flood: %d asked, %d connected, %d logged in%n",
                    FLOOD,
                    sessions.size(),
                    logins.stream().filter(AuthFuture::isSuccess).count());
        } finally {
            sessions.forEach(session -> session.close(true));
            ssh.stop();
        }
        ocxa.disconnect();
        ocxb.disconnect();
        assertServes(ocxa, "OCXA");
        assertServes(ocxb, "OCXB");
    }

    @Test
    void aPublicKeyOpensTheSftpDoorBesideThePassword() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair key = generator.generateKeyPair();
        try (OcClient unknown = new OcClient(hub.sftpPort(), "ocxa", null, key)) {
            assertThatThrownBy(unknown::sftp).isInstanceOf(IOException.class);
        }
        ObjectNode sheet = sheet("OCXA");
        assertThat(sheet.toString()).doesNotContain("demo-ocxa").doesNotContain("bcrypt");
        ObjectNode sftp = sheet.has("sftp") ? (ObjectNode) sheet.get("sftp") : sheet.putObject("sftp");
        sftp.putArray("clesPubliques").add(PublicKeyEntry.toString(key.getPublic()) + " oc-alpha");
        put(sheet);
        try (OcClient known = new OcClient(hub.sftpPort(), "ocxa", null, key)) {
            assertServes(known, "OCXA");
        }
        try (OcClient password = new OcClient(hub.sftpPort(), "ocxa", "demo-ocxa")) {
            password.list("entrant");
        }
        assertThat(hub.api("demo-ocxa").get("/api/v1/dossiers?max=1").status())
                .as("a sheet written back keeps the REST key")
                .isEqualTo(200);
    }

    // ---- Neighbours

    @Test
    void anOcSeesNothingOfAnotherBySftp() throws IOException {
        ocxa.write("entrant/secret.tmp", new ByteArrayInputStream(Orders.bytes(some(1))));
        Set<String> own = Set.of(".", "..", "entrant", "sortant");
        for (String folder : List.of("/", ".", "..", "../..", "entrant/..", "entrant/../..", "/../ocxa", "../OCXA")) {
            List<String> seen = new ArrayList<>();
            try {
                for (DirEntry entry : ocxb.entries(folder)) {
                    seen.add(entry.getFilename());
                }
            } catch (SftpException refused) {
                // as good as empty
            }
            assertThat(own).as(folder).containsAll(seen);
        }
        for (String there :
                List.of("../%s", "/../%s/entrant/secret.tmp", "../../sftp/%s", "entrant/../../%s/sortant")) {
            assertThat(refusal(there.formatted("OCXA"))).as(there).isEqualTo(refusal(there.formatted("RIEN")));
            assertThat(refusal(there.formatted("ocxa"))).as(there).isEqualTo(refusal(there.formatted("rien")));
        }
        assertThat(ocxb.list("entrant")).doesNotContain("secret.tmp");
        ocxa.sftp().remove("entrant/secret.tmp");
    }

    /** What OCXB is told of a path, without the path itself. */
    private String refusal(String path) throws IOException {
        try (SftpClient.CloseableHandle handle = ocxb.sftp().open(path)) {
            return "opened";
        } catch (SftpException e) {
            return e.getStatus() + " " + e.getMessage().replaceAll("(?i)ocxa|rien", "*");
        }
    }

    @Test
    void anOcSeesNothingOfAnotherByRest() throws IOException {
        List<Order> orders = some(1);
        ocxa.drop("à moi.csv", Orders.bytes(orders));
        awaitAnswers(ocxa, orders);
        ocxa.drop("à moi, illisible.csv", new byte[] {'x', '\n', 'y'});
        JsonNode kept = awaitQuarantine("à moi, illisible.csv");
        String dossier = dossier("OCXA", orders.get(0).reference()).get("id").asText();
        String message = firstMessage(orders.get(0)).get("id").asText();
        String nobody = UUID.randomUUID().toString();
        HubApi own = hub.api("demo-ocxa");
        HubApi other = hub.api("demo-ocxb");

        assertThat(own.get("/api/v1/dossiers/" + dossier).status()).isEqualTo(200);
        for (String path : List.of("/api/v1/dossiers/%s", "/api/v1/messages/%s/contenu")) {
            String id = path.contains("dossiers") ? dossier : message;
            assertThat(faceless(other.get(path.formatted(id)), id))
                    .as(path)
                    .isEqualTo(faceless(other.get(path.formatted(nobody)), nobody))
                    .startsWith("404");
        }
        for (String path : List.of(
                "/api/v1/dossiers?max=100&reference=" + orders.get(0).reference(),
                "/api/v1/dossiers?max=100&operateur=OCXA",
                "/api/v1/quarantaine?max=100&operateur=OCXA")) {
            Reply reply = other.get(path);
            assertThat(reply.body())
                    .as(path)
                    .doesNotContain("OCXA")
                    .doesNotContain(orders.get(0).reference());
        }
        assertThat(other.get("/api/v1/messages/%s/contenu"
                                .formatted(kept.get("messageId").asText()))
                        .status())
                .isEqualTo(404);
        JsonNode reason = HubApi.JSON.createObjectNode().put("motif", "essai");
        for (String gesture : List.of("/api/v1/quarantaine/%s/rejouer", "/api/v1/quarantaine/%s/ecarter")) {
            assertThat(other.post(gesture.formatted(kept.get("id").asText()), reason)
                            .status())
                    .as(gesture)
                    .isIn(403, 404);
        }
        assertThat(other.post("/api/v1/messages/%s/reemettre".formatted(message), reason)
                        .status())
                .isIn(403, 404);
        assertThat(other.get("/api/v1/operateurs/OCXA").status()).isIn(403, 404);
        assertThat(other.get("/api/v1/operateurs").body()).doesNotContain("OCXA");
        assertThat(other.get("/api/v1/si/demandes?max=1").status()).isIn(403, 404);
        assertThat(hub.api(null).get("/api/v1/dossiers/" + dossier).status()).isEqualTo(401);
        assertThat(hub.api("faux").get("/api/v1/dossiers/" + dossier).status()).isEqualTo(401);
    }

    private static String faceless(Reply reply, String id) {
        return reply.status() + " " + reply.body().replace(id, "*");
    }

    // ---- Replay

    @Test
    void aFileRefusedForItsColumnNameIsReplayedOnceTheContractKnowsTheName() throws IOException {
        Order order = Orders.order("OCXB", prefix(), 1);
        ocxb.drop(
                "alias.csv",
                Orders.csv(List.of(order)).replace("CommuneImmeuble", "Ville").getBytes(StandardCharsets.UTF_8));
        JsonNode kept = awaitQuarantine("alias.csv");
        assertThat(kept.get("motif").asText()).isEqualTo("ENTETE_INCONNUE");

        ObjectNode sheet = sheet("OCXB");
        sheet.withObject("/contrat/colonnes/Cmd_Acces/champs/CommuneImmeuble")
                .putArray("alias")
                .add("Ville");
        put(sheet);
        Reply replayed = oi.post(
                "/api/v1/quarantaine/%s/rejouer".formatted(kept.get("id").asText()),
                HubApi.JSON.createObjectNode().put("motif", "alias ajouté au contrat"));
        assertThat(replayed.status()).as(replayed.body()).isBetween(200, 204);

        assertThat(awaitAnswers(ocxb, List.of(order)).get(0).get("EtatArCommandePrise"))
                .isEqualTo("OK");
        assertThat(firstMessage(order).at("/champs/CommuneImmeuble").asText()).isEqualTo("Orléans");
        assertThat(quarantine()).noneMatch(still -> still.get("id").equals(kept.get("id")));
        assertServes(ocxb, "OCXB");
    }

    // ---- What the hub is asked

    /**
     * Drops a faultless file and waits for its AR: the hub is unharmed.
     *
     * @return the names of the files that the AR came in
     */
    private Set<String> assertServes(OcClient oc, String operateur) throws IOException {
        List<Order> orders = Orders.orders(operateur, prefix(), 1, 2);
        oc.drop("bonne " + orders.get(0).reference() + ".csv", Orders.bytes(orders));
        List<Answer> answers = awaitAnswers(oc, orders);
        assertThat(answers).allMatch(answer -> answer.get("EtatArCommandePrise").equals("OK"));
        return answers.stream().map(Answer::file).collect(Collectors.toSet());
    }

    private List<Answer> awaitAnswers(OcClient oc, List<Order> orders) {
        await("AR of " + orders.get(0).reference())
                .atMost(LIMIT)
                .failFast("the hub has died, see " + hub.log(), () -> !hub.isAlive())
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    oc.collect();
                    return answersOf(oc, orders).size() >= orders.size();
                });
        return answersOf(oc, orders);
    }

    private static List<Answer> answersOf(OcClient oc, List<Order> orders) {
        Set<String> references = new HashSet<>(references(orders));
        return Orders.answers(oc.collected(), "ARCMD").stream()
                .filter(answer -> references.contains(answer.reference()))
                .toList();
    }

    private JsonNode awaitQuarantine(String fichier) {
        return await("quarantine of " + fichier)
                .atMost(LIMIT)
                .failFast("the hub has died, see " + hub.log(), () -> !hub.isAlive())
                .pollInterval(Duration.ofMillis(100))
                .until(
                        () -> quarantine().stream()
                                .filter(kept -> kept.path("fichier").asText().equals(fichier))
                                .findFirst()
                                .orElse(null),
                        kept -> kept != null);
    }

    private List<JsonNode> quarantine() throws IOException {
        List<JsonNode> kept = new ArrayList<>();
        oi.get("/api/v1/quarantaine?max=100").json().get("quarantaine").forEach(kept::add);
        return kept;
    }

    private JsonNode dossiers(String query) throws IOException {
        return oi.get("/api/v1/dossiers?" + query).json().get("dossiers");
    }

    private JsonNode dossier(String operateur, String reference) throws IOException {
        JsonNode found = dossiers("operateur=%s&reference=%s".formatted(operateur, HubApi.query(reference)));
        assertThat(found).as(reference).hasSize(1);
        return found.get(0);
    }

    private JsonNode firstMessage(Order order) throws IOException {
        JsonNode found = dossiers("reference=" + HubApi.query(order.reference()));
        assertThat(found).as(order.reference()).hasSize(1);
        return oi.get("/api/v1/dossiers/" + found.get(0).get("id").asText())
                .json()
                .get("messages")
                .get(0);
    }

    private ObjectNode sheet(String code) throws IOException {
        Reply reply = oi.get("/api/v1/operateurs/" + code);
        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        return (ObjectNode) reply.json();
    }

    private void put(ObjectNode sheet) throws IOException {
        Reply reply = oi.put("/api/v1/operateurs/" + sheet.get("code").asText(), sheet);
        assertThat(reply.status()).as(reply.body()).isBetween(200, 204);
    }

    // ---- What is sent

    private static String prefix() {
        return "BI%04d".formatted(NUMBER.incrementAndGet());
    }

    private static List<Order> some(int count) {
        return Orders.orders("OCXA", prefix(), 0, count);
    }

    private static String line() {
        return some(1).get(0).line() + "\n";
    }

    private static List<String> references(List<Order> orders) {
        return orders.stream().map(Order::reference).toList();
    }

    private static void breakOne(
            List<Order> orders, Map<Integer, String> expected, int index, String field, String value, String motif) {
        orders.get(index).with(field, value);
        expected.put(index, motif);
    }

    private static void pass(int millis) {
        await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    private static String twoFlux() {
        return Orders.csv(some(2))
                + "ReferenceCommandePriseInterneOC;IdRdv;ReferencePrise;ReferencePrestationPrise;DateAnnulation;"
                + "ResponsabiliteAnnulationCommandePrise;Commentaire\n"
                + "CMD-1;;;;20260105 09:30;;\n";
    }

    /** One physical line loses its last column. */
    private static String cut(List<Order> orders, int line) {
        String[] lines = Orders.csv(orders).split("\n");
        lines[line - 1] = lines[line - 1].substring(0, lines[line - 1].lastIndexOf(';'));
        return String.join("\n", lines) + "\n";
    }

    private static String emptyReference() {
        List<Order> orders = some(4);
        orders.get(1).with("ReferenceCommandePriseInterneOC", "");
        return Orders.csv(orders);
    }

    private static String openQuote() {
        List<Order> orders = some(4);
        orders.get(1).with("CommuneImmeuble", "\"Orléans");
        return Orders.csv(orders);
    }

    private static String receipt() {
        return "ReferenceCommandePriseInterneOC;ReferencePrestationPrise;EtatArCommandePrise;DateArCommandePrise;"
                + "MotifKoArCommandePrise\nCMD-1;;OK;20260105 09:30;\n";
    }

    private static String version13() {
        return Arrays.stream(Orders.csv(some(2)).split("\n"))
                .map(line -> line
                        + (line.startsWith("Reference")
                                ? ";IdentifiantImmeuble;OffreAccesCommandee"
                                : ";IMB-1;ACCES_FTTH"))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static byte[] zip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("commandes.csv"));
            zip.write(content);
        }
        return bytes.toByteArray();
    }

    private static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        }
        return bytes.toByteArray();
    }

    /** A header, then one endless line: never held in memory. */
    private static final class OneLongLine extends InputStream {

        private final byte[] start;
        private final long size;
        private long at;

        private OneLongLine(String start, long more) {
            this.start = start.getBytes(StandardCharsets.UTF_8);
            this.size = this.start.length + more;
        }

        @Override
        public int read() {
            if (at >= size) {
                return -1;
            }
            return at < start.length ? start[(int) at++] : next();
        }

        private int next() {
            at++;
            return 'x';
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            if (at >= size) {
                return -1;
            }
            if (at < start.length) {
                target[offset] = (byte) read();
                return 1;
            }
            int count = (int) Math.min(length, size - at);
            Arrays.fill(target, offset, offset + count, (byte) 'x');
            at += count;
            return count;
        }
    }
}
