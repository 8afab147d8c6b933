package fr.interophub.sav;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Clock;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

/** The parts of this room. */
@Configuration
class SavWiring {

    @Bean
    Signalisations signalisations(
            Catalogue catalogue,
            Registre registre,
            Parc parc,
            JdbcTemplate jdbc,
            PlanDeCharge plan,
            Annuaire annuaire,
            Alertes alertes,
            Clock clock,
            @Value("${hub.oi.code}") String oi,
            @Value("${hub.oi.siren}") String siren,
            @Value("${hub.si.mode}") String siMode) {
        return new Signalisations(
                catalogue,
                new Signalisations.Voisins(
                        registre,
                        parc,
                        new JdbcTickets(jdbc),
                        new CreneauxDuPlan(plan, new JdbcRendezvousPris(jdbc)),
                        annuaire,
                        alertes),
                clock,
                new Signalisations.Reglages(oi, siren, siMode));
    }

    @Bean
    ReceptionSav receptionSav(
            Signalisations signalisations,
            Registre registre,
            Alertes alertes,
            Guichet guichet,
            Transactions transactions,
            Clock clock) {
        return new ReceptionSav(signalisations, registre, alertes, guichet, transactions, clock);
    }

    @Bean
    Parcours parcoursSav(Catalogue catalogue) {
        return new Parcours(catalogue);
    }

    @Bean
    ServicePlanDeCharge servicePlanDeCharge(
            Catalogue catalogue,
            PlanDeCharge plan,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            @Value("${hub.oi.code}") String oi,
            @Value("${hub.oi.siren}") String siren,
            @Value("${hub.rdv.reservation}") Duration attente) {
        return new ServicePlanDeCharge(
                catalogue,
                plan,
                new JdbcRendezvousPris(jdbc),
                transactions,
                clock,
                new ServicePlanDeCharge.Reglages(oi, siren, attente));
    }
}
