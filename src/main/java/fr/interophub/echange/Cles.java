package fr.interophub.echange;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;

/** Keys and prints of content. */
public final class Cles {

    private Cles() {}

    public static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** SHA-256 in hexadecimal, 64 characters. */
    public static String sha256(String text) {
        return HexFormat.of().formatHex(sha256().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * A reference as a key of at most {@link Dossier#CLE_MAX} characters. A longer one is always on a refused line; it
     * keeps its beginning and a hash, so that two of them never meet.
     */
    public static String shorten(String reference) {
        return reference.length() <= Dossier.CLE_MAX
                ? reference
                : begin(reference, Dossier.CLE_MAX - 33) + "#"
                        + sha256(reference).substring(0, 32);
    }

    /** The form under which references are searched: whatever the case. At most 300 characters. */
    public static String upper(String reference) {
        return shorten(reference).toUpperCase(Locale.ROOT);
    }

    static String cut(String text, int max) {
        return text.length() <= max ? text : begin(text, max - 1) + "…";
    }

    /** Never half a character: the store would give back another text than it was given. */
    private static String begin(String text, int max) {
        return text.substring(0, Character.isHighSurrogate(text.charAt(max - 1)) ? max - 1 : max);
    }
}
