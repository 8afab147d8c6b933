package fr.interophub.transport.sftp;

import fr.interophub.transport.Attentes;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.sshd.common.AttributeRepository.AttributeKey;
import org.apache.sshd.common.AttributeStore;
import org.apache.sshd.common.SshConstants;
import org.apache.sshd.common.config.keys.AuthorizedKeyEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;
import org.apache.sshd.common.session.Session;
import org.apache.sshd.common.session.SessionListener;
import org.apache.sshd.server.auth.AsyncAuthException;
import org.apache.sshd.server.auth.password.PasswordAuthenticator;
import org.apache.sshd.server.auth.pubkey.PublickeyAuthenticator;
import org.apache.sshd.server.session.ServerSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who comes in, and how many at once.
 *
 * <p>An unknown login, a login without password and a wrong password get the same answer after the same time: the account is
 * looked for and the password checked on the same threads, and the refusal leaves at a time fixed at the arrival (see
 * {@link Attentes}). A key is checked on the I/O thread, because SSHD takes an answer given later for a proof without
 * verifying the signature; it costs a directory look-up and a comparison.
 *
 * <p>Connections: at most {@code sessions} are logged in, and at most as many, counted apart, wait to log in; when there is
 * one more of these, the oldest goes. So whoever opens connections and stays silent pushes out himself.
 */
final class Portier implements PasswordAuthenticator, PublickeyAuthenticator, SessionListener {

    private static final Logger LOG = LoggerFactory.getLogger(Portier.class);
    private static final AttributeKey<String> OPERATEUR = new AttributeKey<>();
    private static final AttributeKey<AtomicInteger> ESSAIS = new AttributeKey<>();
    private static final AttributeKey<String> CLE_REFUSEE = new AttributeKey<>();
    private static final AttributeKey<Boolean> COMPTEE = new AttributeKey<>();

    /** Passwords tried on one connection before it is closed. */
    static final int ESSAIS_MAX = 6;

    private final SftpComptes comptes;
    private final Attentes attentes;
    private final ScheduledExecutorService timer;
    private final Executor verification;
    private final int sessions;
    private final Set<Session> anonymes = new LinkedHashSet<>();
    private final AtomicInteger connues = new AtomicInteger();

    /**
     * @param timer ends the waits; does no work of its own
     * @param verification looks accounts up and checks passwords
     * @param sessions the bound of each of the two counts
     */
    Portier(
            SftpComptes comptes,
            Attentes attentes,
            ScheduledExecutorService timer,
            Executor verification,
            int sessions) {
        this.comptes = comptes;
        this.attentes = attentes;
        this.timer = timer;
        this.verification = verification;
        this.sessions = sessions;
    }

    /** The operator a logged-in session belongs to: what authentication said, never what the client says later. */
    static Optional<String> operateur(AttributeStore session) {
        return Optional.ofNullable(session.getAttribute(OPERATEUR));
    }

    @Override
    public boolean authenticate(String login, String motDePasse, ServerSession session) {
        int essai = session.computeAttributeIfAbsent(ESSAIS, k -> new AtomicInteger())
                .incrementAndGet();
        InetAddress adresse = address(session);
        var key = Attentes.Key.of(login, adresse);
        long arrival = System.nanoTime();
        var answer = new AsyncAuthException();
        if (essai > ESSAIS_MAX) {
            disconnect(session, "Trop d'essais");
            return false;
        }
        var turn = attentes.arrive(key);
        if (!turn.looked()) {
            refused(login, adresse, "trop d'essais en attente");
            later(turn.refus(), () -> answer.setAuthed(false));
            throw answer;
        }
        later(
                turn.attente(),
                () -> verification.execute(() -> {
                    Optional<SftpCompte> compte = find(login);
                    if (compte.isPresent() && right(compte.get(), motDePasse)) {
                        attentes.right(key);
                        session.setAttribute(OPERATEUR, compte.get().operateur());
                        answer.setAuthed(true);
                        return;
                    }
                    refused(login, adresse, compte.isEmpty() ? "login inconnu" : "mot de passe faux");
                    attentes.wrong(key);
                    Duration elapsed = Duration.ofNanos(System.nanoTime() - arrival);
                    later(turn.refus().minus(elapsed), () -> answer.setAuthed(false));
                }));
        throw answer;
    }

    private void later(Duration attente, Runnable act) {
        try {
            timer.schedule(act, Math.max(0, attente.toNanos()), TimeUnit.NANOSECONDS);
        } catch (RejectedExecutionException stopping) {
            LOG.debug("réponse abandonnée, le serveur s'arrête");
        }
    }

