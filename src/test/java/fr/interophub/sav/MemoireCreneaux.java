package fr.interophub.sav;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@link Creneaux} in memory: each slot has one place. */
public final class MemoireCreneaux implements Creneaux {

    private final Map<String, Optional<UUID>> slots = new HashMap<>();
    private boolean down;

    /** Someone who is no ticket of ours. */
    private static final UUID AUTRE = new UUID(0, 0);

    public void offer(String reference) {
        slots.put(reference, Optional.empty());
    }

    public void take(String reference) {
        slots.put(reference, Optional.of(AUTRE));
    }

    public void down(boolean now) {
        down = now;
    }

    public boolean free(String reference) {
        return slots.get(reference).isEmpty();
    }

    @Override
    public synchronized Reservation reserve(String operateur, UUID ticket, String reference) {
        Optional<UUID> holder = slots.get(reference);
        if (down) {
            return Reservation.PANNE;
        }
        if (holder == null) {
            return Reservation.INCONNUE;
        }
        if (holder.isPresent() && !holder.get().equals(ticket)) {
            return Reservation.PRISE;
        }
        release(ticket);
        slots.put(reference, Optional.of(ticket));
        return Reservation.FAITE;
    }

    @Override
    public synchronized void release(UUID ticket) {
        slots.replaceAll((reference, holder) -> holder.equals(Optional.of(ticket)) ? Optional.empty() : holder);
    }
}
