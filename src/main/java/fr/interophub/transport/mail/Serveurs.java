package fr.interophub.transport.mail;

import fr.interophub.transport.mail.MailSettings.Boite;
import fr.interophub.transport.mail.MailSettings.Securite;
import fr.interophub.transport.mail.MailSettings.Serveur;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.FetchProfile;
import jakarta.mail.Folder;
import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.PasswordAuthentication;
import jakarta.mail.UIDFolder;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import javax.net.ssl.SSLContext;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.component.mail.MailAuthenticator;
import org.apache.camel.component.mail.MailBinding;
import org.apache.camel.component.mail.MailMessage;
import org.apache.camel.component.mail.MailUidGenerator;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.camel.util.ObjectHelper;
import org.springframework.boot.ssl.SslBundles;

/** Our mail servers as Camel addresses them. No secret is in an address: each login is a bean of the registry. */
final class Serveurs {

    private static final String UID = "courrier-uid";
    private static final String BRUT = "courrier-brut";
    private static final String TLS = "courrier-tls";
    private static final int ENSEMBLE = 100;

    private final MailSettings settings;
    private final Jetons jetons;
    private final CamelContext camel;

    /** @param jetons null where passwords are used */
    Serveurs(MailSettings settings, Jetons jetons, SslBundles bundles, CamelContext camel) {
        this.settings = settings;
        this.jetons = jetons;
        this.camel = camel;
        camel.getRegistry().bind(UID, (MailUidGenerator) (endpoint, message) -> {
            try {
                ask(message);
                UIDFolder folder = (UIDFolder) message.getFolder();
                return folder.getUIDValidity() + "-" + folder.getUID(message);
            } catch (MessagingException e) {
                throw new IllegalStateException(e);
            }
        });
        camel.getRegistry().bind(BRUT, new Brut());
        if (!settings.bundle().isBlank()) {
            camel.getRegistry().bind(TLS, new SSLContextParameters() {
                @Override
                public SSLContext createSSLContext(CamelContext any) {
                    return bundles.getBundle(settings.bundle()).createSslContext();
                }
            });
        }
    }

    /**
     * Asks for the ids and the sizes of the hundred mails among which one stands, unless they are known: one journey to the
     * server instead of two hundred.
     */
    private static void ask(Message message) throws MessagingException {
        Folder folder = message.getFolder();
        int first = (message.getMessageNumber() - 1) / ENSEMBLE * ENSEMBLE + 1;
        FetchProfile head = new FetchProfile();
        head.add(UIDFolder.FetchProfileItem.UID);
        head.add(FetchProfile.Item.SIZE);
        folder.fetch(folder.getMessages(first, Math.min(first + ENSEMBLE - 1, folder.getMessageCount())), head);
    }

    /** Something could not be done with a server: where it is our login that it did not take, the next one is a fresh one. */
    void failed(Throwable why) {
        if (jetons != null && ObjectHelper.getException(AuthenticationFailedException.class, why) != null) {
            jetons.refused();
        }
    }

    /** Where we send. */
    String smtp() {
        Serveur smtp = settings.smtp();
        boolean tls = smtp.securite() == Securite.TLS;
        int port = smtp.port() > 0 ? smtp.port() : tls ? 465 : 587;
        return address(
                tls ? "smtps" : "smtp", smtp, port, smtp.utilisateur(), smtp.motDePasse(), new LinkedHashMap<>());
    }

    /**
     * A mailbox to read. Mails come in as they are: none of their headers becomes one of ours, and reading one does not mark it.
     */
    String imap(Boite boite) {
        Serveur imap = settings.imap();
        boolean tls = imap.securite() == Securite.TLS;
        String protocol = tls ? "imaps" : "imap";
        Map<String, String> options = new LinkedHashMap<>();
        options.put("delay", String.valueOf(settings.releve().toMillis()));
        options.put("mapMailMessage", "false");
        options.put("binding", "#" + BRUT);
        options.put("peek", "true");
        options.put("mailUidGenerator", "#" + UID);
        options.put("pollStrategy", "#veilleDesBoites");
        options.put("mail." + protocol + ".fetchsize", String.valueOf(256 * 1024));
        // Where what was taken is moved away, a mail that a person has read is still to be taken.
        options.put("unseen", String.valueOf(settings.traites().isBlank()));
        if (!settings.traites().isBlank()) {
            options.put("moveTo", "RAW(" + settings.traites() + ")");
        }
        return address(
                protocol,
                imap,
                imap.port() > 0 ? imap.port() : tls ? 993 : 143,
                boite.utilisateur(),
                boite.motDePasse(),
                options);
    }

    private String address(
            String protocol, Serveur serveur, int port, String login, String password, Map<String, String> options) {
        if (!login.isBlank()) {
            String bean = "courrier-" + protocol + "-" + login.replaceAll("[^A-Za-z0-9]", "-");
            camel.getRegistry().bind(bean, new Login(login, password));
            options.put("authenticator", "#" + bean);
            if (jetons != null) {
                options.put("mail." + protocol + ".auth.mechanisms", "XOAUTH2");
            }
        }
        options.put("connectionTimeout", String.valueOf(serveur.delai().toMillis()));
        options.put(
                "mail." + protocol + ".writetimeout",
                String.valueOf(serveur.delai().toMillis()));
        if (serveur.securite() == Securite.STARTTLS) {
            options.put("mail." + protocol + ".starttls.enable", "true");
            options.put("mail." + protocol + ".starttls.required", "true");
        }
        if (serveur.securite() != Securite.AUCUNE) {
            options.put("mail." + protocol + ".ssl.checkserveridentity", "true");
            if (!settings.bundle().isBlank()) {
                options.put("sslContextParameters", "#" + TLS);
            }
        }
        return "%s:%s:%d?%s"
                .formatted(
                        protocol,
                        serveur.hote(),
                        port,
                        options.entrySet().stream()
                                .map(option -> option.getKey() + "=" + option.getValue())
                                .collect(Collectors.joining("&")));
    }

    /**
     * A mail as it is, unread. Its headers are its sender's: as headers of ours, {@code delete} or {@code moveTo} would be
     * obeyed. Its content may be long, or faulty.
     */
    private static final class Brut extends MailBinding {

        @Override
        public Object extractBodyFromMail(Exchange exchange, MailMessage mail) {
            return mail.getOriginalMessage();
        }

        @Override
        protected Map<String, Object> extractHeadersFromMail(Message mail, Exchange exchange) {
            return new HashMap<>();
        }
    }

    private final class Login extends MailAuthenticator {

        private final String login;
        private final String password;

        private Login(String login, String password) {
            this.login = login;
            this.password = password;
        }

        @Override
        public PasswordAuthentication getPasswordAuthentication() {
            return new PasswordAuthentication(login, jetons == null ? password : jetons.get());
        }
    }
}
