package fr.interophub.sav;

import fr.interophub.operateur.Operateur;

/** The slots that appointments in mode AUTO take, in the caller's transaction (spec SAV §d.2 A1, §d.3 G14). */
public interface Creneaux {

    /** No plan de charge is loaded: the hub does not judge the slots that are quoted, the SI does. */
    Creneaux SANS_PLAN = new Creneaux() {
        @Override
        public Reservation reserve(Operateur oc, String reference) {
            return Reservation.FAITE;
        }

        @Override
        public void release(Operateur oc, String reference) {}
    };

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
     * Takes a slot for an OC, once and for all others.
     *
     * @param reference the slot that the planning service has given, or the appointment that it was taken under
     */
    Reservation reserve(Operateur oc, String reference);

    /** Gives a slot back; nothing happens if it is not held. */
    void release(Operateur oc, String reference);
}
