package fr.interophub.transport.mail;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Journal.Etiquette;
import fr.interophub.echange.Ouverture;
import fr.interophub.echange.Quarantaines;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.Header;
import org.apache.camel.component.mail.MailConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.FileSystemUtils;

/**
 * Takes mails into the journal, whole and before anything is done with them, and hands their CSV files over as if they had been
 * dropped. A mail is marked as read in its box once this has returned, never before. Nobody is ever answered from here: what
 * leaves is what the protocol says of a line that was read.
 */
public final class Courrier {

    static final String CANAL = "MAIL";
    static final String FLUX = "COURRIEL";

    /** What is kept of a mail that is too large: enough to see whose it is. */
    private static final int TETE = 64 * 1024;

    /** A mail that could not be fetched so many times is given up, so that those behind it come through. */
    private static final int ESSAIS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(Courrier.class);
    /** How much of a report is looked at for what it is about. */
    private static final int RAPPORT = 256 * 1024;

    private static final Pattern ID = Pattern.compile("<[^<>\\s]{1,300}>");
    private static final Pattern ECHEC = Pattern.compile("(?im)^action:\\s*failed");
    private static final String ALERTE_NON_REMIS = "COURRIEL_NON_REMIS";

    private final Annuaire annuaire;
    private final Catalogue catalogue;
    private final Journal journal;
    private final Guichet guichet;
    private final Quarantaines quarantaines;
    private final Courriels courriels;
    private final Alertes alertes;
    private final Transactions transactions;
    private final MailSettings settings;
    private final Verification verification;
    private final String oi;
    private final Path dossier;
    private final Map<String, Integer> echecs = new ConcurrentHashMap<>();

    /**
     * @param oi our own code, under which mails of nobody that we know are kept
     * @param dossier where mails lie while they are being read; emptied
     */
    Courrier(
            Annuaire annuaire,
            Catalogue catalogue,
            Journal journal,
            Guichet guichet,
            Quarantaines quarantaines,
            Courriels courriels,
            Alertes alertes,
            Transactions transactions,
            MailSettings settings,
            String oi,
            Path dossier)
            throws IOException {
        this.annuaire = annuaire;
        this.catalogue = catalogue;
        this.journal = journal;
        this.guichet = guichet;
        this.quarantaines = quarantaines;
        this.courriels = courriels;
        this.alertes = alertes;
        this.transactions = transactions;
        this.settings = settings;
        this.verification = new Verification(settings.authservId());
        this.oi = oi;
        this.dossier = dossier;
        FileSystemUtils.deleteRecursively(dossier);
        Files.createDirectories(dossier);
    }

    /**
     * What becomes of a mail.
     *
     * @param operateur under whose code it is kept
     * @param ecart why it is kept aside; null when it is not
     * @param sans why nothing is done with it, in French; null when its files are treated
     */
    private record Sort(String operateur, Ecart ecart, String sans) {}

    /** Why a mail is kept aside: a code, and the same in French. */
    private record Ecart(String motif, String detail) {}

    /**
     * Takes a mail of a mailbox.
     *
     * @throws IOException if it could not be fetched: it stays unread, and is fetched again
     */
    public void receive(@Header("boite") String boite, @Body Message message, Exchange exchange) throws IOException {
        String place = boite + " " + exchange.getProperty(MailConsumer.MAIL_MESSAGE_UID, String.class);
        inFolder(work -> {
            Path raw = work.resolve("brut");
            Ecart ecart = echecs.getOrDefault(place, 0) >= ESSAIS ? giveUp(place, raw) : fetch(place, message, raw);
            take(boite, raw, ecart, work);
        });
        echecs.remove(place);
    }

    private interface Travail {
        void in(Path folder) throws IOException;
    }

    private void inFolder(Travail travail) throws IOException {
        Path work = Files.createTempDirectory(dossier, "recu");
        try {
            travail.in(work);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } finally {
            FileSystemUtils.deleteRecursively(work);
        }
    }

    private static Ecart giveUp(String place, Path raw) throws IOException {
        Files.writeString(raw, "Subject: courriel " + place + ", jamais lu\r\n\r\n", StandardCharsets.UTF_8);
        return new Ecart(
                "COURRIEL_ILLISIBLE",
                "Le serveur de courriel a lâché %d fois pendant sa lecture. Il reste dans la boîte (%s), marqué lu : l'y lire, et demander un nouvel envoi."
                        .formatted(ESSAIS, place));
    }

