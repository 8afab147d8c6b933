package fr.interophub.bacasable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.config.hosts.HostConfigEntryResolver;
import org.apache.sshd.client.session.ClientSession;
import org.apache.sshd.common.keyprovider.KeyIdentityProvider;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.SftpClientFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By SFTP: drops files in {@code entrant/}, finds those of {@code sortant/}. */
final class CasierSftp implements Casier {

    private static final Logger LOG = LoggerFactory.getLogger(CasierSftp.class);
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String ENTRANT = "entrant/";
    private static final String SORTANT = "sortant/";

    private final Portes portes;
    private final Portes.Compte compte;
    private final SshClient ssh;
    private ClientSession session;
    private SftpClient sftp;

    CasierSftp(Portes portes, Portes.Compte compte) {
        this.portes = portes;
        this.compte = compte;
        ssh = SshClient.setUpDefaultClient();
        // The hub is ours and makes its host key at its first start: there is nothing to compare it with.
        ssh.setServerKeyVerifier((session, address, key) -> true);
        // Nothing of the machine's own user: no configuration, no key.
        ssh.setHostConfigEntryResolver(HostConfigEntryResolver.EMPTY);
        ssh.setKeyIdentityProvider(KeyIdentityProvider.EMPTY_KEYS_PROVIDER);
        ssh.start();
    }

    @Override
    public void drop(String nom, byte[] octets) throws IOException {
        SftpClient door = open();
        try (SftpClient.CloseableHandle handle = door.open(
                ENTRANT + nom + ".tmp",
                SftpClient.OpenMode.Write,
                SftpClient.OpenMode.Create,
                SftpClient.OpenMode.Truncate)) {
            door.write(handle, 0, octets);
        }
        door.rename(ENTRANT + nom + ".tmp", ENTRANT + nom);
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (SftpClient.DirEntry entry : open().readDir(SORTANT)) {
            if (entry.getAttributes().isRegularFile() && entry.getFilename().endsWith(".csv")) {
                names.add(entry.getFilename());
            }
        }
        names.sort(null);
        return names;
    }

    @Override
    public byte[] read(String nom) throws IOException {
        try (InputStream in = open().read(SORTANT + nom)) {
            return in.readAllBytes();
        }
    }

    @Override
    public void remove(String nom) throws IOException {
        open().remove(SORTANT + nom);
    }

    private SftpClient open() throws IOException {
        if (sftp != null && sftp.isOpen()) {
            return sftp;
        }
        hangUp();
        session = ssh.connect(compte.utilisateur(), portes.sftpHote(), portes.sftpPort())
                .verify(PATIENCE)
                .getSession();
        session.addPasswordIdentity(compte.motDePasse());
        session.auth().verify(PATIENCE);
        // Names may hold any character: they travel in UTF-8 whatever the machine's own charset.
        sftp = SftpClientFactory.instance().createSftpClient(session);
        sftp.setNameDecodingCharset(StandardCharsets.UTF_8);
        return sftp;
    }

    @Override
    public void hangUp() {
        try {
            if (sftp != null) {
                sftp.close();
            }
            if (session != null) {
                session.close();
            }
        } catch (IOException e) {
            LOG.debug("connexion SFTP mal fermée", e);
        }
        sftp = null;
        session = null;
    }

    @Override
    public void close() {
        hangUp();
        ssh.stop();
    }
}
