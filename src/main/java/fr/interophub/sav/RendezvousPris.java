package fr.interophub.sav;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The appointments taken by the planning service, in the caller's transaction. */
interface RendezvousPris {

    /** A number that was never given. */
    long number();

    void add(Rendezvous rendezvous);

    /** Holds the appointment of an OC until the end of the transaction. */
    Optional<Rendezvous> findForUpdate(String operateur, String reference);

    /** Those of an OC that no ticket has quoted, the oldest first. */
    List<Rendezvous> listLibres(String operateur);

    /** The one that has this reservation. */
    Optional<Rendezvous> findByReservation(UUID reservation);

    /** Keeps its reservation and its ticket. */
    void change(Rendezvous rendezvous);

    void remove(Rendezvous rendezvous);
}
