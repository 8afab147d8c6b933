package fr.interophub.transport.mail;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Emission;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Quarantaines;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The verbs of the mail routes, and a pick-up route for each mailbox. */
@Configuration
@EnableConfigurationProperties(MailSettings.class)
class MailWiring {

    @Bean
    Courriels courriels(JdbcTemplate jdbc, Clock clock) {
        return new Courriels(jdbc, clock);
    }

    @Bean
    Courrier courrier(
            Annuaire annuaire,
            Catalogue catalogue,
            Journal journal,
            Guichet guichet,
            Quarantaines quarantaines,
            Courriels courriels,
            Alertes alertes,
            Transactions transactions,
            MailSettings settings,
            @Value("${hub.oi.code}") String oi,
            @Value("${hub.data}") Path data)
            throws IOException {
        return new Courrier(
                annuaire,
                catalogue,
                journal,
                guichet,
                quarantaines,
                courriels,
                alertes,
                transactions,
                settings,
                oi,
                data.resolve("courrier"));
    }

    @Bean
    Serveurs serveurs(MailSettings settings, SslBundles bundles, CamelContext camel, Clock clock) {
        return new Serveurs(
                settings, settings.oauth2() == null ? null : new Jetons(settings.oauth2(), clock), bundles, camel);
    }

    @Bean
    Expedition expedition(
            Annuaire annuaire,
            Catalogue catalogue,
            Emission emission,
            Courriels courriels,
            Alertes alertes,
            MailSettings settings,
            Serveurs serveurs,
            Clock clock) {
        return new Expedition(annuaire, catalogue, emission, courriels, alertes, settings, serveurs, clock);
    }

    @Bean
    VeilleDesBoites veilleDesBoites(Alertes alertes, Serveurs serveurs) {
        return new VeilleDesBoites(alertes, serveurs);
    }

    @Bean
    CamelContextConfiguration boitesAuxLettres(MailSettings settings, Serveurs serveurs) {
        return new CamelContextConfiguration() {
            @Override
            public void beforeApplicationStart(CamelContext camel) {}

            @Override
            public void afterApplicationStart(CamelContext camel) {
                if (settings.actif()) {
                    settings.comptes()
                            .forEach(boite -> TemplatedRouteBuilder.builder(camel, "courrier")
                                    .routeId("courrier-" + boite.utilisateur())
                                    .parameter("boite", boite.utilisateur())
                                    .parameter("adresse", serveurs.imap(boite))
                                    .add());
                }
            }
        };
    }
}
