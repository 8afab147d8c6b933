package fr.interophub.acces;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of this room. */
@Configuration
class AccesWiring {

    @Bean
    Commandes commandes(
            Catalogue catalogue,
            Registre registre,
            Guichet guichet,
            Alertes alertes,
            Transactions transactions,
            Clock clock,
            @Value("${hub.si.mode}") String siMode) {
        return new Commandes(catalogue, registre, guichet, alertes, transactions, clock, siMode);
    }

    @Bean
    Reemission reemission(
            Catalogue catalogue, Annuaire annuaire, Registre registre, Transactions transactions, Clock clock) {
        return new Reemission(catalogue, annuaire, registre, transactions, clock);
    }
}
