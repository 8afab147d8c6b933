package fr.interophub.transport.soap;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes passwords out of an envelope before it is kept: the rest stays byte for byte (spec SAV §a.5). */
final class Caviardage {

    private static final Pattern OUVRE = Pattern.compile("<(?:[^<>\\s/:]{1,200}:)?Password(?:\\s[^>]*)?(?<!/)>");
    private static final Pattern FERME = Pattern.compile("</(?:[^<>\\s/:]{1,200}:)?Password\\s*>");

    private Caviardage() {}

    /** @param envelope in an encoding that writes ASCII as ASCII */
    static byte[] redact(byte[] envelope) {
        String text = new String(envelope, StandardCharsets.ISO_8859_1);
        Matcher open = OUVRE.matcher(text);
        if (!open.find()) {
            return envelope;
        }
        Matcher close = FERME.matcher(text);
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        do {
            kept.append(text, from, open.end()).append("***");
            from = close.find(open.end()) ? close.start() : text.length();
        } while (from < text.length() && open.find(from));
        return kept.append(text, from, text.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }
}