    private Optional<SftpCompte> find(String login) {
        try {
            return comptes.find(login);
        } catch (RuntimeException e) {
            LOG.error("annuaire illisible, connexion SFTP refusée : login={}", NomsDeFichiers.printable(login), e);
            return Optional.empty();
        }
    }

    private static boolean right(SftpCompte compte, String motDePasse) {
        try {
            return compte.motDePasse().test(motDePasse);
        } catch (RuntimeException e) {
            LOG.error("mot de passe invérifiable : operateur={}", compte.operateur(), e);
            return false;
        }
    }

    @Override
    public boolean authenticate(String login, PublicKey cle, ServerSession session) {
        Optional<SftpCompte> compte = find(login);
        for (String line : compte.map(SftpCompte::clesPubliques).orElse(List.of())) {
            if (matches(line, cle, login)) {
                session.setAttribute(OPERATEUR, compte.orElseThrow().operateur());
                return !full(login, session);
            }
        }
        session.setAttribute(CLE_REFUSEE, login);
        return false;
    }

    private static boolean matches(String line, PublicKey cle, String login) {
        try {
            var entry = AuthorizedKeyEntry.parseAuthorizedKeyEntry(line);
            if (entry == null) {
                return false;
            }
            if (!entry.getLoginOptions().isEmpty()) {
                LOG.warn(
                        "clé publique ignorée, ses options ne sont pas appliquées : login={}",
                        NomsDeFichiers.printable(login));
                return false;
            }
            return KeyUtils.compareKeys(entry.resolvePublicKey(null, PublicKeyEntryResolver.IGNORING), cle);
        } catch (IOException | GeneralSecurityException | RuntimeException e) {
            LOG.warn("clé publique illisible, ignorée : login={} ({})", NomsDeFichiers.printable(login), e.toString());
            return false;
        }
    }

    private static void refused(String login, InetAddress adresse, String motif) {
        LOG.warn(
                "connexion SFTP refusée : login={} adresse={} motif={}",
                NomsDeFichiers.printable(login),
                adresse.getHostAddress(),
                motif);
    }

    private static InetAddress address(Session session) {
        SocketAddress remote = session.getRemoteAddress();
        return remote instanceof InetSocketAddress inet ? inet.getAddress() : InetAddress.getLoopbackAddress();
    }

    /** Tells whether no one more may log in; then says so to the client and cuts it off. */
    private boolean full(String login, Session session) {
        if (connues.get() < sessions) {
            return false;
        }
        LOG.warn("plus de {} sessions SFTP à la fois : refus de login={}", sessions, NomsDeFichiers.printable(login));
        disconnect(session, "Trop de sessions, réessayez plus tard");
        return true;
    }

    /** How many sessions are logged in. */
    int sessions() {
        return connues.get();
    }

    @Override
    public void sessionCreated(Session session) {
        Session eldest = null;
        synchronized (anonymes) {
            anonymes.add(session);
            if (anonymes.size() > sessions) {
                eldest = anonymes.iterator().next();
                anonymes.remove(eldest);
            }
        }
        if (eldest != null) {
            LOG.warn(
                    "plus de {} connexions SFTP sans login : la plus ancienne est fermée, adresse={}",
                    sessions,
                    address(eldest).getHostAddress());
            eldest.close(true);
        }
    }

    @Override
    public void sessionEvent(Session session, Event event) {
        if (event != Event.Authenticated) {
            return;
        }
        forget(session);
        session.setAttribute(COMPTEE, true);
        connues.incrementAndGet();
        String login = NomsDeFichiers.printable(session.getUsername());
        LOG.info("connexion SFTP : login={} adresse={}", login, address(session).getHostAddress());
    }

    @Override
    public void sessionClosed(Session session) {
        forget(session);
        if (Boolean.TRUE.equals(session.removeAttribute(COMPTEE))) {
            connues.decrementAndGet();
        } else if (session.getAttribute(CLE_REFUSEE) != null && session.getAttribute(ESSAIS) == null) {
            refused(session.getAttribute(CLE_REFUSEE), address(session), "clé inconnue");
        }
    }

    private void forget(Session session) {
        synchronized (anonymes) {
            anonymes.remove(session);
        }
    }

    private static void disconnect(Session session, String phrase) {
        try {
            session.disconnect(SshConstants.SSH2_DISCONNECT_TOO_MANY_CONNECTIONS, phrase);
        } catch (IOException e) {
            session.close(true);
        }
    }
}
