package fr.interophub.bacasable;

import com.icegreen.greenmail.util.ServerSetup;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * The mail server of the demo, in memory: the mailboxes of the hub and of the OCs that live by mail. It comes before anyone
 * reads a mailbox, with the bac à sable that plays against its own hub, where that hub exchanges mail on this machine.
 */
@Component
@ConditionalOnExpression(
        "${hub.bacasable.actif:false} and ${hub.mail.actif:false} and '${hub.bacasable.url:}'.isEmpty()")
class ServeurDeCourriel implements DisposableBean {

    private static final Logger LOG = LoggerFactory.getLogger(ServeurDeCourriel.class);
    private static final String HOTE = "127.0.0.1";

    /** A mailbox of the hub, as its own settings name it. */
    record Boite(String adresse, String utilisateur, String motDePasse) {}

    private final BureauDePoste server;
    private final Portes.Courrier porte;

    ServeurDeCourriel(Environment environment, BacASableProperties properties) {
        int smtp = environment.getRequiredProperty("hub.mail.smtp.port", Integer.class);
        int imap = environment.getRequiredProperty("hub.mail.imap.port", Integer.class);
        Map<String, Boite> boites = Binder.get(environment)
                .bind("hub.mail.boites", Bindable.mapOf(String.class, Boite.class))
                .orElse(Map.of());
        server = new BureauDePoste(
                new ServerSetup(smtp, HOTE, ServerSetup.PROTOCOL_SMTP),
                new ServerSetup(imap, HOTE, ServerSetup.PROTOCOL_IMAP));
        boites.values().forEach(boite -> server.setUser(boite.adresse(), boite.utilisateur(), boite.motDePasse()));
        properties.oc().values().stream()
                .filter(oc -> oc.courriel() != null)
                .forEach(oc -> server.setUser(oc.courriel(), oc.courriel(), oc.motDePasse()));
        server.start();
        Boite sav = boites.get("sav");
        porte = new Portes.Courrier(
                HOTE, smtp, imap, boites.getOrDefault("acces", sav).adresse(), sav.adresse());
        LOG.info("bac à sable : serveur de courriel, SMTP {}, IMAP {}", smtp, imap);
    }

    Portes.Courrier porte() {
        return porte;
    }

    @Override
    public void destroy() {
        server.stop();
    }
}