    /** Why it is refused, or null; the file then holds its beginning only. */
    private Ecart fetch(String place, Message message, Path raw) throws IOException {
        if (!message.getFolder().isOpen()) {
            throw new IOException("la boîte s'est fermée avant le courriel " + place);
        }
        long max = settings.tailleMax().toBytes();
        try {
            int told = message.getSize();
            if (told <= max && copy(message, raw, max)) {
                return null;
            }
            copy(message, raw, TETE);
            return new Ecart(
                    "COURRIEL_TROP_GRAND",
                    "Il fait %s, plus que hub.mail.taille-max (%d octets) : seul son début est gardé, rien n'en est traité. Il reste dans la boîte ; demander un envoi en plusieurs fichiers."
                            .formatted(told > max ? told + " octets" : "davantage que ce que le serveur en dit", max));
        } catch (MessagingException | IOException e) {
            echecs.merge(place, 1, Integer::sum);
            throw new IOException("courriel " + place + " : " + e.getMessage(), e);
        }
    }

    /** Copies a mail up to a length; false if it is longer. */
    private static boolean copy(Message message, Path raw, long max) throws IOException, MessagingException {
        try (OutputStream out = new Bounded(Files.newOutputStream(raw), max)) {
            message.writeTo(out);
            return true;
        } catch (Bounded.Full longer) {
            return false;
        }
    }

    private static final class Bounded extends FilterOutputStream {

        private static final class Full extends IOException {
            private static final long serialVersionUID = 1L;
        }

        private long left;

        private Bounded(OutputStream out, long max) {
            super(out);
            left = max;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            int some = (int) Math.min(left, length);
            out.write(bytes, offset, some);
            left -= some;
            if (some < length) {
                throw new Full();
            }
        }
    }

    private void take(String boite, Path raw, Ecart refus, Path work) throws IOException {
        judged(
                raw,
                refus,
                work,
                (lettre, sort) -> transactions.run(() -> {
                    if (courriels.again(lettre.empreinte())) {
                        LOG.info("Courriel déjà reçu, sans effet : « {} » de {}", lettre.sujet(), lettre.expediteurs());
                        return;
                    }
                    Transmission mail = keep(sort.operateur(), lettre, raw);
                    courriels.add(mail.id(), lettre, boite);
                    settle(mail, lettre, sort);
                    LOG.info(
                            "Reçu : {} MAIL « {} » de {}, {} octets, {}",
                            sort.operateur(),
                            lettre.sujet(),
                            lettre.expediteurs(),
                            mail.taille(),
                            sort.ecart() != null
                                    ? "mis de côté, " + sort.ecart().motif()
                                    : sort.sans() != null
                                            ? "sans suite, " + sort.sans()
                                            : lettre.pieces().size() + " fichier(s)");
                }));
    }

    private interface Suite {
        void of(Lettre lettre, Sort sort) throws IOException;
    }

    private void judged(Path raw, Ecart refus, Path work, Suite suite) throws IOException {
        Lettre lettre;
        Ecart ecart = refus;
        if (ecart == null) {
            try {
                lettre = Lettre.read(raw, Files.createDirectory(work.resolve("pieces")));
            } catch (Lettre.Illisible e) {
                lettre = Lettre.head(raw);
                ecart = new Ecart("COURRIEL_ILLISIBLE", "Sa forme ne se lit pas : " + e.getMessage() + ".");
            }
        } else {
            lettre = Lettre.head(raw);
        }
        if (lettre.automatique().isPresent() && (lettre.rapport() || "<>".equals(lettre.retour()))) {
            returned(lettre, raw);
        }
        suite.of(lettre, judge(lettre, ecart));
    }

    private Sort judge(Lettre lettre, Ecart ecart) {
        Optional<Operateur> sender = lettre.expediteurs().size() == 1
                ? annuaire.findByMail(lettre.expediteurs().get(0))
                : Optional.empty();
        Optional<String> missing = sender.flatMap(
                operateur -> verification.missing(operateur.contrat().mail(), lettre));
        String operateur =
                sender.filter(known -> missing.isEmpty()).map(Operateur::code).orElse(oi);
        if (lettre.expediteurs().stream().anyMatch(settings::ours)
                || Expedition.file(lettre.messageId(), settings).isPresent()) {
            return new Sort(oi, null, "il vient de nous");
        }
        if (lettre.automatique().isPresent()) {
            return new Sort(operateur, null, lettre.automatique().get());
        }
        if (ecart != null) {
            return new Sort(operateur, ecart, null);
        }
        if (sender.isEmpty()) {
            return aside(
                    oi,
                    "EXPEDITEUR_INCONNU",
                    "« %s » n'est l'adresse d'aucun opérateur actif : l'ajouter à sa fiche (contrat.mail.adresses) et rejouer, ou écarter."
                            .formatted(String.join(", ", lettre.expediteurs())));
        }
        if (missing.isPresent()) {
            return aside(
                    oi,
                    "EXPEDITEUR_NON_VERIFIE",
                    "Il se dit de %s (%s), dont la fiche demande une preuve : %s."
                            .formatted(sender.get().code(), lettre.expediteurs().get(0), missing.get()));
        }
        if (lettre.pieces().isEmpty()) {
            return aside(
                    operateur,
                    "SANS_PIECE",
                    "Aucun fichier CSV n'y est joint ; il contient : %s."
                            .formatted(lettre.autres().isEmpty() ? "rien" : String.join(", ", lettre.autres())));
        }
        return new Sort(operateur, null, null);
    }

