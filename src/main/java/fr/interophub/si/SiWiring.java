package fr.interophub.si;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.Refus;
import fr.interophub.acces.Commandes;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Transactions;
import fr.interophub.infra.Referentiel;
import fr.interophub.operateur.Annuaire;
import fr.interophub.sav.Signalisations;
import java.time.Clock;
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
            Referentiel referentiel,
            Annuaire annuaire,
            JdbcTemplate jdbc,
            ObjectMapper json,
            Transactions transactions,
            Clock clock) {
        return new Decisions(commandes, signalisations, referentiel, annuaire, jdbc, json, transactions, clock);
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
    ADecider aDecider(JdbcTemplate jdbc) {
        return new ADecider(jdbc);
    }

    @Bean
    Integre integre(
            Demandes demandes,
            Decisions decisions,
            ADecider aDecider,
            Referentiel referentiel,
            Annuaire annuaire,
            Transactions transactions) {
        return new Integre(demandes, decisions, aDecider, referentiel, annuaire, transactions);
    }
}
