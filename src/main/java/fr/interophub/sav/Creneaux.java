package fr.interophub.sav;

import java.util.UUID;

/** The slots that appointments in mode AUTO take, in the caller's transaction (spec SAV §d.2 A1, §d.3 G14). */
public interface Creneaux {

    /** How a reservation ends. */
    enum Reservation {
        FAITE,
        /** The slot is not free any more. */
        PRISE,
        /** No such slot was ever given. */
        INCONNUE,
        /** The plan de charge does not answer. */
        PANNE
    }

    /**
     * Takes a slot for a ticket, once and for all others; the slot that the ticket had is given back. When it cannot be
     * taken nothing changes.
     *
     * @param operateur the OC whose ticket it is
     * @param reference the slot that the planning service has given (idOI), or the appointment that it was taken under
     *     (idRendezvous)
     */
    Reservation reserve(String operateur, UUID ticket, String reference);

    /** Gives back the slot that a ticket has, if it has one. */
    void release(UUID ticket);
}
