package fr.interophub.bacasable;

import jakarta.activation.DataHandler;
import jakarta.mail.Flags;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.Store;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** By mail: each file is the attachment of a mail to the hub's address, or of one that came to the OC's mailbox. */
final class CasierCourriel implements Casier {

    private static final Logger LOG = LoggerFactory.getLogger(CasierCourriel.class);
    private static final String PATIENCE_MS = "10000";

    private final Portes.Courrier courrier;
    private final Portes.Compte compte;
    private final String destinataire;
    private final String sujet;
    private final Session session;
    private final Map<String, Message> found = new LinkedHashMap<>();
    private Store store;
    private Folder inbox;

    /**
     * @param destinataire the hub's address for this kind of exchange
     * @param sujet how the subject of its mails begins; the file's name follows
     */
    CasierCourriel(Portes.Courrier courrier, Portes.Compte compte, String destinataire, String sujet) {
        this.courrier = courrier;
        this.compte = compte;
        this.destinataire = destinataire;
        this.sujet = sujet;
        Properties settings = new Properties();
        settings.put("mail.smtp.connectiontimeout", PATIENCE_MS);
        settings.put("mail.smtp.timeout", PATIENCE_MS);
        settings.put("mail.imap.connectiontimeout", PATIENCE_MS);
        settings.put("mail.imap.timeout", PATIENCE_MS);
        session = Session.getInstance(settings);
    }

    @Override
    public void drop(String nom, byte[] octets) throws IOException {
        drop(nom, octets, sujet + nom);
    }

    /** Leaves a file under a subject that may not be the one which the protocol wants. */
    void drop(String nom, byte[] octets, String sujet) throws IOException {
        try (Transport smtp = session.getTransport("smtp")) {
            MimeBodyPart file = new MimeBodyPart();
            file.setDataHandler(new DataHandler(new ByteArrayDataSource(octets, "text/csv")));
            file.setFileName(nom);
            MimeMessage mail = new MimeMessage(session);
            mail.setFrom(compte.adresse());
            mail.setRecipients(Message.RecipientType.TO, destinataire);
            mail.setSubject(sujet);
            mail.setContent(new MimeMultipart(file));
            mail.saveChanges();
            smtp.connect(courrier.hote(), courrier.smtp(), null, null);
            smtp.sendMessage(mail, new InternetAddress[] {new InternetAddress(destinataire)});
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    public List<String> list() throws IOException {
        try {
            found.clear();
            Folder folder = open();
            // Asks the server, which a count of all would do once a second at most: an open folder learns of new mails only when
            // something is asked.
            folder.getUnreadMessageCount();
            for (Message mail : folder.getMessages()) {
                if (!mail.isSet(Flags.Flag.DELETED)
                        && mail.getSubject() != null
                        && mail.getSubject().startsWith(sujet)) {
                    found.put(mail.getSubject().substring(sujet.length()), mail);
                }
            }
            return new ArrayList<>(found.keySet());
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    public byte[] read(String nom) throws IOException {
        try {
            Multipart parts = (Multipart) found.get(nom).getContent();
            for (int i = 0; i < parts.getCount(); i++) {
                if (nom.equals(parts.getBodyPart(i).getFileName())) {
                    return parts.getBodyPart(i).getInputStream().readAllBytes();
                }
            }
            throw new IOException("le courriel « %s » ne porte pas ce fichier".formatted(nom));
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void remove(String nom) throws IOException {
        try {
            found.remove(nom).setFlag(Flags.Flag.DELETED, true);
        } catch (MessagingException e) {
            throw new IOException(e);
        }
    }

    private Folder open() throws MessagingException {
        if (inbox != null && inbox.isOpen()) {
            return inbox;
        }
        hangUp();
        store = session.getStore("imap");
        store.connect(courrier.hote(), courrier.imap(), compte.adresse(), compte.motDePasse());
        inbox = store.getFolder("INBOX");
        inbox.open(Folder.READ_WRITE);
        return inbox;
    }

    @Override
    public void hangUp() {
        try {
            if (inbox != null && inbox.isOpen()) {
                inbox.close(true);
            }
            if (store != null) {
                store.close();
            }
        } catch (MessagingException e) {
            LOG.debug("connexion IMAP mal fermée", e);
        }
        inbox = null;
        store = null;
    }

    @Override
    public void close() {
        hangUp();
    }
}
