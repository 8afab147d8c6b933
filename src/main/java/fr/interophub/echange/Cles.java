package fr.interophub.echange;

import fr.interophub.Empreinte;
import java.util.Locale;

/** References as the store keeps and compares them. */
public final class Cles {

    private Cles() {}

    /**
     * A reference as a key of at most {@link Dossier#CLE_MAX} characters. A longer one is always on a refused line; it
     * keeps its beginning and a hash, so that two of them never meet.
     */
    public static String shorten(String reference) {
        return reference.length() <= Dossier.CLE_MAX
                ? reference
                : begin(reference, Dossier.CLE_MAX - 33) + "#"
                        + Empreinte.of(reference).substring(0, 32);
    }

    /** The form under which references are searched: whatever the case. At most 300 characters. */
    public static String upper(String reference) {
        return shorten(reference).toUpperCase(Locale.ROOT);
    }

    /** The text, or its beginning and an ellipsis. */
    public static String cut(String text, int max) {
        return text.length() <= max ? text : begin(text, max - 1) + "…";
    }

    /** Never half a character: the store would give back another text than it was given. */
    private static String begin(String text, int max) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
