package fr.interophub.sav;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import fr.interophub.cycle.Cycle;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Moves a ticket along both state tables of the page it was opened under, and keeps what their conditions will ask later.
 * The ticket is a fold of its messages by this one step (decision State-Follows-Journal).
 */
final class Suivi {

    static final String TICKET = "ticket";
    static final String RESOLUTION = "resolution";

    private record Tables(Cycle ticket, Cycle resolution) {}

    private final Catalogue catalogue;
    private final Map<Page, Tables> tables = new ConcurrentHashMap<>();

    Suivi(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * Makes one step, if both tables admit it.
     *
     * @param requalification how many days a closure may be requalified
     * @return false and the ticket has not moved
     */
    boolean advance(Dossier ticket, Dit dit, int requalification, Instant now) {
        Tables both = tables.computeIfAbsent(
                catalogue.page(ticket.protocole(), ticket.version()),
                page -> new Tables(new Cycle(page.cycle(TICKET)), new Cycle(page.cycle(RESOLUTION))));
        ConditionsSav.Vue vue = new ConditionsSav.Vue(ticket, dit, requalification, now);
        Predicate<String> holds = condition -> ConditionsSav.holds(condition, vue);
        Optional<String> etat = both.ticket.advance(ticket.etat(), dit.flux(), null, holds);
        Optional<String> resolution = both.resolution.advance(Faits.resolution(ticket), dit.flux(), null, holds);
        if (etat.isEmpty() || resolution.isEmpty()) {
            return false;
        }
        Faits.note(ticket, dit, etat.get(), resolution.get(), now);
        ticket.tell(Message.said(dit.flux(), null), etat.get(), now);
        return true;
    }
}
