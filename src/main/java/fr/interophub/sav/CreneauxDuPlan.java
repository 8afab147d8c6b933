package fr.interophub.sav;

import fr.interophub.rdv.PlanDeCharge;
import fr.interophub.rdv.PlanDeCharge.Souhait;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/**
 * {@link Creneaux} on the plan de charge, which serves the orders too. While none is loaded the hub does not judge the slots
 * that are quoted: the SI does.
 */
public final class CreneauxDuPlan implements Creneaux {

    private static final DateTimeFormatter DEBUT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    private final PlanDeCharge plan;

    CreneauxDuPlan(PlanDeCharge plan) {
        this.plan = plan;
    }

    /** How a slot is quoted: its zone and its beginning in UTC, e.g. {@code 64445-20261124T0700Z}. */
    public static String reference(String zone, Instant debut) {
        return zone + "-" + DEBUT.format(debut);
    }

    @Override
    public Reservation reserve(UUID ticket, String reference) {
        if (!plan.loaded()) {
            return Reservation.FAITE;
        }
        int dash = reference.lastIndexOf('-');
        try {
            String zone = reference.substring(0, Math.max(0, dash));
            Instant debut = Instant.from(DEBUT.parse(reference.substring(dash + 1)));
            plan.hold(List.of(new Souhait(zone, List.of(debut))), List.of(ticket));
            return plan.reserve(ticket, zone, debut) ? Reservation.FAITE : Reservation.PRISE;
        } catch (DateTimeException notOurs) {
            return Reservation.INCONNUE;
        }
    }

    @Override
    public void release(UUID ticket) {
        plan.hold(List.of(), List.of(ticket));
        plan.release(ticket);
    }
}
