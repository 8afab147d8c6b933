package fr.interophub.operateur;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class OperateurWiring {

    @Bean
    Annuaire annuaire(JdbcTemplate jdbc, ObjectMapper json, Clock clock) {
        JdbcAnnuaire annuaire = new JdbcAnnuaire(jdbc, json, clock);
        annuaire.refresh();
        return annuaire;
    }
}
