package fr.interophub.sav;

import fr.interophub.echange.Message;
import java.util.Collection;

/** What the room asks of the store beside the register of dossiers; always inside the caller's transaction. */
interface Tickets {

    /** Holds what a new ticket is about until the end of the transaction, in an order that everyone follows. */
    void hold(String operateur, Collection<String> references);

    /** A number that is never given twice. */
    long number();

    /** Queues a message for the OC's own service; what is said of one ticket leaves in this order. */
    void emit(Message message);
}
