package fr.interophub.sav;

import java.util.Map;
import java.util.UUID;

/**
 * An appointment that an OC has taken by the planning service (spec SAV §a.11).
 *
 * @param reference its idRendezvous
 * @param reservation whose slot on the plan de charge it is: its own until a ticket quotes it, then the ticket's
 * @param ticket the ticket that has quoted it; null while none has
 * @param champs what the OC said when it took it
 */
record Rendezvous(String reference, String operateur, UUID reservation, UUID ticket, Map<String, String> champs) {

    /** Has a ticket quoted it, since it was taken or moved last? */
    boolean confirme() {
        return reservation.equals(ticket);
    }

    /** The same, once a ticket has quoted it. */
    Rendezvous confirme(UUID by) {
        return new Rendezvous(reference, operateur, by, by, champs);
    }

    /** The same on another slot, which the ticket, if it has one, has still to quote. */
    Rendezvous moved(UUID reservation) {
        return new Rendezvous(reference, operateur, reservation, ticket, champs);
    }
}