    private static Sort aside(String operateur, String motif, String detail) {
        return new Sort(operateur, new Ecart(motif, detail), null);
    }

    private Transmission keep(String operateur, Lettre lettre, Path raw) {
        String nom = (lettre.sujet().isEmpty() ? "sans objet" : lettre.sujet()) + ".eml";
        try (InputStream bytes = Files.newInputStream(raw)) {
            return journal.keep(Sens.ENTRANT, new Etiquette(operateur, CANAL, nom, null, FLUX, null), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What follows from a mail, inside the caller's transaction. */
    private void settle(Transmission mail, Lettre lettre, Sort sort) {
        if (sort.ecart() != null) {
            quarantaines.keepFile(mail, sort.ecart().motif(), sort.ecart().detail(), null);
            return;
        }
        for (Lettre.Piece piece : sort.sans() == null ? lettre.pieces() : List.<Lettre.Piece>of()) {
            try (InputStream bytes = Files.newInputStream(piece.octets())) {
                Transmission file = journal.receive(sort.operateur(), CANAL, piece.nom(), bytes);
                courriels.join(file.id(), mail.id());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One of our mails came back: the desk is told which file was in it, if the report lets us know. */
    private void returned(Lettre lettre, Path raw) throws IOException {
        String text;
        try (InputStream in = Files.newInputStream(raw)) {
            text = new String(in.readNBytes(RAPPORT), StandardCharsets.ISO_8859_1);
        }
        boolean notice = text.toLowerCase(Locale.ROOT).contains("\naction:");
        if (notice && !ECHEC.matcher(text).find()) {
            return;
        }
        Optional<Transmission> file = Stream.concat(
                        lettre.references().stream(), ID.matcher(text).results().map(MatchResult::group))
                .flatMap(id -> Expedition.file(id, settings).stream())
                .flatMap(id -> journal.find(id).stream())
                .findFirst();
        alertes.raise(
                ALERTE_NON_REMIS,
                file.map(known -> known.id().toString()).orElse(lettre.sujet()),
                file.map(Transmission::operateur).orElse(null),
                file.map(known -> "%s n'a pas reçu le fichier « %s » : « %s ». Vérifier son adresse, puis réémettre."
                                .formatted(known.operateur(), known.fichier(), lettre.sujet()))
                        .orElseGet(() ->
                                "Un courriel nous est revenu, sans dire lequel : « %s ».".formatted(lettre.sujet())));
    }

    /** Is this a mail, which a person wants judged again? */
    public boolean isMail(@Body Prise prise) {
        return journal.find(prise.journalId())
                .filter(kept -> CANAL.equals(kept.canal()) && FLUX.equals(kept.flux()))
                .isPresent();
    }

    /** Judges a mail that was kept aside again, from the journal: a sheet may have changed. */
    public void again(@Body Prise prise) throws IOException {
        Transmission mail = journal.find(prise.journalId()).orElseThrow();
        inFolder(work -> {
            Path raw = work.resolve("brut");
            try (InputStream bytes = journal.open(mail.id())) {
                Files.copy(bytes, raw);
            }
            judged(
                    raw,
                    null,
                    work,
                    (lettre, sort) -> transactions.run(() -> {
                        guichet.end(prise);
                        settle(mail, lettre, sort);
                    }));
        });
    }

    /**
     * Holds the subject of a mail against the file that it brought, where the page says what it must be (spec SAV §g: the
     * subject of a SAV mail is that of its file).
     *
     * @throws FichierIllisible if it is another: the file is not treated
     */
    public void checkSubject(@Body Ouverture ouverture) throws FichierIllisible {
        Transmission file = ouverture.fichier();
        FluxSheet sheet = ouverture.forme().feuille();
        Optional<String> expected =
                catalogue.page(sheet.protocole(), sheet.version()).fichiers().sujet(file.fichier());
        Optional<String> said = courriels.sujet(file.id());
        if (expected.isPresent()
                && said.isPresent()
                && !Lettre.plain(expected.get()).equalsIgnoreCase(said.get())) {
            throw new FichierIllisible(
                    "SUJET_DIFFERENT",
                    null,
                    "le sujet est « %s », attendu « %s »".formatted(said.get(), expected.get()));
        }
    }
}
