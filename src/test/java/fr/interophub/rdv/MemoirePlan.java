package fr.interophub.rdv;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@link PlanDeCharge} in memory, for tests of the rules; it keeps the same contract as the database. */
public final class MemoirePlan implements PlanDeCharge {

    private record Slot(String zone, Instant debut, Instant fin, int capacite) {}

    private record Echeance(String protocole, Instant le) {}

    private final List<Slot> slots = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();
    private final Map<UUID, Slot> reserved = new HashMap<>();
    private final Map<UUID, Echeance> deadlines = new HashMap<>();

    /** Adds a slot. */
    public void add(String zone, Instant debut, Instant fin, int capacite) {
        slots.add(new Slot(zone, debut, fin, capacite));
    }

    /** Closes a day. */
    public void close(String zone, LocalDate jour) {
        closed.add(zone + jour);
    }

    /** How many places are taken. */
    public int taken() {
        return reserved.size();
    }

    @Override
    public boolean loaded() {
        return !slots.isEmpty();
    }

    @Override
    public void hold(Collection<Souhait> souhaits, Collection<UUID> dossiers) {}

    private Optional<Slot> find(String lieu, Instant date) {
        List<String> zones = PlanDeCharge.zones(lieu);
        return zones.stream().anyMatch(zone -> closed.contains(zone + PlanDeCharge.day(date)))
                ? Optional.empty()
                : slots.stream()
                        .filter(slot -> zones.contains(slot.zone())
                                && !slot.debut().isAfter(date)
                                && slot.fin().isAfter(date))
                        .min(Comparator.comparing((Slot slot) -> zones.indexOf(slot.zone()))
                                .thenComparing(Slot::debut, Comparator.reverseOrder()));
    }

    @Override
    public boolean reserve(UUID dossier, String lieu, Instant date) {
        Slot slot = find(lieu, date).orElse(null);
        if (slot == null) {
            return false;
        }
        long others = reserved.entrySet().stream()
                .filter(one -> !one.getKey().equals(dossier) && one.getValue().equals(slot))
                .count();
        if (others >= slot.capacite() && !slot.equals(reserved.get(dossier))) {
            return false;
        }
        reserved.put(dossier, slot);
        return true;
    }

    @Override
    public void release(UUID dossier) {
        reserved.remove(dossier);
    }

    @Override
    public void expect(String protocole, UUID dossier, Instant le) {
        deadlines.remove(dossier);
        if (le != null) {
            deadlines.put(dossier, new Echeance(protocole, le));
        }
    }

    @Override
    public List<UUID> due(String protocole, Instant now, int max) {
        return deadlines.entrySet().stream()
                .filter(one -> one.getValue().protocole().equals(protocole)
                        && !one.getValue().le().isAfter(now))
                .sorted(Comparator.comparing(one -> one.getValue().le()))
                .map(Map.Entry::getKey)
                .limit(max)
                .toList();
    }

    @Override
    public boolean strike(UUID dossier, Instant now) {
        Echeance known = deadlines.get(dossier);
        if (known == null || known.le().isAfter(now)) {
            return false;
        }
        deadlines.remove(dossier);
        return true;
    }
}
