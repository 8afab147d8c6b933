package fr.interophub.sav;

import fr.interophub.echange.Message;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** {@link Tickets} in memory, for one speaker at a time. */
final class MemoireTickets implements Tickets {

    private final List<Message> emitted = new ArrayList<>();
    private long last;

    @Override
    public void hold(String operateur, Collection<String> references) {}

    @Override
    public long number() {
        return ++last;
    }

    @Override
    public void emit(Message message) {
        emitted.add(message);
    }

    /** What must leave, in order. */
    List<Message> emitted() {
        return emitted;
    }
}
