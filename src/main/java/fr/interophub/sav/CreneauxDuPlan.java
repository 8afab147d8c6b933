package fr.interophub.sav;

import fr.interophub.rdv.PlanDeCharge;
import fr.interophub.rdv.PlanDeCharge.Creneau;
import fr.interophub.rdv.PlanDeCharge.Souhait;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * {@link Creneaux} on the plan de charge, which serves the orders too. While none is loaded the hub does not judge the slots
 * that are quoted: the SI does. What an OC has reserved by the planning service is its ticket's once the ticket quotes it, by
 * its slot or by its appointment.
 */
public final class CreneauxDuPlan implements Creneaux {

    private static final DateTimeFormatter DEBUT =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmm'Z'").withZone(ZoneOffset.UTC);

    private final PlanDeCharge plan;
    private final RendezvousPris pris;

    CreneauxDuPlan(PlanDeCharge plan, RendezvousPris pris) {
        this.plan = plan;
        this.pris = pris;
    }

    /** How a slot is quoted: its zone and its beginning in UTC, e.g. {@code 64445-20261124T0700Z}. */
    public static String reference(String zone, Instant debut) {
        return zone + "-" + DEBUT.format(debut);
    }

    /** Where and when a slot is that is quoted so; empty when it is none of ours. */
    static Optional<Souhait> read(String reference) {
        int dash = reference.lastIndexOf('-');
        try {
            Instant debut = Instant.from(DEBUT.parse(reference.substring(dash + 1)));
            return Optional.of(new Souhait(reference.substring(0, Math.max(0, dash)), List.of(debut)));
        } catch (DateTimeException notOurs) {
            return Optional.empty();
        }
    }

    @Override
    public Reservation reserve(String operateur, UUID ticket, String reference) {
        if (!plan.loaded()) {
            return Reservation.FAITE;
        }
        Optional<Rendezvous> taken = pris.findForUpdate(operateur, reference);
        if (taken.isPresent()) {
            return quote(taken.get(), ticket);
        }
        Souhait slot = read(reference).orElse(null);
        if (slot == null) {
            return Reservation.INCONNUE;
        }
        if (is(plan.reserved(ticket), reference)) {
            return Reservation.FAITE;
        }
        Optional<Rendezvous> own = pris.listLibres(operateur).stream()
                .filter(one -> is(plan.reserved(one.reservation()), reference))
                .flatMap(one -> pris.findForUpdate(operateur, one.reference()).stream())
                .filter(one -> one.ticket() == null)
                .findFirst();
        if (own.isPresent()) {
            return quote(own.get(), ticket);
        }
        plan.hold(List.of(slot), List.of(ticket));
        return plan.reserve(ticket, slot.lieu(), slot.dates().get(0)) ? Reservation.FAITE : Reservation.PRISE;
    }

    private static boolean is(Optional<Creneau> slot, String reference) {
        return slot.filter(one -> reference(one.zone(), one.debut()).equals(reference))
                .isPresent();
    }

    /** The slot of an appointment becomes the ticket's; that of another ticket stays where it is. */
    private Reservation quote(Rendezvous taken, UUID ticket) {
        boolean foreign = taken.ticket() != null && !taken.ticket().equals(ticket);
        plan.hold(List.of(), List.of(taken.reservation(), ticket));
        if (foreign || plan.reserved(taken.reservation()).isEmpty()) {
            return Reservation.PRISE;
        }
        if (!taken.confirme()) {
            plan.hand(taken.reservation(), ticket);
            plan.expect(ServicePlanDeCharge.ECHEANCES, taken.reservation(), null);
            pris.change(taken.confirme(ticket));
        }
        return Reservation.FAITE;
    }

    @Override
    public void release(UUID ticket) {
        plan.hold(List.of(), List.of(ticket));
        plan.release(ticket);
    }
}
