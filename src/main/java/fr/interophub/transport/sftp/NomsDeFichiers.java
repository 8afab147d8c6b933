package fr.interophub.transport.sftp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/**
 * The OC's name of a file and ours, both ways. Names on our disk are ours: ASCII, whatever the locale of the JVM (under a
 * POSIX locale Java cannot even name a file with an accent).
 *
 * <p>Each byte of the name's UTF-8 form outside {@code A-Z a-z 0-9 . _ -} is written {@code %XX}, capital digits. A name
 * that holds nothing else is its own encoding. The signs by which the hub knows a file to leave alone (a leading {@code .},
 * the endings {@code .tmp}, {@code .part}, {@code .filepart}) read the same on both sides.
 */
public final class NomsDeFichiers {

    /** The longest encoded name, in bytes: what a file system holds. */
    public static final int LONGUEUR_MAX = 255;

    private static final Set<String> PROVISOIRES = Set.of(".tmp", ".part", ".filepart");

    private NomsDeFichiers() {}

    /**
     * Gives the name on our disk.
     *
     * @param nom the OC's name: one name, not a path; any character but NUL
     * @return ASCII, at most {@link #LONGUEUR_MAX} bytes, never {@code .} or {@code ..}
     * @throws IllegalArgumentException if the name is empty, {@code .}, {@code ..}, holds a NUL or half a character, or is too
     *     long once encoded; the message says which, in French, for the OC
     */
    public static String encode(String nom) {
        if (nom.isEmpty() || nom.equals(".") || nom.equals("..")) {
            throw new IllegalArgumentException("Nom de fichier refusé : vide, « . » ou « .. »");
        }
        if (nom.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("Nom de fichier refusé : il contient un caractère nul");
        }
        ByteBuffer utf8;
        try {
            utf8 = StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(nom));
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("Nom de fichier refusé : il ne s'écrit pas en UTF-8", e);
        }
        var encoded = new StringBuilder(nom.length() + 16);
        while (utf8.hasRemaining()) {
            int octet = utf8.get() & 0xFF;
            if (plain(octet)) {
                encoded.append((char) octet);
            } else {
                encoded.append('%').append(hex(octet >> 4)).append(hex(octet & 0xF));
            }
        }
        if (encoded.length() > LONGUEUR_MAX) {
            throw new IllegalArgumentException("Nom de fichier trop long : %d octets une fois codé, %d au plus"
                    .formatted(encoded.length(), LONGUEUR_MAX));
        }
        return encoded.toString();
    }

    /**
     * Gives the OC's name back.
     *
     * @param surDisque a name found on our disk
     * @return the OC's name; the argument itself if {@link #encode} never wrote it (a file put there by hand)
     */
    public static String decode(String surDisque) {
        var octets = new ByteArrayOutputStream(surDisque.length());
        for (int i = 0; i < surDisque.length(); i++) {
            char c = surDisque.charAt(i);
            if (c != '%') {
                octets.write(c);
                continue;
            }
            int high = i + 2 < surDisque.length() ? Character.digit(surDisque.charAt(i + 1), 16) : -1;
            int low = i + 2 < surDisque.length() ? Character.digit(surDisque.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                return surDisque;
            }
            octets.write(high << 4 | low);
            i += 2;
        }
        String nom = octets.toString(StandardCharsets.UTF_8);
        try {
            return encode(nom).equals(surDisque) ? nom : surDisque;
        } catch (IllegalArgumentException neverEncoded) {
            return surDisque;
        }
    }

    /** Tells whether {@link #encode} can have written this name: only then can an OC see the file. */
    static boolean ours(String surDisque) {
        try {
            return encode(decode(surDisque)).equals(surDisque);
        } catch (IllegalArgumentException neverEncoded) {
            return false;
        }
    }

    /** Tells whether the hub leaves this file alone for now: a name that begins with a dot or has a provisional ending. */
    static boolean provisoire(String nom) {
        return nom.startsWith(".") || PROVISOIRES.stream().anyMatch(nom::endsWith);
    }

    /**
     * A name as it may be written in a log line: no control character, nothing that could pass for a second line, 80
     * characters at most.
     */
    static String printable(String nom) {
        String cut = nom.length() > 80 ? nom.substring(0, 80) + "…" : nom;
        return cut.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]", "?");
    }

    private static boolean plain(int octet) {
        return octet >= 'A' && octet <= 'Z'
                || octet >= 'a' && octet <= 'z'
                || octet >= '0' && octet <= '9'
                || octet == '.'
                || octet == '_'
                || octet == '-';
    }

    private static char hex(int digit) {
        return Character.toUpperCase(Character.forDigit(digit, 16));
    }
}
