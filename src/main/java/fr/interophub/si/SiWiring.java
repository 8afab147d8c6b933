package fr.interophub.si;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.acces.Commandes;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class SiWiring {

    @Bean
    Decisions decisions(
            Commandes commandes,
            Annuaire annuaire,
            JdbcTemplate jdbc,
            ObjectMapper json,
            Transactions transactions,
            Clock clock) {
        return new Decisions(commandes, annuaire, jdbc, json, transactions, clock);
    }

    @Bean
    Demandes demandes(JdbcTemplate jdbc, Transactions transactions, Clock clock) {
        return new Demandes(jdbc, transactions, clock);
    }
}
