package fr.interophub.api;

import fr.interophub.operateur.Faute;
import java.util.List;
import org.springframework.http.HttpStatus;

/**
 * What was asked cannot be done, and why, in words for the one who asked. Its texts are in the message bundles, under
 * {@code probleme.<code>.titre} and {@code probleme.<code>.detail}.
 */
public final class Probleme extends RuntimeException {

    private final HttpStatus status;
    private final String code;
    private final transient Object[] arguments;
    private final transient List<Faute> fautes;

    public Probleme(HttpStatus status, String code, Object... arguments) {
        this(status, code, List.of(), arguments);
    }

    private Probleme(HttpStatus status, String code, List<Faute> fautes, Object... arguments) {
        super(code);
        this.status = status;
        this.code = code;
        this.fautes = fautes;
        this.arguments = arguments;
    }

    /** Does not exist, or is another's: nobody can tell the difference. */
    public static Probleme notFound() {
        return new Probleme(HttpStatus.NOT_FOUND, "introuvable");
    }

    /** A parameter that means nothing. */
    public static Probleme parameter(String name) {
        return new Probleme(HttpStatus.BAD_REQUEST, "parametre", name);
    }

    /** Every fault at once. */
    public static Probleme invalid(List<Faute> fautes) {
        return new Probleme(HttpStatus.BAD_REQUEST, "invalide", fautes);
    }

    public HttpStatus status() {
        return status;
    }

    public String code() {
        return code;
    }

    public Object[] arguments() {
        return arguments;
    }

    public List<Faute> fautes() {
        return fautes;
    }
}
