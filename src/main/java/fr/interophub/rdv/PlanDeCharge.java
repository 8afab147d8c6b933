package fr.interophub.rdv;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The slots of the OI's technicians, taken and given back inside the caller's transaction, and the deadlines of
 * appointments. An appointment is known by its dossier, which the caller holds.
 *
 * <p>Whoever takes or gives back slots first holds all those it may touch ({@link #hold}), after its dossiers: two
 * transactions never wait for each other, and the last place of a slot is taken once.
 */
public interface PlanDeCharge {

    /** The time of the places that are gone to. */
    ZoneId PARIS = ZoneId.of("Europe/Paris");

    /** The zone of every place. */
    String PARTOUT = "*";

    /**
     * What someone asks for.
     *
     * @param lieu the INSEE code of the place
     * @param dates the moments proposed, the best first
     */
    record Souhait(String lieu, List<Instant> dates) {}

    /** One slot of one zone. */
    record Creneau(String zone, Instant debut, Instant fin) {}

    /** Is there a plan at all? While there is none, appointments are the SI's. */
    boolean loaded();

    /** Holds until the end of the transaction every slot that these wishes may take and that these dossiers have. */
    void hold(Collection<Souhait> souhaits, Collection<UUID> dossiers);

    /**
     * Takes a place in the slot that a moment falls into, in the most precise zone of the place that has one; the slot that
     * the dossier had is given back. No slot, a closed day or no place left: false, and nothing changes.
     */
    boolean reserve(UUID dossier, String lieu, Instant date);

    /** Gives back the slot that a dossier has, if it has one. */
    void release(UUID dossier);

    /** Gives the slot of a dossier to another, which gives back the one that it had. */
    void hand(UUID dossier, UUID other);

    /** The slot that a dossier has. */
    Optional<Creneau> reserved(UUID dossier);

    /**
     * The slots that a place may be given now, the earliest first.
     *
     * @param de when they begin at the earliest
     * @param a when they begin at the latest, exclusive
     */
    List<Creneau> listFree(String lieu, Instant de, Instant a, int max);

    /**
     * Says when a dossier is to be looked at again; in place of what was said before.
     *
     * @param le null for never
     */
    void expect(String protocole, UUID dossier, Instant le);

    /** The dossiers of a protocol whose deadline is over, the oldest first. */
    List<UUID> due(String protocole, Instant now, int max);

    /** Strikes a deadline off if it is over; false when it is not, or when someone was faster. */
    boolean strike(UUID dossier, Instant now);

    /** The zones that a place belongs to, the most precise first. */
    static List<String> zones(String lieu) {
        String insee = lieu.toUpperCase(Locale.ROOT);
        List<String> zones = new ArrayList<>();
        for (int length = Math.min(insee.length(), Entree.ZONE_MAX); length > 0; length--) {
            zones.add(insee.substring(0, length));
        }
        zones.add(PARTOUT);
        return zones;
    }

    /** Of the slots that a moment falls into: the one of the most precise of these zones, the one that began last. */
    static Comparator<Creneau> precise(List<String> zones) {
        return Comparator.comparing((Creneau slot) -> zones.indexOf(slot.zone()))
                .thenComparing(Creneau::debut, Comparator.reverseOrder());
    }

    /** The day of a moment where the client lives. */
    static LocalDate day(Instant moment) {
        return LocalDate.ofInstant(moment, PARIS);
    }
}
