package fr.interophub.transport.mail;

import fr.interophub.Refus;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What a site decides about mail, {@code hub.mail.*}.
 *
 * @param actif false: no mailbox is read, and what must leave by mail waits
 * @param smtp where we send; without a login it is not asked for one
 * @param imap where our mailboxes are; each has a login of its own
 * @param boites our address per kind, and its mailbox. A kind without address has that of the first that has one; a kind
 *     without login shares another's mailbox
 * @param oauth2 where access tokens are asked for; absent: passwords
 * @param authservId the name under which our own receiving server tells what it has verified of a sender; of the other
 *     {@code Authentication-Results} headers none is believed
 * @param tailleMax the greatest mail that is taken
 * @param releve how often a mailbox is looked at
 * @param traites the folder where mails that were taken go; absent: they stay, marked as read
 * @param bundle the certificates that our mail servers are checked with ({@code spring.ssl.bundle.*}); empty: those of the JVM
 */
@ConfigurationProperties("hub.mail")
record MailSettings(
        @DefaultValue("false") boolean actif,
        @DefaultValue Serveur smtp,
        @DefaultValue Serveur imap,
        Map<Genre, Boite> boites,
        OAuth2 oauth2,
        @DefaultValue("") String authservId,
        @DefaultValue("25MB") DataSize tailleMax,
        @DefaultValue("30s") Duration releve,
        @DefaultValue("") String traites,
        @DefaultValue("") String bundle) {

    /** How a connection is protected: from its first byte, by STARTTLS which is then required, or not at all. */
    enum Securite {
        TLS,
        STARTTLS,
        AUCUNE
    }

    /**
     * A mail server.
     *
     * @param port 0: the usual one (465 or 587, 993 or 143)
     * @param delai how long a connection, or an answer, is waited for
     */
    record Serveur(
            @DefaultValue("") String hote,
            @DefaultValue("0") int port,
            @DefaultValue("TLS") Securite securite,
            @DefaultValue("") String utilisateur,
            @DefaultValue("") String motDePasse,
            @DefaultValue("30s") Duration delai) {}

    /** One of our addresses, and the login of its mailbox. */
    record Boite(
            @DefaultValue("") String adresse,
            @DefaultValue("") String utilisateur,
            @DefaultValue("") String motDePasse) {}

    /**
     * An authorization server that gives access tokens to a client, or in exchange for a refresh token.
     *
     * @param rafraichissement the refresh token; empty: the client's own credentials
     */
    record OAuth2(
            URI url,
            String client,
            String secret,
            @DefaultValue("") String portee,
            @DefaultValue("") String rafraichissement) {}

    MailSettings {
        boites = boites == null ? Map.of() : Map.copyOf(boites);
        if (actif
                && (smtp.hote().isBlank()
                        || imap.hote().isBlank()
                        || addresses(boites).isEmpty())) {
            throw new Refus(
                    "hub.mail.actif est vrai, et il manque un serveur ou une adresse.",
                    "Donner hub.mail.smtp.hote, hub.mail.imap.hote et hub.mail.boites.sav.adresse, ou retirer hub.mail.actif.");
        }
    }

    private static List<String> addresses(Map<Genre, Boite> boites) {
        return Arrays.stream(Genre.values())
                .map(boites::get)
                .filter(Objects::nonNull)
                .map(Boite::adresse)
                .filter(address -> !address.isBlank())
                .toList();
    }

    /** Our address for a kind of exchange. */
    String adresse(Genre genre) {
        return Optional.ofNullable(boites.get(genre))
                .map(Boite::adresse)
                .filter(address -> !address.isBlank())
                .orElseGet(() -> addresses(boites).get(0));
    }

    /** Is this one of our own addresses? */
    boolean ours(String adresse) {
        return addresses(boites).stream().anyMatch(adresse::equalsIgnoreCase);
    }

    /** Is one of our addresses in this domain? */
    boolean oursIn(String domaine) {
        return addresses(boites).stream()
                .anyMatch(address -> address.substring(address.indexOf('@') + 1).equalsIgnoreCase(domaine));
    }

    /** The mailboxes to read, each once. */
    List<Boite> comptes() {
        Map<String, Boite> once = new TreeMap<>();
        boites.values().forEach(boite -> once.putIfAbsent(boite.utilisateur(), boite));
        once.remove("");
        return List.copyOf(once.values());
    }
}
