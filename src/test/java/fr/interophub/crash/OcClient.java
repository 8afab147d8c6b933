package fr.interophub.crash;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.KeyPair;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClient.DirEntry;
import org.apache.sshd.sftp.client.SftpClient.OpenMode;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpException;

/**
 * An OC at the SFTP door: it drops under a {@code .tmp} name then renames, and takes and deletes what the hub has left
 * for it. It keeps its connection, and makes a new one once the old one has failed. For one thread at a time.
 */
public final class OcClient implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Set<OpenMode> NEW_FILE = EnumSet.of(OpenMode.Write, OpenMode.Create, OpenMode.Truncate);

    private final SshClient ssh = newSsh();
    private final int port;
    private final String user;
    private final String password;
    private final KeyPair key;
    private final Set<String> hostKeys = ConcurrentHashMap.newKeySet();
    private final SortedMap<String, byte[]> collected = new TreeMap<>();
    private ClientSession session;
    private SftpClient sftp;

    public OcClient(int port, String user, String password) {
        this(port, user, password, null);
    }

    /**
     * @param password null to present the key alone
     * @param key null to present the password alone
     */
    public OcClient(int port, String user, String password, KeyPair key) {
        this.port = port;
        this.user = user;
        this.password = password;
        this.key = key;
        ssh.setServerKeyVerifier((session, address, hostKey) -> hostKeys.add(KeyUtils.getFingerPrint(hostKey)) || true);
        ssh.start();
    }

    /** A client that looks neither at the keys nor at the habits of whoever runs the tests. */
    static SshClient newSsh() {
        SshClient ssh = SshClient.setUpDefaultClient();
        ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        ssh.setServerKeyVerifier((session, address, hostKey) -> true);
        return ssh;
    }

    /** The connection itself, for what an honest OC would not do. */
    public SftpClient sftp() throws IOException {
        if (sftp == null || !sftp.isOpen()) {
            disconnect();
            session = ssh.connect(user, "127.0.0.1", port).verify(LIMIT).getSession();
            if (password != null) {
                session.addPasswordIdentity(password);
            }
            if (key != null) {
                session.addPublicKeyIdentity(key);
            }
            session.auth().verify(LIMIT);
            sftp = SftpClientFactory.instance().createSftpClient(session);
        }
        return sftp;
    }

    /** Drops a file; to be done again, whole, if it throws. */
    public void drop(String name, byte[] content) throws IOException {
        drop(name, new ByteArrayInputStream(content));
    }

    public void drop(String name, InputStream content) throws IOException {
        String part = "entrant/" + name + ".tmp";
        write(part, content);
        try {
            sftp().rename(part, "entrant/" + name);
        } catch (SftpException e) {
            if (!list("entrant").contains(name)) {
                throw e;
            }
            // An earlier attempt had got through, and the hub has not taken it yet.
            sftp().remove(part);
        }
    }

    /** Writes a file in place, without the courtesy of a temporary name. */
    public void write(String path, InputStream content) throws IOException {
        try (OutputStream out = sftp().write(path, 32 * 1024, NEW_FILE)) {
            content.transferTo(out);
        }
    }

    /** What stands in a folder, folders too. */
    public Iterable<DirEntry> entries(String folder) throws IOException {
        try {
            return sftp().readEntries(folder);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** The names in a folder, without those of folders. */
    public List<String> list(String folder) throws IOException {
        List<String> names = new ArrayList<>();
        for (DirEntry entry : entries(folder)) {
            if (!entry.getAttributes().isDirectory()) {
                names.add(entry.getFilename());
            }
        }
        return names;
    }

    /**
     * Takes and deletes what stands in {@code sortant/}. The same name again must hold the same bytes.
     *
     * @return everything taken since the beginning, by name
     */
    public synchronized SortedMap<String, byte[]> collect() throws IOException {
        for (String name : list("sortant")) {
            if (name.endsWith(".tmp")) {
                continue;
            }
            byte[] bytes;
            try (InputStream in = sftp().read("sortant/" + name)) {
                bytes = in.readAllBytes();
            }
            byte[] before = collected.putIfAbsent(name, bytes);
            if (before != null && !Arrays.equals(before, bytes)) {
                throw new AssertionError("%s came twice with different bytes:%n%s%n--%n%s"
                        .formatted(name, new String(before), new String(bytes)));
            }
            removeIfThere("sortant/" + name);
        }
        return collected();
    }

    /** A copy of what has been taken so far. */
    public synchronized SortedMap<String, byte[]> collected() {
        return new TreeMap<>(collected);
    }

    private void removeIfThere(String path) throws IOException {
        try {
            sftp().remove(path);
        } catch (SftpException e) {
            if (e.getStatus() != SftpConstants.SSH_FX_NO_SUCH_FILE) {
                throw e;
            }
        }
    }

    /** Fingerprints of every host key it has been shown; an honest server has one. */
    public Set<String> hostKeys() {
        return Set.copyOf(hostKeys);
    }

    public void disconnect() {
        if (session != null) {
            session.close(true);
            session = null;
            sftp = null;
        }
    }

    @Override
    public void close() {
        disconnect();
        ssh.stop();
    }
}
