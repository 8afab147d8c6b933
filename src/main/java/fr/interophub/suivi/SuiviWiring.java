package fr.interophub.suivi;

import fr.interophub.echange.Transactions;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class SuiviWiring {

    @Bean
    JdbcAlertes alertes(JdbcTemplate jdbc, Transactions transactions, Clock clock) {
        return new JdbcAlertes(jdbc, transactions, clock);
    }
}
