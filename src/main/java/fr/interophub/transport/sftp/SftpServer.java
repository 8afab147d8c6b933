package fr.interophub.transport.sftp;

import fr.interophub.transport.Attentes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.BaseBuilder;
import org.apache.sshd.common.NamedFactory;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.digest.BuiltinDigests;
import org.apache.sshd.common.file.FileSystemFactory;
import org.apache.sshd.common.global.KeepAliveHandler;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.mac.BuiltinMacs;
import org.apache.sshd.common.session.SessionContext;
import org.apache.sshd.common.util.threads.SshThreadPoolExecutor;
import org.apache.sshd.common.util.threads.ThreadUtils;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.ServerBuilder;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.auth.pubkey.UserAuthPublicKeyFactory;
import org.apache.sshd.server.channel.ChannelSession;
import org.apache.sshd.server.channel.ChannelSessionFactory;
import org.apache.sshd.server.command.Command;
import org.apache.sshd.server.forward.RejectAllForwardingFilter;
import org.apache.sshd.server.global.NoMoreSessionsHandler;
import org.apache.sshd.sftp.SftpModuleProperties;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.UnsupportedAttributePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The embedded SFTP server: each OC in its own {@code entrant/} and {@code sortant/}, and nothing else.
 *
 * <p>No shell, no command, no SCP, no forwarding, no link. Files dropped by an OC appear under
 * {@code {hub.data}/sftp/{code}/entrant}, named by {@link NomsDeFichiers#encode}; whoever takes them reads the OC's name with
 * {@link NomsDeFichiers#decode} and should leave alone a file for which {@link #receiving} is true. What is put into
 * {@link #sortant} under a final name can be taken by the OC at once.
 *
 * <p>Threads: a few for I/O, one for each open SFTP conversation (at most {@code sessions}), a few for passwords.
 */
public final class SftpServer {

    private static final Logger LOG = LoggerFactory.getLogger(SftpServer.class);

    private static final int CHANNELS = 10;
    private static final int HANDLES = 100;
    private static final int VERIFICATIONS = 4;
    private static final Duration STOP = Duration.ofSeconds(10);

    private final SftpSettings settings;
    private final SftpComptes comptes;
    private final Clock clock;
    private final Duration attente;
    private final Path base;
    private final Depots depots;
    private SshServer server;
    private ThreadPoolExecutor verification;
    private ScheduledExecutorService timer;
    private SshThreadPoolExecutor conversations;
    private Portier portier;
    private volatile int port = -1;
    private volatile String fingerprint;

    public SftpServer(SftpSettings settings, SftpComptes comptes, Clock clock) {
        this(settings, comptes, clock, Attentes.UNITE);
    }

    /** @param attente the wait after one wrong password */
    SftpServer(SftpSettings settings, SftpComptes comptes, Clock clock, Duration attente) {
        this.attente = attente;
        this.settings = settings;
        this.comptes = comptes;
        this.clock = clock;
        this.base = settings.data().toAbsolutePath().normalize().resolve("sftp");
        this.depots = new Depots(base.resolveSibling("depots-en-cours"), settings.tailleMax());
    }

    /**
     * Sets aside the files that were being written when the process was killed (Depot-Interrompu). To be done before
     * anything takes files from the folders.
     *
     * @throws UncheckedIOException if one cannot be set aside
     */
    public void recover() {
        try {
            depots.recover();
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /**
     * Makes the folders of an operator where they are missing; done at each login too. Needs no running server.
     *
     * @param operateur the operator's code, see {@link SftpCompte}
     * @return the operator's folder
     * @throws IllegalArgumentException if the code cannot name a folder
     * @throws UncheckedIOException if a folder cannot be made, or is a link or a file
     */
    public Path prepare(String operateur) {
        try {
            return OcFileSystem.prepare(base, operateur);
        } catch (IOException e) {
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    /** Where the OC drops and the hub takes; see {@link #prepare} for the errors. */
    public Path entrant(String operateur) {
        return prepare(operateur).resolve(OcFileSystem.ENTRANT);
    }

    /** Where the hub drops, under a {@code .tmp} name first, and the OC takes; see {@link #prepare} for the errors. */
    public Path sortant(String operateur) {
        return prepare(operateur).resolve(OcFileSystem.SORTANT);
    }

    /**
     * Tells whether an OC is writing this file at this moment: however long its size has been stable, it is not whole.
     *
     * @param fichier a file of an {@code entrant/} folder, as a path on our disk
     */
    public boolean receiving(Path fichier) {
        return depots.writing(fichier.toAbsolutePath().normalize());
    }

    /**
     * Opens the door.
     *
     * @throws UncheckedIOException if the host key cannot be read or made, or the address is taken
     */
    public synchronized void start() {
        if (server != null) {
            return;
        }
        try {
            Files.createDirectories(base);
            JdkEd25519.register();
            KeyPair hostKey = HostKey.at(base.resolve("host.key"));
            fingerprint = KeyUtils.getFingerPrint(BuiltinDigests.sha256, hostKey.getPublic());
            timer = Executors.newSingleThreadScheduledExecutor(daemons("sftp-attente"));
            verification = new ThreadPoolExecutor(
                    VERIFICATIONS,
                    VERIFICATIONS,
                    1,
                    TimeUnit.MINUTES,
                    new LinkedBlockingQueue<>(),
                    daemons("sftp-login"));
            verification.allowCoreThreadTimeOut(true);
            conversations = new SshThreadPoolExecutor(
                    0,
                    settings.sessions(),
                    1,
                    TimeUnit.MINUTES,
                    new SynchronousQueue<>(),
                    daemons("sftp"),
                    new ThreadPoolExecutor.AbortPolicy());
            server = build(hostKey);
            server.start();
            port = server.getPort();
        } catch (IOException e) {
            stop();
            throw new UncheckedIOException(
                    "Le serveur SFTP ne démarre pas sur %s:%d : %s"
                            .formatted(settings.adresse(), settings.port(), e.getMessage()),
                    e);
        }
        LOG.info("SFTP à l'écoute sur {}:{}, clé d'hôte {}", settings.adresse(), port, fingerprint);
    }

    private SshServer build(KeyPair hostKey) {
        SshServer ssh = ServerBuilder.builder()
                .macFactories(List.copyOf(NamedFactory.setUpBuiltinFactories(
                        false,
                        BaseBuilder.DEFAULT_MAC_PREFERENCE.stream()
                                .filter(mac -> mac != BuiltinMacs.hmacsha1 && mac != BuiltinMacs.hmacsha1etm)
                                .toList())))
                .channelFactories(List.of(ChannelSessionFactory.INSTANCE))
                .globalRequestHandlers(List.of(KeepAliveHandler.INSTANCE, NoMoreSessionsHandler.INSTANCE))
                .forwardingFilter(RejectAllForwardingFilter.INSTANCE)
                .fileSystemFactory(new Roots())
                .build();
        ssh.setHost(settings.adresse());
        ssh.setPort(settings.port());
        ssh.setKeyPairProvider(KeyPairProvider.wrap(hostKey));

        portier = new Portier(comptes, new Attentes(attente, clock), timer, verification, settings.sessions());
        ssh.setUserAuthFactories(List.of(UserAuthPublicKeyFactory.INSTANCE, UserAuthPasswordFactory.INSTANCE));
        ssh.setPasswordAuthenticator(portier);
        ssh.setPublickeyAuthenticator(portier);
        ssh.setKeyboardInteractiveAuthenticator(null);
        ssh.setHostBasedAuthenticator(null);
        ssh.addSessionListener(portier);

        ssh.setShellFactory(null);
        ssh.setCommandFactory(null);
        ssh.setAgentFactory(null);
        ssh.setSubsystemFactories(List.of(new Subsystems()));

        CoreModuleProperties.SERVER_IDENTIFICATION.set(ssh, "InteropHub");
        CoreModuleProperties.AUTH_TIMEOUT.set(ssh, settings.loginGrace());
        CoreModuleProperties.IDLE_TIMEOUT.set(ssh, settings.idle());
        CoreModuleProperties.NIO2_READ_TIMEOUT.set(ssh, settings.idle().plusSeconds(15));
        CoreModuleProperties.MAX_AUTH_REQUESTS.set(ssh, Portier.ESSAIS_MAX);
        CoreModuleProperties.MAX_CONCURRENT_CHANNELS.set(ssh, CHANNELS);
        CoreModuleProperties.SOCKET_BACKLOG.set(ssh, 2 * settings.sessions());
        CoreModuleProperties.TCP_NODELAY.set(ssh, true);
        SftpModuleProperties.SFTP_VERSION.set(ssh, 3);
        SftpModuleProperties.MAX_OPEN_HANDLES_PER_SESSION.set(ssh, HANDLES);
        SftpModuleProperties.OPENSSH_EXTENSIONS.set(ssh, OcSubsystem.EXTENSIONS);
        SftpModuleProperties.CLIENT_EXTENSIONS.set(ssh, "");
        SftpModuleProperties.ACL_SUPPORTED_MASK.set(ssh, "");
        SftpModuleProperties.NEWLINE_VALUE.set(ssh, "\n");
        return ssh;
    }

    /** Closes the door: what is being answered is finished, within 5 s; then connections are cut. */
    public synchronized void stop() {
        if (server != null) {
            try {
                server.close(false).await(STOP.toMillis() / 2);
                server.close(true).await(STOP.toMillis() / 2);
            } catch (IOException e) {
                LOG.warn("arrêt du serveur SFTP", e);
            }
            server = null;
            port = -1;
        }
        for (ExecutorService executor : Arrays.asList(timer, verification, conversations)) {
            if (executor != null) {
                executor.shutdown();
            }
        }
        try {
            if (conversations != null && !conversations.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
                LOG.warn("arrêt du serveur SFTP : des fichiers sont peut-être restés ouverts");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    public boolean running() {
        return server != null;
    }

    /** The port listened on, which is not the one asked for when that was 0; -1 when the door is closed. */
    public int port() {
        return port;
    }

    /** How many connections are logged in now. */
    public synchronized int sessions() {
        return server == null ? 0 : portier.sessions();
    }

    /** The host key's fingerprint, {@code SHA256:…}, as clients show it; {@code null} before the first start. */
    public String fingerprint() {
        return fingerprint;
    }

    private static ThreadFactory daemons(String nom) {
        var number = new AtomicInteger();
        return task -> {
            var thread = new Thread(task, nom + "-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** The root of whoever has logged in. */
    private final class Roots implements FileSystemFactory {

        private final OcFileSystemProvider provider = new OcFileSystemProvider(depots);

        @Override
        public Path getUserHomeDir(SessionContext session) {
            return null;
        }

        @Override
        public FileSystem createFileSystem(SessionContext session) throws IOException {
            String operateur = Portier.operateur(session).orElseThrow(() -> new IOException("nobody has logged in"));
            try {
                return new OcFileSystem(provider, OcFileSystem.prepare(base, operateur));
            } catch (IOException | IllegalArgumentException e) {
                LOG.error("pas de dossier SFTP pour {} : {}", operateur, e.getMessage());
                throw new IOException("no folder", e);
            }
        }
    }

    private final class Subsystems extends SftpSubsystemFactory {

        private final OcSubsystem.Accessor accessor = new OcSubsystem.Accessor();

        Subsystems() {
            setFileSystemAccessor(accessor);
            setErrorStatusDataHandler(new OcSubsystem.Statuses());
            setUnsupportedAttributePolicy(UnsupportedAttributePolicy.Ignore);
            setExecutorServiceProvider(() -> ThreadUtils.noClose(conversations));
        }

        @Override
        public Command createSubsystem(ChannelSession channel) {
            return new OcSubsystem(channel, this);
        }
    }
}
