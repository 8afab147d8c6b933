package fr.interophub.transport.soap;

import fr.interophub.transport.Attentes;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call that shows a password, from its arrival until the password has been looked at, or the call has gone before
 * ({@link Attentes}).
 */
final class Tentative {

    private static final Logger LOG = LoggerFactory.getLogger(Tentative.class);
    private static final String ATTRIBUT = "fr.interophub.soap.tentative";
    private static final Pattern LOGIN =
            Pattern.compile("<(?:[^<>\\s/:]{1,200}:)?LoginName(?:\\s[^<>]{0,500})?>\\s*([A-Za-z0-9._-]{1,64})\\s*</");

    private final Attentes attentes;
    private final Attentes.Key key;
    private boolean ended;

    /** @param login as it is said, before anyone has looked who that is */
    Tentative(Attentes attentes, String login, HttpServletRequest request) {
        this.attentes = attentes;
        this.key = Attentes.Key.of(login, adresse(request));
        request.setAttribute(ATTRIBUT, this);
    }

    private static InetAddress adresse(HttpServletRequest request) {
        try {
            // An address in figures: nobody is asked for a name.
            return InetAddress.getByName(request.getRemoteAddr());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The attempt that a call is, if it shows a password. */
    static Optional<Tentative> of(HttpServletRequest request) {
        return Optional.ofNullable((Tentative) request.getAttribute(ATTRIBUT));
    }

    /**
     * The login that the header of an envelope names, before it is read; empty when there is none. One that is written in
     * more ways than one, or more than once, is nobody in particular: such calls of an address wait together.
     */
    static Optional<String> login(byte[] envelope) {
        String text = new String(envelope, StandardCharsets.ISO_8859_1);
        int first = text.indexOf("LoginName");
        if (first < 0) {
            return Optional.empty();
        }
        int second = text.indexOf("LoginName", first + 1);
        boolean once = second > 0 && text.indexOf("LoginName", second + 1) < 0;
        Matcher plain = LOGIN.matcher(text);
        return Optional.of(once && plain.find(Math.max(0, text.lastIndexOf('<', first))) ? plain.group(1) : "");
    }

    private String login() {
        return key.login().replaceAll("\\p{Cntrl}", " ");
    }

    Attentes.Turn arrive() {
        Attentes.Turn turn = attentes.arrive(key);
        if (!turn.looked()) {
            ended = true;
            LOG.warn("{} pour « {} » : trop d'essais en attente", key.adresse(), login());
        }
        return turn;
    }

    /** The password has been looked at. */
    synchronized void end(boolean right) {
        if (ended) {
            return;
        }
        ended = true;
        if (right) {
            attentes.right(key);
        } else {
            LOG.warn("{} pour « {} » : identifiants faux", key.adresse(), login());
            attentes.wrong(key);
        }
    }

    /** The call is over, whether or not anyone has looked. */
    synchronized void gone() {
        if (!ended) {
            ended = true;
            attentes.gone(key);
        }
    }
}
