package fr.interophub.transport.sftp;

import fr.interophub.transport.Attentes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;

/** A real server on a free port, a small directory of accounts, and a client. */
final class Banc implements AutoCloseable {

    final Path data;
    final Map<String, SftpCompte> annuaire = new ConcurrentHashMap<>();
    final SshClient client;
    final SftpServer server;

    Banc(Path data) {
        this(SftpSettings.of("127.0.0.1", 0, data));
    }

    Banc(SftpSettings settings) {
        this(settings, Attentes.UNITE, null);
    }

    /**
     * @param unite the wait after one wrong password
     * @param comptes another directory than the small one; {@code null}: the small one
     */
    Banc(SftpSettings settings, Duration unite, SftpComptes comptes) {
        this.data = settings.data();
        annuaire.put("ocxa", compte("OCXA", "demo-ocxa"));
        annuaire.put("ocxb", compte("OCXB", "demo-ocxb"));
        server = new SftpServer(
                settings,
                comptes != null ? comptes : login -> Optional.ofNullable(annuaire.get(login)),
                Clock.systemUTC(),
                unite);
        server.start();
        client = client();
    }

    static SftpCompte compte(String operateur, String motDePasse) {
        return new SftpCompte(operateur, motDePasse::equals, List.of());
    }

    static SshClient client() {
        var client = SshClient.setUpDefaultClient();
        client.setServerKeyVerifier((session, address, key) -> true);
        // The test machine's own keys and configuration are none of our business.
        client.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        client.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        client.start();
        return client;
    }

    ClientSession connect(String login) throws IOException {
        return client.connect(login, "127.0.0.1", server.port())
                .verify(Duration.ofSeconds(30))
                .getSession();
    }

    ClientSession login(String login, String motDePasse) throws IOException {
        var session = connect(login);
        session.addPasswordIdentity(motDePasse);
        return authenticated(session);
    }

    ClientSession login(String login, KeyPair cle) throws IOException {
        var session = connect(login);
        session.addPublicKeyIdentity(cle);
        return authenticated(session);
    }

    private static ClientSession authenticated(ClientSession session) throws IOException {
        try {
            session.auth().verify(Duration.ofSeconds(30));
            return session;
        } catch (IOException e) {
            session.close(true);
            throw e;
        }
    }

    /** Logs in and opens the file conversation; closing it closes the connection. */
    SftpClient sftp(String login) throws IOException {
        return SftpClientFactory.instance()
                .createSftpClient(login(login, "demo-" + login))
                .singleSessionInstance();
    }

    Path entrant() {
        return data.resolve("sftp/OCXA/entrant");
    }

    Path sortant() {
        return data.resolve("sftp/OCXA/sortant");
    }

    static void put(SftpClient sftp, String path, String content) throws IOException {
        try (var out = sftp.write(path)) {
            out.write(content.getBytes(StandardCharsets.UTF_8));
        }
    }

    static String get(SftpClient sftp, String path) throws IOException {
        try (var in = sftp.read(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static List<String> ls(SftpClient sftp, String dossier) throws IOException {
        var noms = new TreeSet<String>();
        try (var handle = sftp.openDir(dossier)) {
            for (var entries = sftp.readDir(handle); entries != null; entries = sftp.readDir(handle)) {
                entries.forEach(entry -> noms.add(entry.getFilename()));
            }
        }
        noms.removeAll(List.of(".", ".."));
        return List.copyOf(noms);
    }

    static List<String> onDisk(Path dossier) {
        try (var files = Files.list(dossier)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        client.stop();
        server.stop();
    }
}
