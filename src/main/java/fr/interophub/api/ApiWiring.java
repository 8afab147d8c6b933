package fr.interophub.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.acces.Commandes;
import fr.interophub.acces.Reemission;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Notifications;
import fr.interophub.echange.Quarantaines;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Coffre;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.sav.ReceptionSav;
import fr.interophub.sav.Signalisations;
import fr.interophub.si.DecisionsGarees;
import fr.interophub.si.DemandesEnVol;
import fr.interophub.suivi.JdbcAlertes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.MessageSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.ResourceBundleMessageSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.web.servlet.LocaleResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** The parts of this room. */
@Configuration
class ApiWiring {

    /** The texts of screens and problems, in French unless English is asked for, whatever the machine's language. */
    @Bean
    static MessageSource messageSource() {
        ResourceBundleMessageSource messages = new ResourceBundleMessageSource();
        messages.setBasename("messages");
        messages.setDefaultEncoding(StandardCharsets.UTF_8.name());
        messages.setFallbackToSystemLocale(false);
        messages.setDefaultLocale(Locale.FRENCH);
        // An apostrophe is an apostrophe, in texts with arguments and in texts without.
        messages.setAlwaysUseMessageFormat(true);
        return messages;
    }

    @Bean
    Langue localeResolver() {
        return new Langue();
    }

    @Bean
    WebMvcConfigurer languageOfThePages(Langue langue) {
        return new WebMvcConfigurer() {
            @Override
            public void addInterceptors(InterceptorRegistry registry) {
                registry.addInterceptor(langue);
            }
        };
    }

    @Bean
    Problemes problemes(MessageSource messages, LocaleResolver langues, ObjectMapper json) {
        return new Problemes(messages, langues, json);
    }

    @Bean
    TrousseauDeCles trousseauDeCles(
            Annuaire annuaire, @Value("${hub.cles.oi:}") String oi, @Value("${hub.cles.si:}") String si) {
        return new TrousseauDeCles(annuaire, oi, si);
    }

    @Bean
    Propriete propriete(JdbcTemplate jdbc) {
        return new Propriete(jdbc);
    }

    @Bean
    Dossiers dossiers(JdbcTemplate jdbc, Annuaire annuaire, Catalogue catalogue, ObjectMapper json) {
        return new Dossiers(jdbc, annuaire, catalogue, json);
    }

    @Bean
    EntreesQuarantaine entreesQuarantaine(JdbcTemplate jdbc, Annuaire annuaire, @Value("${hub.oi.code}") String oi) {
        return new EntreesQuarantaine(jdbc, annuaire, oi);
    }

    @Bean
    SuiviPrevenances suiviPrevenances(JdbcTemplate jdbc) {
        return new SuiviPrevenances(jdbc);
    }

    @Bean
    Nouvelles nouvelles(JdbcTemplate jdbc) {
        return new Nouvelles(jdbc);
    }

    @Bean
    Contenus contenus(JdbcTemplate jdbc, Journal journal) {
        return new Contenus(jdbc, journal);
    }

    @Bean
    Gestes gestes(
            Quarantaines quarantaines,
            Guichet guichet,
            Commandes commandes,
            Reemission reemission,
            Notifications notifications,
            Signalisations signalisations,
            Prevenances prevenances,
            ReceptionSav receptionSav,
            DecisionsGarees decisionsGarees,
            DemandesEnVol enVol,
            JdbcAlertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock) {
        return new Gestes(
                quarantaines,
                guichet,
                commandes,
                reemission,
                notifications,
                signalisations,
                prevenances,
                receptionSav,
                decisionsGarees,
                enVol,
                alertes,
                jdbc,
                transactions,
                clock);
    }

    @Bean
    Fiches fiches(
            Annuaire annuaire,
            Catalogue catalogue,
            TrousseauDeCles trousseau,
            PasswordEncoder encoder,
            Coffre coffre,
            Gestes gestes,
            Transactions transactions,
            ObjectMapper json) {
        return new Fiches(annuaire, catalogue, trousseau, encoder, coffre, gestes, transactions, json);
    }

    /** What the folder holds is in the directory before any door opens. */
    @Bean(initMethod = "look")
    FichesEnDossier fichesEnDossier(
            @Value("${hub.fiches.dossier}") Path dossier,
            Fiches fiches,
            Problemes problemes,
            JdbcAlertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions) {
        return new FichesEnDossier(dossier, fiches, problemes, alertes, jdbc, transactions);
    }
}
