package fr.interophub.si;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.Refus;
import fr.interophub.acces.Commandes;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.FileDAttente;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Quarantaines;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.sav.Signalisations;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class SiWiring {

    @Bean
    Decisions decisions(
            Commandes commandes,
            Signalisations signalisations,
            Annuaire annuaire,
            JdbcTemplate jdbc,
            ObjectMapper json,
            Transactions transactions,
            Clock clock) {
        return new Decisions(commandes, signalisations, annuaire, jdbc, json, transactions, clock);
    }

    /**
     * @throws Refus if the mode is not one that this version carries
     */
    @Bean
    Demandes demandes(
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            Catalogue catalogue,
            @Value("${hub.si.mode}") String mode,
            @Value("${hub.si.version}") String version) {
        if (!Demandes.MODES.contains(mode)) {
            throw new Refus(
                    "hub.si.mode=%s n'est pas un mode connu.".formatted(mode),
                    "Donner à hub.si.mode l'un de : %s.".formatted(Demandes.MODES));
        }
        return new Demandes(jdbc, transactions, clock, catalogue, version);
    }

    @Bean
    DemandesEnVol demandesEnVol(
            JdbcTemplate jdbc,
            Demandes demandes,
            Annuaire annuaire,
            Catalogue catalogue,
            Transactions transactions,
            Clock clock,
            @Value("${hub.si.mode}") String mode) {
        return new DemandesEnVol(jdbc, demandes, annuaire, catalogue, transactions, clock, mode);
    }

    @Bean
    DecisionsGarees decisionsGarees(
            Journal journal,
            Quarantaines quarantaines,
            Decisions decisions,
            ObjectMapper json,
            Transactions transactions,
            @Value("${hub.oi.code}") String oi) {
        return new DecisionsGarees(journal, quarantaines, decisions, json, transactions, oi);
    }

    @Bean
    MesuresDuSi mesuresDuSi(Demandes demandes, MeterRegistry meters, Clock clock) {
        return new MesuresDuSi(demandes, meters, clock);
    }

    /**
     * @throws Refus if the SI is to be called and nobody says where, or with what to sign
     */
    @Bean
    Livraisons livraisons(
            @Qualifier("demandesALivrer") FileDAttente file,
            Demandes demandes,
            Alertes alertes,
            Transactions transactions,
            @Value("${hub.si.mode}") String mode,
            @Value("${hub.si.webhook.url}") String url,
            @Value("${hub.si.webhook.secret}") String secret,
            @Value("${hub.si.webhook.essais}") int essais) {
        if (mode.equals(Demandes.WEBHOOK) && (url.isBlank() || secret.isBlank())) {
            throw new Refus(
                    "hub.si.mode=webhook, et le hub ne sait pas où appeler le SI, ou ne peut signer ce qu'il dit.",
                    "Donner à hub.si.webhook.url l'adresse du SI, à hub.si.webhook.secret ce qui signe.");
        }
        return new Livraisons(file, demandes, alertes, transactions, essais);
    }
}
