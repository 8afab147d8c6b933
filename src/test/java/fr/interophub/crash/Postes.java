package fr.interophub.crash;

import com.icegreen.greenmail.imap.ImapHostManager;
import com.icegreen.greenmail.store.FolderException;
import com.icegreen.greenmail.store.MailFolder;
import com.icegreen.greenmail.store.StoredMessage;
import com.icegreen.greenmail.user.GreenMailUser;
import com.icegreen.greenmail.util.ServerSetup;
import fr.interophub.bacasable.BureauDePoste;
import jakarta.activation.DataHandler;
import jakarta.mail.BodyPart;
import jakarta.mail.Flags;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.UUID;

/** A mail server with the mailboxes of the OI and of OCs, and what is done at them. Its data are in memory. */
public final class Postes implements AutoCloseable {

    public static final String SAV = "sav@oi.test";
    public static final String ACCES = "acces@oi.test";
    public static final String OCXC = "ocxc@oc.test";
    public static final String SECRET = "demo-oi";

    private static final Session SESSION = Session.getInstance(new Properties());

    private final BureauDePoste server;
    private final String smtp;
    private final String imap;

    public Postes() {
        this(ServerSetup.PROTOCOL_SMTP, ServerSetup.PROTOCOL_IMAP);
    }

    private Postes(String smtp, String imap) {
        this.smtp = smtp;
        this.imap = imap;
        server = new BureauDePoste(new ServerSetup(0, "127.0.0.1", smtp), new ServerSetup(0, "127.0.0.1", imap));
        for (String address : List.of(SAV, ACCES, OCXC)) {
            server.setUser(address, address, SECRET);
        }
        server.start();
    }

    /** The same, behind TLS. */
    public static Postes tls() {
        return new Postes(ServerSetup.PROTOCOL_SMTPS, ServerSetup.PROTOCOL_IMAPS);
    }

    public int smtp() {
        return server.port(smtp);
    }

    public int imap() {
        return server.port(imap);
    }

    /** What a hub is told of this server. */
    public String[] properties() {
        return properties(smtp(), imap());
    }

    /** The same, where its ports are behind others. */
    public String[] properties(int smtp, int imap) {
        return new String[] {
            "--hub.mail.actif=true",
            "--hub.mail.smtp.port=" + smtp,
            "--hub.mail.imap.port=" + imap,
            "--hub.mail.smtp.delai=5s",
            "--hub.mail.imap.delai=5s",
            "--hub.mail.releve=100ms"
        };
    }

    /** A mail in the making: its head, then its parts. */
    public static final class Mail {
        private final StringBuilder head = new StringBuilder();
        private final MimeMultipart parts = new MimeMultipart();
        private String id = "<" + UUID.randomUUID() + "@oc.test>";
        private String from = OCXC;
        private String subject = "des fichiers";

        public Mail from(String address) {
            from = address;
            return this;
        }

        public Mail id(String own) {
            id = own;
            return this;
        }

        public String id() {
            return id;
        }

        public Mail subject(String text) {
            subject = text;
            return this;
        }

        public Mail header(String name, String value) {
            head.append(name).append(": ").append(value).append("\r\n");
            return this;
        }

        public Mail file(String name, byte[] bytes) {
            return part("text/csv; charset=utf-8", "attachment; filename=\"" + name + "\"", bytes);
        }

        /** A part with the heads it is given. */
        public Mail part(String type, String disposition, byte[] bytes) {
            try {
                MimeBodyPart part = new MimeBodyPart();
                part.setDataHandler(new DataHandler(new ByteArrayDataSource(bytes, "application/octet-stream")));
                part.setHeader("Content-Type", type);
                if (disposition != null) {
                    part.setHeader("Content-Disposition", disposition);
                }
                part.setHeader("Content-Transfer-Encoding", "base64");
                parts.addBodyPart(part);
                return this;
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        }

        /** Its bytes. */
        public byte[] bytes() {
            try {
                if (parts.getCount() == 0) {
                    part("text/plain", null, "bonjour".getBytes(StandardCharsets.UTF_8));
                }
                MimeMessage body = new MimeMessage(SESSION);
                body.setContent(parts);
                body.saveChanges();
                String top = head
                        + (id == null ? "" : "Message-ID: " + id + "\r\n")
                        + (from == null ? "" : "From: " + from + "\r\n")
                        + "To: " + SAV + "\r\nSubject: " + subject + "\r\n";
                ByteArrayOutputStream out = new ByteArrayOutputStream();
                out.write(top.getBytes(StandardCharsets.UTF_8));
                body.writeTo(out, new String[] {"Message-ID"});
                return out.toByteArray();
            } catch (MessagingException | IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Puts a mail into a mailbox as it is. */
    public void deliver(String address, byte[] mail) {
        try {
            user(address).deliver(new MimeMessage(SESSION, new ByteArrayInputStream(mail)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    public void deliver(String address, Mail mail) {
        deliver(address, mail.bytes());
    }

    private GreenMailUser user(String address) {
        return server.getUserManager().getUserByEmail(address);
    }

    private MailFolder inbox(String address) {
        ImapHostManager host = server.getManagers().getImapHostManager();
        try {
            return host.getInbox(user(address));
        } catch (FolderException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a mailbox holds, oldest first. */
    public List<MimeMessage> received(String address) {
        List<MimeMessage> mails = new ArrayList<>();
        for (StoredMessage stored : List.copyOf(inbox(address).getMessages())) {
            mails.add(stored.getMimeMessage());
        }
        return mails;
    }

    /** How many mails another folder of a mailbox holds; none where there is no such folder. */
    public int held(String address, String folder) {
        MailFolder found = server.getManagers().getImapHostManager().getFolder(user(address), folder);
        return found == null ? 0 : found.getMessageCount();
    }

    /** How many mails of a mailbox nobody has read. */
    public long unread(String address) {
        return List.copyOf(inbox(address).getMessages()).stream()
                .filter(stored -> !stored.getFlags().contains(Flags.Flag.SEEN))
                .count();
    }

    /** Opens a mailbox, if there is none. */
    public void open(String address) {
        server.setUser(address, address, SECRET);
    }

    /** The file that a mail of the hub carries. */
    public static String attached(Message mail) {
        return new String(fileBytes(mail), StandardCharsets.UTF_8);
    }

    public static byte[] fileBytes(Message mail) {
        try {
            return file(mail).getInputStream().readAllBytes();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String fileName(Message mail) {
        try {
            return file(mail).getFileName();
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BodyPart file(Message mail) throws MessagingException {
        try {
            return ((Multipart) mail.getContent()).getBodyPart(1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static String header(Message mail, String name) {
        try {
            String[] values = mail.getHeader(name);
            return values == null ? null : values[0];
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop();
    }
}
