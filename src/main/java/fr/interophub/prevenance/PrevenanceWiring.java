package fr.interophub.prevenance;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.parc.Parc;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class PrevenanceWiring {

    @Bean
    Prevenances prevenances(
            Catalogue catalogue,
            Registre registre,
            Parc parc,
            Annuaire annuaire,
            Alertes alertes,
            JdbcTemplate jdbc,
            Guichet guichet,
            Transactions transactions,
            Clock clock,
            @Value("${hub.si.mode}") String siMode,
            @Value("${hub.prevenance.accuse}") Duration attente) {
        return new Prevenances(
                catalogue,
                new Prevenances.Voisins(registre, parc, annuaire, alertes),
                new JdbcAnnonces(jdbc),
                guichet,
                transactions,
                clock,
                new Prevenances.Reglages(siMode, attente));
    }
}
