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
        Matcher close = FERME.matcher(text);
        StringBuilder kept = new StringBuilder(text.length());
        int from = 0;
        int next = 0;
        while (open(open, text, next)) {
            kept.append(text, from, open.end()).append("***");
            boolean closed = close.find(open.end());
            from = closed ? close.start() : text.length();
            next = closed ? close.end() : text.length();
        }
        return from == 0
                ? envelope
                : kept.append(text, from, text.length()).toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The next opening tag; where its name is not even written nobody looks for it, for that is most of an envelope. */
    private static boolean open(Matcher open, String text, int from) {
        int name = text.indexOf("Password", from);
        return name >= 0 && open.find(Math.max(from, text.lastIndexOf('<', name)));
    }
}
