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

    private record Slot(Creneau creneau, int capacite) {
        private String zone() {
            return creneau.zone();
        }

        private Instant debut() {
            return creneau.debut();
        }
    }

    private record Echeance(String protocole, Instant le) {}

    private final List<Slot> slots = new ArrayList<>();
    private final Set<String> closed = new HashSet<>();
    private final Map<UUID, Slot> reserved = new HashMap<>();
    private final Map<UUID, Echeance> deadlines = new HashMap<>();

    /** Adds a slot. */
    public void add(String zone, Instant debut, Instant fin, int capacite) {
        slots.add(new Slot(new Creneau(zone, debut, fin), capacite));
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
                                && slot.creneau().fin().isAfter(date))
                        .min(Comparator.comparing(Slot::creneau, PlanDeCharge.precise(zones)));
    }

    @Override
    public boolean reserve(UUID dossier, String lieu, Instant date) {
        Slot slot = find(lieu, date).orElse(null);
        if (slot == null) {
            return false;
        }
        if (!free(slot) && !slot.equals(reserved.get(dossier))) {
            return false;
        }
        reserved.put(dossier, slot);
        return true;
    }

    @Override
    public void release(UUID dossier) {
        reserved.remove(dossier);
    }

    private boolean free(Slot slot) {
        return reserved.values().stream().filter(slot::equals).count() < slot.capacite();
    }

    @Override
    public void hand(UUID dossier, UUID other) {
        release(other);
        Optional.ofNullable(reserved.remove(dossier)).ifPresent(slot -> reserved.put(other, slot));
    }

    @Override
    public Optional<Creneau> reserved(UUID dossier) {
        return Optional.ofNullable(reserved.get(dossier)).map(Slot::creneau);
    }

    @Override
    public List<Creneau> listFree(String lieu, Instant de, Instant a, int max) {
        return slots.stream()
                .filter(slot -> !slot.debut().isBefore(de) && slot.debut().isBefore(a))
                .filter(slot -> free(slot)
                        && find(lieu, slot.debut()).filter(slot::equals).isPresent())
                .map(Slot::creneau)
                .sorted(Comparator.comparing(Creneau::debut))
                .limit(max)
                .toList();
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
