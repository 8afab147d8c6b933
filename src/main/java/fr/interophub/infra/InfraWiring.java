package fr.interophub.infra;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Bulk;
import fr.interophub.echange.Compteurs;
import fr.interophub.echange.Transactions;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class InfraWiring {

    @Bean
    Chargements chargements(Catalogue catalogue, JdbcTemplate jdbc, Bulk bulk, Transactions transactions) {
        return new JdbcChargements(catalogue, jdbc, bulk, transactions);
    }

    @Bean
    Referentiel referentiel(
            JdbcTemplate jdbc, Bulk bulk, Compteurs compteurs, Clock clock, @Value("${hub.oi.code}") String oi) {
        return new Referentiel(new JdbcReseau(jdbc, bulk), compteurs, clock, oi);
    }
}
