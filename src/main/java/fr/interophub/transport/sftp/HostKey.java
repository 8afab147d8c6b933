package fr.interophub.transport.sftp;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Set;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.writer.openssh.OpenSSHKeyPairResourceWriter;
import org.apache.sshd.common.util.security.SecurityUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The server's own key: made once, kept, readable by the hub alone.
 *
 * <p>ECDSA P-256: the one kind that old and new clients share. A key file that cannot be read stops the start: making a new
 * one in silence would tell every OC that someone stands between.
 */
final class HostKey {

    private static final Logger LOG = LoggerFactory.getLogger(HostKey.class);

    private HostKey() {}

    /**
     * Reads the key, or makes it the first time.
     *
     * @throws IOException if it cannot be read or written; the message says what to do
     */
    static KeyPair at(Path file) throws IOException {
        try {
            if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                return make(file);
            }
            if (posix(file)
                    && !Files.getPosixFilePermissions(file).equals(PosixFilePermissions.fromString("rw-------"))) {
                LOG.warn("clé d'hôte SFTP lisible par d'autres, droits ramenés à 600 : {}", file);
                Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
            }
            return read(file);
        } catch (GeneralSecurityException e) {
            throw unreadable(file, e);
        }
    }

    private static KeyPair read(Path file) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(file)) {
            var keys = SecurityUtils.loadKeyPairIdentities(null, NamedResource.ofName(file.toString()), in, null);
            if (keys != null && keys.iterator().hasNext()) {
                return keys.iterator().next();
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable(file, e);
        }
        throw unreadable(file, null);
    }

    private static IOException unreadable(Path file, Exception cause) {
        return new IOException(
                "Clé d'hôte SFTP illisible : %s. Remettre la clé d'origine ; l'effacer en fait une neuve, que chaque OC devra accepter."
                        .formatted(file),
                cause);
    }

    /** Written aside, flushed, then named: a start cut short leaves no half key. */
    private static KeyPair make(Path file) throws IOException, GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair key = generator.generateKeyPair();
        Path aside = file.resolveSibling(file.getFileName() + ".tmp");
        Files.deleteIfExists(aside);
        FileAttribute<?>[] ours = posix(file.getParent())
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
        try (var channel =
                        FileChannel.open(aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ours);
                OutputStream out = Channels.newOutputStream(channel)) {
            OpenSSHKeyPairResourceWriter.INSTANCE.writePrivateKey(key, "interop-hub", null, out);
            out.flush();
            channel.force(true);
        }
        Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE);
        LOG.info("clé d'hôte SFTP créée : {}", file);
        return key;
    }

    private static boolean posix(Path path) throws IOException {
        return Files.getFileStore(path).supportsFileAttributeView("posix");
    }
}
