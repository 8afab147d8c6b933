package fr.interophub.transport;

import fr.interophub.acces.Commandes;
import fr.interophub.echange.Composition;
import fr.interophub.echange.Emission;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.echange.Guichet;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.sav.ServicePlanDeCharge;
import fr.interophub.si.Demandes;
import fr.interophub.si.Integre;
import java.util.Optional;
import org.apache.camel.Exchange;

/**
 * The relays' side of the queues: takes the next piece of work and tells the scheduler whether there was any, so that it
 * comes back at once while work is waiting and rests when there is none.
 */
public final class Travaux {

    private static final int DEMANDES = 200;

    private final Guichet guichet;
    private final Emission emission;
    private final Composition composition;
    private final Demandes demandes;
    private final Integre integre;
    private final Commandes commandes;
    private final ServicePlanDeCharge planDeCharge;
    private final Prevenances prevenances;

    Travaux(
            Guichet guichet,
            Emission emission,
            Composition composition,
            Demandes demandes,
            Integre integre,
            Commandes commandes,
            ServicePlanDeCharge planDeCharge,
            Prevenances prevenances) {
        this.guichet = guichet;
        this.emission = emission;
        this.composition = composition;
        this.demandes = demandes;
        this.integre = integre;
        this.commandes = commandes;
        this.planDeCharge = planDeCharge;
        this.prevenances = prevenances;
    }

    public Prise nextReceived(Exchange exchange) {
        return found(exchange, guichet.next());
    }

    public Emission.Depart nextToEmit(Exchange exchange) {
        return found(exchange, emission.next());
    }

    public void compose(Exchange exchange) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, composition.compose() > 0);
    }

    public void number(Exchange exchange) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, demandes.number() > 0);
    }

    public void answer(Exchange exchange) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, integre.answer() > 0);
    }

    public void lapse(Exchange exchange) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, commandes.lapse() > 0);
    }

    public void lapseReservations(Exchange exchange) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, planDeCharge.lapse() > 0);
    }

    public void remind(Exchange exchange) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, prevenances.remind() > 0);
    }

    public Demandes.Publication nextToPublish(Exchange exchange) {
        return found(exchange, demandes.nextToPublish(DEMANDES));
    }

    private static <T> T found(Exchange exchange, Optional<T> work) {
        exchange.setProperty(Exchange.SCHEDULER_POLLED_MESSAGES, work.isPresent());
        return work.orElse(null);
    }
}
