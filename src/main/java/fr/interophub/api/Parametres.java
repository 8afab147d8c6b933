package fr.interophub.api;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;

/** Reads what a caller has written; text that the store could not hold finds nothing. */
public final class Parametres {

    private static final Pattern UUID_ECRIT =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Parametres() {}

    /** An identifier, written in full. */
    public static Optional<UUID> uuid(String text) {
        return text != null && UUID_ECRIT.matcher(text).matches()
                ? Optional.of(UUID.fromString(text))
                : Optional.empty();
    }

    /** The identifier of something; what is none does not exist. */
    public static UUID id(String text) {
        return uuid(text).orElseThrow(Probleme::notFound);
    }

    /** Where a page begins: after the last row of the page before; null for the first. */
    public static UUID apres(String text) {
        return text == null || text.isBlank()
                ? null
                : uuid(text.strip()).orElseThrow(() -> Probleme.parameter("apres"));
    }

    /** How many rows at most; more than the bound is the bound. */
    public static int max(String text, int defaut, int borne) {
        if (text == null || text.isBlank()) {
            return defaut;
        }
        try {
            long asked = Long.parseLong(text.strip());
            if (asked >= 1) {
                return (int) Math.min(asked, borne);
            }
        } catch (NumberFormatException notANumber) {
            // Told below.
        }
        throw Probleme.parameter("max");
    }

    /** A number of ours, as it was given; null when there is none. */
    public static Long numero(String name, String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        if (!text.strip().matches("[0-9]{1,18}")) {
            throw Probleme.parameter(name);
        }
        return Long.valueOf(text.strip());
    }

    /** Yes or no; no when it is not said. */
    static boolean vrai(String name, String text) {
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw Probleme.parameter(name);
    }

    /** A filter; null when it is not used. */
    public static String texte(String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }

    /** False for a text that the store cannot hold, and that therefore equals nothing in it. */
    static boolean possible(String text) {
        return text == null || text.indexOf('\0') < 0;
    }

    /** The reason of an act: every act has one. */
    public static String motif(String text) {
        String reason = text == null ? "" : text.strip();
        if (reason.isEmpty() || reason.length() > Gestes.MOTIF_MAX || !possible(reason)) {
            throw new Probleme(HttpStatus.BAD_REQUEST, "motif", Gestes.MOTIF_MAX);
        }
        return reason;
    }
}
