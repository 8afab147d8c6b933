package fr.interophub.catalogue;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;

/** How header names are compared, so that partners' habits do not matter (spec Accès 1.2 §0.3, E8). */
final class Entetes {

    static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private Entetes() {}

    /**
     * The letters and digits of a name, without case, accents, spaces, underscores or quotes; {@code N°1}, {@code NÂ°1} and
     * {@code N1} give the same; UTF-8 once or twice read as windows-1252 is repaired.
     */
    static String normalise(String name) {
        var repaired = repair(name);
        var folded = Normalizer.normalize(repaired, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
        var kept = new StringBuilder(folded.length());
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9') {
                kept.append(c);
            } else if (c == 'º' || c == 'ª') {
                // « Nº » typed for « N° »: no letter
            } else if (Character.isLetterOrDigit(c)) {
                kept.append(c);
            }
        }
        return kept.toString();
    }

    /** Undoes « Ã¨ » for « è », as long as undoing gives valid UTF-8 (a file may have been spoilt twice). */
    private static String repair(String name) {
        var current = name;
        for (int round = 0; round < 3 && suspect(current); round++) {
            var before = undo(current, WINDOWS_1252);
            if (before == null) {
                before = undo(current, StandardCharsets.ISO_8859_1);
            }
            if (before == null) {
                return current;
            }
            current = before;
        }
        return current;
    }

    private static boolean suspect(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return true;
            }
        }
        return false;
    }

    private static String undo(String text, Charset read) {
        try {
            ByteBuffer bytes = read.newEncoder().encode(CharBuffer.wrap(text));
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** The text of a header cell whose bytes are given: UTF-8 if they are, else windows-1252. */
    static String decode(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, WINDOWS_1252);
        }
    }
}
