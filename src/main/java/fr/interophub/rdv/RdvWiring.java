package fr.interophub.rdv;

import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The parts of this room. */
@Configuration
@EnableConfigurationProperties(Calendrier.class)
class RdvWiring {

    @Bean
    PlanDeCharge planDeCharge(JdbcTemplate jdbc, Calendrier calendrier) {
        return new JdbcPlanDeCharge(jdbc, calendrier.actif());
    }

    @Bean
    Chargement chargement(JdbcTemplate jdbc) {
        return new Chargement(jdbc);
    }

    @Bean
    Agenda agenda(Calendrier calendrier, JdbcTemplate jdbc, PlatformTransactionManager manager, Clock clock) {
        return new Agenda(calendrier, jdbc, new TransactionTemplate(manager), clock);
    }
}
