package fr.interophub.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import fr.interophub.transport.Attentes;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.util.net.SshdSocketAddress;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** Who comes in, how, and how many at once. */
class ConnexionsTest {

    @TempDir
    Path data;

    Banc banc;
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    final Logger logger = (Logger) LoggerFactory.getLogger(Portier.class);

    @BeforeEach
    void open() {
        JdkEd25519.register();
        banc = new Banc(data);
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void close() {
        logger.detachAppender(log);
        banc.close();
    }

    private List<String> warnings() {
        return List.copyOf(log.list).stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    private Duration refused(String login, String motDePasse) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> banc.login(login, motDePasse)).isInstanceOf(IOException.class);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void aWrongPasswordIsSlowLoggedAndForgiven() throws IOException {
        assertThat(refused("ocxa", "wrong-secret")).isGreaterThan(Attentes.UNITE);
        assertThat(refused("ocxa", "wrong-secret")).isGreaterThan(Attentes.UNITE.multipliedBy(2));
        banc.login("ocxa", "demo-ocxa").close();
        assertThat(warnings())
                .contains("connexion SFTP refusée : login=ocxa adresse=127.0.0.1 motif=mot de passe faux")
                .noneMatch(line -> line.contains("wrong-secret"));
    }

    @Test
    void anUnknownLoginTakesAsLongAsAWrongPassword() {
        Predicate<String> slow = motDePasse -> {
            await().pollDelay(Duration.ofMillis(800)).until(() -> true);
            return false;
        };
        banc.annuaire.put("lent", new SftpCompte("LENT", slow, List.of()));
        long unknown = refused("inconnu", "x").toMillis();
        long wrong = refused("lent", "x").toMillis();
        assertThat(Math.abs(unknown - wrong)).isLessThan(500);
        assertThat(warnings()).anyMatch(line -> line.contains("login=inconnu") && line.contains("motif=login inconnu"));
    }

    @Test
    void aLoginCannotWriteTheLog() {
        refused("a\nconnexion SFTP : login=ocxa\u2028", "x");
        assertThat(warnings())
                .singleElement()
                .satisfies(line ->
                        assertThat(line).doesNotContain("\n").startsWith("connexion SFTP refusée : login=a?connexion"));
    }

    @Test
    void sixTriesAConnection() throws IOException {
        banc.close();
        banc = new Banc(SftpSettings.of("127.0.0.1", 0, data), Duration.ofMillis(20), null);
        banc.annuaire.put("ocxa", Banc.compte("OCXA", "seventh"));
        try (var session = banc.connect("ocxa")) {
            for (int i = 1; i <= 6; i++) {
                session.addPasswordIdentity("try" + i);
            }
            session.addPasswordIdentity("seventh");
            assertThatThrownBy(() -> session.auth().verify(Duration.ofSeconds(60)))
                    .isInstanceOf(IOException.class);
        }
        assertThat(warnings()).hasSizeBetween(5, 6);
        banc.login("ocxa", "seventh").close();
    }

    @Test
    void anAccountIsLookedUpAtEachLogin() throws IOException {
        banc.annuaire.put("neuf", Banc.compte("NEUF", "one"));
        banc.login("neuf", "one").close();
        assertThat(data.resolve("sftp/NEUF")).doesNotExist();
        banc.annuaire.put("neuf", Banc.compte("NEUF", "demo-neuf"));
        try (var sftp = banc.sftp("neuf")) {
            assertThat(Banc.ls(sftp, ".")).containsExactly("entrant", "sortant");
        }
        banc.annuaire.remove("neuf");
        refused("neuf", "demo-neuf");
    }

    @Test
    void aBrokenDirectoryRefusesAndSaysSo() {
        banc.close();
        banc = new Banc(SftpSettings.of("127.0.0.1", 0, data), Attentes.UNITE, login -> {
            throw new IllegalStateException("database down");
        });
        refused("ocxa", "demo-ocxa");
        assertThat(log.list).anyMatch(event -> event.getLevel() == Level.ERROR);
    }

    private static KeyPair key(String algorithm, int size) throws Exception {
        var generator = KeyPairGenerator.getInstance(algorithm);
        if (size > 0) {
            generator.initialize(size);
        }
        return generator.generateKeyPair();
    }

    @ParameterizedTest
    @CsvSource({"Ed25519, 0", "RSA, 2048", "EC, 256", "EC, 384"})
    void aKeyLetsInAndTheKeyOfAnotherDoesNot(String algorithm, int size) throws Exception {
        KeyPair ours = key(algorithm, size);
        KeyPair theirs = key(algorithm, size);
        banc.annuaire.put(
                "cle", new SftpCompte("CLE", null, List.of("# comment", PublicKeyEntry.toString(ours.getPublic()))));
        try (var session = banc.login("cle", ours)) {
            assertThat(session.isAuthenticated()).isTrue();
        }
        assertThatThrownBy(() -> banc.login("cle", theirs)).isInstanceOf(IOException.class);
        await().until(() ->
                warnings().stream().anyMatch(line -> line.contains("login=cle") && line.contains("clé inconnue")));
        assertThatThrownBy(() -> banc.login("ocxa", ours)).isInstanceOf(IOException.class);
        refused("cle", "guess");
    }

    @Test
    void aKeyWithoutItsPrivateHalfProvesNothing() throws Exception {
        KeyPair ours = key("RSA", 2048);
        KeyPair theirs = key("RSA", 2048);
        banc.annuaire.put("cle", new SftpCompte("CLE", null, List.of(PublicKeyEntry.toString(ours.getPublic()))));
        var stolen = new KeyPair(ours.getPublic(), theirs.getPrivate());
        assertThatThrownBy(() -> banc.login("cle", stolen)).isInstanceOf(IOException.class);
    }

    @Test
    void keyAndPasswordEitherOneLetsIn() throws Exception {
        KeyPair ours = key("Ed25519", 0);
        banc.annuaire.put(
                "deux",
                new SftpCompte(
                        "DEUX", "secret"::equals, List.of("not a key", PublicKeyEntry.toString(ours.getPublic()))));
        banc.login("deux", ours).close();
        banc.login("deux", "secret").close();
        try (var session = banc.connect("deux")) {
            session.addPublicKeyIdentity(key("Ed25519", 0));
            session.addPasswordIdentity("secret");
            session.auth().verify(Duration.ofSeconds(30));
        }
        refused("deux", "wrong");
    }

    @Test
    void aKeyLineWithOptionsIsLeftOut() throws Exception {
        KeyPair ours = key("Ed25519", 0);
        banc.annuaire.put(
                "from",
                new SftpCompte(
                        "FROM", null, List.of("from=\"192.0.2.1\" " + PublicKeyEntry.toString(ours.getPublic()))));
        assertThatThrownBy(() -> banc.login("from", ours)).isInstanceOf(IOException.class);
        assertThat(warnings()).anyMatch(line -> line.contains("options"));
    }

    @Test
    void anOperatorThatCannotNameAFolderGetsNone() throws IOException {
        banc.annuaire.put("mal", Banc.compte("../OCXB", "demo-mal"));
        assertThatThrownBy(() -> banc.sftp("mal")).isInstanceOf(IOException.class);
        assertThat(Files.exists(data.resolve("OCXB"))).isFalse();
    }

    @Test
    void noForwarding() throws Exception {
        try (var session = banc.login("ocxa", "demo-ocxa")) {
            assertThatThrownBy(() -> session.startRemotePortForwarding(
                            new SshdSocketAddress("127.0.0.1", 0), new SshdSocketAddress("127.0.0.1", 9)))
                    .isInstanceOf(IOException.class);
            assertThatThrownBy(() -> session.createDirectTcpipChannel(
                                    null, new SshdSocketAddress("127.0.0.1", banc.server.port()))
                            .open()
                            .verify(Duration.ofSeconds(10)))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theHostKeyIsMadeOnceAndKept() throws Exception {
        Path file = data.resolve("sftp/host.key");
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        String fingerprint = banc.server.fingerprint();
        assertThat(fingerprint).startsWith("SHA256:");
        try (var session = banc.connect("ocxa")) {
            await().until(() -> session.getServerKey() != null);
            assertThat(KeyUtils.getFingerPrint(BuiltinDigests.sha256, session.getServerKey()))
                    .isEqualTo(fingerprint);
        }
        banc.server.stop();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        banc.server.start();
        assertThat(banc.server.fingerprint()).isEqualTo(fingerprint);
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        banc.server.stop();
        Files.writeString(file, "not a key");
        assertThatThrownBy(banc.server::start).hasMessageContaining("Clé d'hôte SFTP illisible");
        assertThat(banc.server.running()).isFalse();
        assertThat(file).hasContent("not a key");
    }

    @Test
    void anAddressTakenIsSaid() {
        var second = new SftpServer(
                SftpSettings.of("127.0.0.1", banc.server.port(), data), login -> Optional.empty(), Clock.systemUTC());
        assertThatThrownBy(second::start).hasMessageContaining("ne démarre pas sur 127.0.0.1:" + banc.server.port());
    }

    @Test
    void aSilentConnectionIsCut() throws Exception {
        restart(600, Duration.ofSeconds(1), Duration.ofSeconds(2));
        try (var socket = new Socket("127.0.0.1", banc.server.port())) {
            socket.setSoTimeout(20_000);
            assertThat(socket.getInputStream().readAllBytes()).isNotEmpty();
        }
        try (var session = banc.login("ocxa", "demo-ocxa")) {
            await().atMost(Duration.ofSeconds(20)).until(session::isClosed);
        }
    }

    private void restart(int sessions, Duration grace, Duration idle) {
        banc.close();
        banc = new Banc(new SftpSettings("127.0.0.1", 0, data, sessions, SftpSettings.TAILLE_MAX, grace, idle));
    }

    @Test
    void oneSessionTooManyIsSentAwayAndTheOthersStay() throws Exception {
        restart(2, SftpSettings.LOGIN_GRACE, SftpSettings.IDLE);
        try (var first = banc.sftp("ocxa");
                var second = banc.sftp("ocxb")) {
            assertThatThrownBy(() -> banc.sftp("ocxa")).isInstanceOf(IOException.class);
            assertThat(Banc.ls(first, ".")).hasSize(2);
            assertThat(Banc.ls(second, ".")).hasSize(2);
        }
        await().until(() -> banc.server.sessions() == 0);
        banc.sftp("ocxa").close();
    }

    @Test
    void silentConnectionsPushOutEachOther() throws Exception {
        restart(5, SftpSettings.LOGIN_GRACE, SftpSettings.IDLE);
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 20; i++) {
            sockets.add(new Socket("127.0.0.1", banc.server.port()));
        }
        banc.sftp("ocxa").close();
        for (var socket : sockets) {
            socket.close();
        }
    }

    @Test
    void fiveHundredSilentConnectionsAndALogin() throws Exception {
        var sockets = new ArrayList<Socket>();
        for (int i = 0; i < 500; i++) {
            var socket = new Socket();
            socket.connect(new InetSocketAddress("127.0.0.1", banc.server.port()), 10_000);
            sockets.add(socket);
        }
        int threads = serverThreads();
        try (var sftp = banc.sftp("ocxa")) {
            Banc.put(sftp, "entrant/a.csv", "a");
        }
        assertThat(threads).isLessThan(20);
        for (var socket : sockets) {
            socket.close();
        }
    }

    private static int serverThreads() {
        return (int) Thread.getAllStackTraces().keySet().stream()
                .filter(thread ->
                        thread.getName().startsWith("sftp") || thread.getName().contains("SshServer"))
                .count();
    }

    @Test
    void fiveHundredLoginsAtOnceAreServed() throws Exception {
        var served = new AtomicInteger();
        var pool = Executors.newFixedThreadPool(100);
        var open = new ArrayList<SftpClient>();
        long start = System.nanoTime();
        try {
            // All five hundred connections first, then all the logins: none waits for another to leave.
            var sessions = new ArrayList<Future<ClientSession>>();
            for (int i = 0; i < 500; i++) {
                sessions.add(pool.submit(() -> banc.connect("ocxa")));
            }
            var uploads = new ArrayList<Callable<SftpClient>>();
            for (int i = 0; i < 500; i++) {
                var session = sessions.get(i).get();
                int number = i;
                uploads.add(() -> {
                    session.addPasswordIdentity("demo-ocxa");
                    session.auth().verify(Duration.ofSeconds(60));
                    var sftp = SftpClientFactory.instance()
                            .createSftpClient(session)
                            .singleSessionInstance();
                    Banc.put(sftp, "entrant/f" + number + ".csv", "content " + number);
                    served.incrementAndGet();
                    return sftp;
                });
            }
            for (var upload : pool.invokeAll(uploads)) {
                open.add(upload.get());
            }
            logger.info(
                    "500 logins and uploads in {} ms, {} server threads",
                    Duration.ofNanos(System.nanoTime() - start).toMillis(),
                    serverThreads());
            assertThat(served).hasValue(500);
            assertThat(banc.server.sessions()).isEqualTo(500);
            assertThat(serverThreads()).isLessThan(500 + 20);
            try (var sftp = banc.sftp("ocxb")) {
                assertThat(Banc.ls(sftp, ".")).hasSize(2);
            }
        } finally {
            pool.shutdownNow();
            for (var sftp : open) {
                sftp.close();
            }
        }
        assertThat(Banc.onDisk(banc.entrant())).hasSize(500);
    }
}
