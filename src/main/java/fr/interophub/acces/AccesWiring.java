package fr.interophub.acces;

import fr.interophub.Refus;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Compteurs;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Clock;
import org.springframework.beans.factory.ObjectProvider;
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
            Parc parc,
            PlanDeCharge plan,
            Annuaire annuaire,
            Compteurs compteurs,
            Alertes alertes,
            ObjectProvider<Controle> controles,
            Guichet guichet,
            Transactions transactions,
            Clock clock,
            @Value("${hub.oi.code}") String oi,
            @Value("${hub.si.mode}") String siMode,
            @Value("${hub.si.version}") String siVersion) {
        return new Commandes(
                catalogue,
                new Commandes.Voisins(registre, parc, plan, annuaire, compteurs, alertes),
                controles.stream().toList(),
                guichet,
                transactions,
                clock,
                new Commandes.Reglages(oi, siMode, spoken(catalogue, siVersion)));
    }

    /**
     * The version that the SI speaks.
     *
     * @throws Refus if no page is of it
     */
    static String spoken(Catalogue catalogue, String siVersion) {
        if (catalogue.find(Commandes.PROTOCOLE, siVersion).isEmpty()) {
            throw new Refus(
                    "hub.si.version=%s n'est pas une version connue du protocole %s."
                            .formatted(siVersion, Commandes.PROTOCOLE),
                    "Donner à hub.si.version l'une de : %s."
                            .formatted(catalogue.pages().stream()
                                    .filter(page -> page.protocole().equals(Commandes.PROTOCOLE))
                                    .map(Page::version)
                                    .toList()));
        }
        return siVersion;
    }

    @Bean
    Reemission reemission(
            Catalogue catalogue, Annuaire annuaire, Registre registre, Transactions transactions, Clock clock) {
        return new Reemission(catalogue, annuaire, registre, transactions, clock);
    }

    @Bean
    Parcours parcours(Catalogue catalogue) {
        return new Parcours(catalogue);
    }
}
