package fr.interophub.rdv;

import fr.interophub.rdv.PlanDeCharge.Creneau;
import java.time.Clock;
import java.time.LocalDate;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionOperations;

/** Makes the slots of the calendar, a day once. */
public final class Agenda {

    private final Calendrier calendrier;
    private final JdbcTemplate jdbc;
    private final TransactionOperations transactions;
    private final Clock clock;

    Agenda(Calendrier calendrier, JdbcTemplate jdbc, TransactionOperations transactions, Clock clock) {
        this.calendrier = calendrier.checked();
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Makes the slots of the days that have come within the horizon. Any node may, at any time. */
    public void extend() {
        if (calendrier.actif()) {
            transactions.executeWithoutResult(status -> make());
        }
    }

    private void make() {
        LocalDate today = PlanDeCharge.day(clock.instant());
        LocalDate last = today.plusDays(calendrier.horizon());
        LocalDate made = LocalDate.ofEpochDay(Chargement.holdPlan(jdbc));
        for (LocalDate jour = made.isBefore(today) ? today : made.plusDays(1);
                !jour.isAfter(last);
                jour = jour.plusDays(1)) {
            if (calendrier.ouvre(jour)) {
                calendrier.creneaux(jour).forEach(this::add);
            }
        }
        if (made.isBefore(last)) {
            jdbc.update("update compteur set valeur = ? where nom = 'rdv.calendrier'", last.toEpochDay());
        }
    }

    /** What the SI has said of a slot already stays. */
    private void add(Creneau slot) {
        if (jdbc.queryForList(
                        "select zone from creneau where zone = ? and debut = ?",
                        String.class,
                        slot.zone(),
                        JdbcPlanDeCharge.utc(slot.debut()))
                .isEmpty()) {
            Chargement.insert(jdbc, slot.zone(), slot.debut(), slot.fin(), calendrier.capacite());
        }
    }
}
