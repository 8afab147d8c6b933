package fr.interophub.transport.mail;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Emission;
import fr.interophub.echange.Emission.Depart;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import jakarta.activation.DataHandler;
import jakarta.activation.DataSource;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.Body;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangeException;
import org.apache.camel.Header;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Makes the mails in which files leave, and tells what became of them. The id of a mail is that of its file in the journal:
 * whoever gets it twice, since nobody knows after a crash whether it was sent, sees that it is the same.
 */
public final class Expedition {

    private static final Pattern ID = Pattern.compile("<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>@\\s]+)>");
    private static final Session SESSION = Session.getInstance(new Properties());
    private static final String UTF_8 = "UTF-8";
    private static final String SMTP = "smtp";
    private static final String ALERTE = "COURRIEL_NON_PARTI";

    /** SMTP says with these that it wants another login: ours to settle, the mail itself is not refused. */
    private static final Set<Integer> AUTHENTIFICATION = Set.of(530, 534, 535, 538);

    private final Annuaire annuaire;
    private final Catalogue catalogue;
    private final Emission emission;
    private final Courriels courriels;
    private final Alertes alertes;
    private final MailSettings settings;
    private final Serveurs serveurs;
    private final Clock clock;

    Expedition(
            Annuaire annuaire,
            Catalogue catalogue,
            Emission emission,
            Courriels courriels,
            Alertes alertes,
            MailSettings settings,
            Serveurs serveurs,
            Clock clock) {
        this.annuaire = annuaire;
        this.catalogue = catalogue;
        this.emission = emission;
        this.courriels = courriels;
        this.alertes = alertes;
        this.settings = settings;
        this.serveurs = serveurs;
        this.clock = clock;
    }

    /** The file that a mail of ours carried, from the mail's id; empty if the id is none of ours. */
    static Optional<UUID> file(String messageId, MailSettings settings) {
        Matcher id = ID.matcher(messageId);
        return id.matches() && settings.oursIn(id.group(2))
                ? Optional.of(UUID.fromString(id.group(1)))
                : Optional.empty();
    }

    /**
     * Puts on the message the mail of a file, and the address of our server.
     *
     * @throws IllegalStateException if it cannot be sent as things are, with what to set, in French
     */
    public void compose(@Body Depart depart, Exchange exchange) throws MessagingException {
        if (!settings.actif()) {
            throw new IllegalStateException("hub.mail.actif est faux : aucun courriel ne part");
        }
        exchange.getMessage().setBody(mail(depart));
        exchange.getMessage().setHeader("boite", serveurs.smtp());
    }

    private MimeMessage mail(Depart depart) throws MessagingException {
        Transmission file = depart.fichier();
        Operateur operateur = annuaire.find(file.operateur()).orElseThrow();
        Page page = catalogue.page(file.protocole(), file.version());
        Genre genre = Genre.of(
                file.protocole(), page.findFlux(file.flux()).map(Flux::objet).orElse(""));
        String from = settings.adresse(genre);
        String to = genre.destinataire(operateur.contrat().mail())
                .orElseThrow(() -> new IllegalStateException(
                        "la fiche de %s ne donne aucune adresse (contrat.mail)".formatted(operateur.code())));
        MimeMessage message = new MimeMessage(SESSION);
        message.setFrom(new InternetAddress(from));
        message.setRecipient(Message.RecipientType.TO, new InternetAddress(to));
        message.setSubject(
                page.fichiers()
                        .sujet(file.fichier())
                        .orElse(file.protocole().toUpperCase(Locale.ROOT) + " FTTH - " + file.fichier()),
                UTF_8);
        message.setSentDate(Date.from(clock.instant()));
        message.setHeader("Message-ID", "<%s@%s>".formatted(file.id(), from.substring(from.indexOf('@') + 1)));
        // No machine is to answer this (RFC 3834 §5); Exchange listens to the second.
        message.setHeader("Auto-Submitted", "auto-generated");
        message.setHeader("X-Auto-Response-Suppress", "All");
        List<String> answered = courriels.answeredBy(file.id());
        if (!answered.isEmpty()) {
            message.setHeader("In-Reply-To", answered.get(answered.size() - 1));
            message.setHeader("References", MimeUtility.fold(12, String.join(" ", answered)));
        }
        MimeBodyPart text = new MimeBodyPart();
        text.setText(
                "Fichier joint : %s (%d ligne%s).\r\nMessage automatique d'Interop Hub ; y répondre ne sert que si un fichier CSV est joint à la réponse.\r\n"
                        .formatted(file.fichier(), file.lignes(), file.lignes() > 1 ? "s" : ""),
                UTF_8);
        message.setContent(new MimeMultipart(text, attachment(depart)));
        return message;
    }

    /** The bytes of the file, read from the journal as they are sent. */
    private MimeBodyPart attachment(Depart depart) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setDataHandler(new DataHandler(new DataSource() {
            @Override
            public InputStream getInputStream() {
                return emission.bytes(depart);
            }

            @Override
            public OutputStream getOutputStream() {
                throw new UnsupportedOperationException();
            }

            @Override
            public String getContentType() {
                return "text/csv";
            }

            @Override
            public String getName() {
                return depart.fichier().fichier();
            }
        }));
        part.setFileName(depart.fichier().fichier());
        // To the byte, line ends included.
        part.setHeader("Content-Transfer-Encoding", "base64");
        return part;
    }

    /** Our server has taken a mail. */
    public void sent() {
        alertes.close(ALERTE, SMTP);
    }

    /** A mail could not be sent: refused for good it goes to a person, else it is tried again later. */
    public void failed(@Header("depart") Depart depart, @ExchangeException Throwable why) {
        Optional<String> refusal = refusal(why);
        if (refusal.isPresent()) {
            emission.refused(
                    depart,
                    "COURRIEL_REFUSE",
                    "Le serveur de courriel le refuse : %s. Vérifier l'adresse de l'opérateur, puis rejouer."
                            .formatted(Lettre.plain(refusal.get())));
            return;
        }
        serveurs.failed(why);
        emission.failed(depart, String.valueOf(why.getMessage()));
        alertes.raise(
                ALERTE,
                SMTP,
                null,
                "Les courriels ne partent plus ; « %s » pour %s attend. Dernier constat : %s"
                        .formatted(
                                depart.fichier().fichier(),
                                depart.fichier().operateur(),
                                Lettre.plain(String.valueOf(why.getMessage()))));
    }

    /** What a server said that will say it again (RFC 5321 §4.2.1, 5yz); empty if another try may do. */
    private static Optional<String> refusal(Throwable why) {
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            int code = cause instanceof SMTPAddressFailedException address
                    ? address.getReturnCode()
                    : cause instanceof SMTPSenderFailedException sender
                            ? sender.getReturnCode()
                            : cause instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
            if (code >= 500 && code < 600 && !AUTHENTIFICATION.contains(code)) {
                return Optional.of(String.valueOf(cause.getMessage()));
            }
        }
        return Optional.empty();
    }
}
