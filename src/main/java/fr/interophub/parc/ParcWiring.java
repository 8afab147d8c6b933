package fr.interophub.parc;

import fr.interophub.operateur.Annuaire;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class ParcWiring {

    @Bean
    Parc parc(JdbcTemplate jdbc, Clock clock) {
        return new JdbcParc(jdbc, clock);
    }

    @Bean
    Declarations declarations(Parc parc, Annuaire annuaire) {
        return new Declarations(parc, annuaire);
    }
}
