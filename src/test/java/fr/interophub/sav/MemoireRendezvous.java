package fr.interophub.sav;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/** {@link RendezvousPris} in memory. */
final class MemoireRendezvous implements RendezvousPris {

    private final Map<String, Rendezvous> kept = new TreeMap<>();
    private long number;

    @Override
    public long number() {
        return ++number;
    }

    @Override
    public void add(Rendezvous rendezvous) {
        kept.put(rendezvous.reference(), rendezvous);
    }

    @Override
    public Optional<Rendezvous> findForUpdate(String operateur, String reference) {
        return Optional.ofNullable(kept.get(reference))
                .filter(one -> one.operateur().equals(operateur));
    }

    @Override
    public List<Rendezvous> listLibres(String operateur) {
        return kept.values().stream()
                .filter(one -> one.operateur().equals(operateur) && one.ticket() == null)
                .toList();
    }

    @Override
    public Optional<Rendezvous> findByReservation(UUID reservation) {
        return kept.values().stream()
                .filter(one -> one.reservation().equals(reservation))
                .findFirst();
    }

    @Override
    public void change(Rendezvous rendezvous) {
        add(rendezvous);
    }

    @Override
    public void remove(Rendezvous rendezvous) {
        kept.remove(rendezvous.reference());
    }
}
