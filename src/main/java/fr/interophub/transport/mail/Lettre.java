package fr.interophub.transport.mail;

import fr.interophub.Empreinte;
import fr.interophub.echange.Cles;
import jakarta.mail.BodyPart;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.Session;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import jakarta.mail.util.SharedFileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A mail that lies in a file, read: what its head says, and its CSV files beside it, decoded, each in a file of its own. Memory
 * holds its head and no part of it.
 *
 * @param messageId as it says, or empty
 * @param expediteurs the addresses of its From
 * @param sujet decoded; without line ends or control characters
 * @param retour its Return-Path, or null when our server told none
 * @param verifications its Authentication-Results, topmost first
 * @param references every message that it says it answers
 * @param automatique why no person and no partner's machine wrote it to us, in French; empty when nothing says so
 * @param rapport true when it tells what became of a mail
 * @param pieces its CSV files
 * @param autres what else it holds, in French
 * @param empreinte tells it from others, over its copies: who wrote it, its id, its subject, its files
 */
record Lettre(
        String messageId,
        List<String> expediteurs,
        String sujet,
        String retour,
        List<String> verifications,
        Set<String> references,
        Optional<String> automatique,
        boolean rapport,
        List<Piece> pieces,
        List<String> autres,
        String empreinte) {

    /**
     * A file that was joined.
     *
     * @param nom its name as the sender gave it, without a folder
     * @param octets where it lies
     */
    record Piece(String nom, Path octets) {}

    /** A mail whose form defies reading. */
    static final class Illisible extends Exception {
        private static final long serialVersionUID = 1L;

        Illisible(String pourquoi) {
            super(pourquoi);
        }
    }

    private static final int PROFONDEUR = 10;
    private static final int PARTIES = 200;
    private static final Set<String> CSV =
            Set.of("text/csv", "application/csv", "text/x-csv", "application/x-csv", "text/comma-separated-values");
    private static final Pattern NOM = Pattern.compile("name\\*?\\s*=\\s*\"?([^\";\\r\\n]+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("<[^<>\\s]+>");
    private static final Session SESSION = Session.getInstance(new Properties());

    /**
     * Reads a mail.
     *
     * @param brut its bytes as they came
     * @param dossier an empty folder, where its files go
     * @throws Illisible if it cannot be taken to pieces, with the reason in French
     */
    static Lettre read(Path brut, Path dossier) throws IOException, Illisible {
        try (SharedFileInputStream in = new SharedFileInputStream(brut.toFile())) {
            return new Lecture(dossier).read(new MimeMessage(SESSION, in), true);
        } catch (MessagingException e) {
            throw new Illisible(plain(String.valueOf(e.getMessage())));
        }
    }

    /** Reads its head only, and of that what can be read: the rest is missing, or faulty. */
    static Lettre head(Path brut) throws IOException {
        try (SharedFileInputStream in = new SharedFileInputStream(brut.toFile())) {
            return new Lecture(null).read(new MimeMessage(SESSION, in), false);
        } catch (MessagingException | Illisible e) {
            throw new IOException(e);
        }
    }

    private static final class Lecture {

        private final Path dossier;
        private final List<Piece> pieces = new ArrayList<>();
        private final List<String> autres = new ArrayList<>();
        private final MessageDigest empreinte = Empreinte.digest();
        private boolean rapport;
        private int parties;

        private Lecture(Path dossier) {
            this.dossier = dossier;
        }

        private Lettre read(MimeMessage message, boolean whole) throws MessagingException, IOException, Illisible {
            String id = first(message, "Message-ID").strip();
            List<String> expediteurs = addresses(message);
            String sujet = plain(decode(first(message, "Subject")));
            note(String.join(",", expediteurs), id.isEmpty() ? first(message, "Date") : id, sujet);
            if (whole) {
                walk(message, 0);
            } else {
                rapport = type(message).equals("multipart/report");
            }
            return new Lettre(
                    id,
                    expediteurs,
                    sujet,
                    message.getHeader("Return-Path") == null
                            ? null
                            : first(message, "Return-Path").strip(),
                    all(message, "Authentication-Results"),
                    ids(message),
                    automatique(message, expediteurs),
                    rapport,
                    pieces,
                    autres,
                    Empreinte.hex(empreinte));
        }

        private void note(String... said) {
            for (String one : said) {
                empreinte.update(one.getBytes(StandardCharsets.UTF_8));
                empreinte.update((byte) 0);
            }
        }

        /** Why nothing of it is to be treated, nor anything answered (RFC 3834 §2, §5). */
        private Optional<String> automatique(MimeMessage message, List<String> expediteurs) throws MessagingException {
            if (rapport) {
                return Optional.of("c'est un rapport de remise ou de lecture");
            }
            if (first(message, "Return-Path").strip().equals("<>")) {
                return Optional.of("son expéditeur d'enveloppe est vide");
            }
            if (expediteurs.stream().anyMatch(one -> one.matches("(?i)(mailer-daemon|postmaster)@.*"))) {
                return Optional.of("il vient d'un serveur de courriel");
            }
            String soumis = word(first(message, "Auto-Submitted"));
            // A partner's machine says auto-generated, as ours does: its files are treated.
            boolean machine = soumis.isEmpty() || soumis.equals("no") || soumis.equals("auto-generated");
            if (!machine || soumis.equals("auto-generated") && pieces.isEmpty()) {
                return Optional.of("Auto-Submitted : " + soumis);
            }
            String precedence = word(first(message, "Precedence"));
            if (Set.of("bulk", "junk", "list", "auto_reply").contains(precedence)) {
                return Optional.of("Precedence : " + precedence);
            }
            return Stream.of("X-Autoreply", "X-Autorespond", "X-Autoresponder")
                    .filter(name -> present(message, name))
                    .findFirst()
                    .map(name -> name + " le dit");
        }

        private void walk(Part part, int profondeur) throws MessagingException, IOException, Illisible {
            if (profondeur > PROFONDEUR || ++parties > PARTIES) {
                throw new Illisible("il a plus de %d parties, ou de %d niveaux".formatted(PARTIES, PROFONDEUR));
            }
            if (part.isMimeType("multipart/*")) {
                rapport |= part.isMimeType("multipart/report");
                MimeMultipart several = new MimeMultipart(part.getDataHandler().getDataSource());
                for (int i = 0; i < several.getCount(); i++) {
                    BodyPart inside = several.getBodyPart(i);
                    walk(inside, profondeur + 1);
                }
                return;
            }
            String type = type(part);
            String nom = name(part);
            if (type.startsWith("message/")) {
                rapport |= type.endsWith("delivery-status") || type.endsWith("disposition-notification");
                autres.add("un courriel joint, qui n'est pas ouvert" + (nom.isEmpty() ? "" : " « " + nom + " »"));
            } else if (nom.toLowerCase(Locale.ROOT).endsWith(".csv") || CSV.contains(type)) {
                take(part, nom.isEmpty() ? "sans-nom.csv" : nom);
            } else if (type.equals("application/ms-tnef") || nom.equalsIgnoreCase("winmail.dat")) {
                autres.add(
                        "winmail.dat (TNEF) : le logiciel de l'expéditeur y a enfermé les pièces, qu'il les envoie en"
                                + " texte brut");
            } else if (!nom.isEmpty()) {
                autres.add("« %s » (%s)".formatted(nom, type));
            } else if (part.getSize() != 0) {
                autres.add(type);
            }
        }

        private void take(Part part, String nom) throws MessagingException, IOException {
            Path file = dossier.resolve(String.valueOf(pieces.size()));
            MessageDigest digest = Empreinte.digest();
            try (InputStream in = new DigestInputStream(part.getInputStream(), digest)) {
                Files.copy(in, file);
            } catch (IOException badEncoding) {
                // The mail itself is on our disk: what fails is the decoding.
                throw new MessagingException(
                        "la pièce « %s » ne se décode pas : %s".formatted(nom, badEncoding.getMessage()));
            }
            note(nom, Empreinte.hex(digest));
            pieces.add(new Piece(nom, file));
        }
    }

    private static String type(Part part) {
        try {
            String type = part.getContentType();
            return type == null
                    ? "text/plain"
                    : type.replaceFirst("(?s)[;\\s].*", "").toLowerCase(Locale.ROOT);
        } catch (MessagingException unreadable) {
            return "type illisible";
        }
    }

    /** The name of a part, whatever its spelling (RFC 2047, RFC 2231, or neither); empty when it has none. */
    private static String name(Part part) throws MessagingException {
        String name;
        try {
            name = part.getFileName();
        } catch (MessagingException badlyQuoted) {
            name = Stream.of("Content-Disposition", "Content-Type")
                    .map(header ->
                            NOM.matcher(all(part, header).stream().findFirst().orElse("")))
                    .filter(Matcher::find)
                    .map(found -> found.group(1))
                    .findFirst()
                    .orElse(null);
        }
        return name == null ? "" : plain(decode(name)).replaceFirst(".*[/\\\\]", "");
    }

    private static List<String> addresses(MimeMessage message) {
        try {
            return Stream.of(InternetAddress.parseHeader(String.join(",", all(message, "From")), false))
                    .map(InternetAddress::getAddress)
                    .map(Lettre::plain)
                    .toList();
        } catch (AddressException unreadable) {
            return List.of();
        }
    }

    private static Set<String> ids(Part message) {
        Set<String> ids = new LinkedHashSet<>();
        Stream.of("In-Reply-To", "References")
                .flatMap(name -> all(message, name).stream())
                .forEach(value -> ID.matcher(value).results().forEach(found -> ids.add(found.group())));
        return ids;
    }

    private static List<String> all(Part part, String name) {
        try {
            String[] values = part.getHeader(name);
            return values == null
                    ? List.of()
                    : Stream.of(values).map(MimeUtility::unfold).toList();
        } catch (MessagingException unreadable) {
            return List.of();
        }
    }

    private static String first(Part part, String name) {
        return all(part, name).stream().findFirst().orElse("");
    }

    private static boolean present(Part part, String name) {
        return !all(part, name).isEmpty();
    }

    private static String word(String value) {
        return value.strip().replaceFirst("(?s)[;\\s].*", "").toLowerCase(Locale.ROOT);
    }

    private static String decode(String text) {
        try {
            return MimeUtility.decodeText(text);
        } catch (UnsupportedEncodingException noSuchCharset) {
            return text;
        }
    }

    /** One line, without control characters, of a bearable length. */
    static String plain(String text) {
        return Cles.cut(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip(), 1000);
    }
}
