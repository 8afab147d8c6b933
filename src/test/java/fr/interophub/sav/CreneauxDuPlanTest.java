package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.rdv.MemoirePlan;
import fr.interophub.sav.Creneaux.Reservation;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les créneaux d'une signalisation, pris sur le plan de charge")
class CreneauxDuPlanTest {

    private static final Instant MATIN = Instant.parse("2026-11-24T07:00:00Z");
    private static final Instant SOIR = Instant.parse("2026-11-24T16:00:00Z");

    private final MemoirePlan plan = new MemoirePlan();
    private final Creneaux creneaux = new CreneauxDuPlan(plan, new MemoireRendezvous());
    private final UUID ticket = UUID.randomUUID();

    private void offer(Instant debut) {
        plan.add("64445", debut, debut.plus(Duration.ofHours(2)), 1);
    }

    private static String at(Instant debut) {
        return CreneauxDuPlan.reference("64445", debut);
    }

    @Test
    void aSlotIsQuotedByItsZoneAndItsBeginning() {
        assertThat(at(MATIN)).isEqualTo("64445-20261124T0700Z");
    }

    @Test
    void whileNoPlanIsLoadedEverySlotIsTakenAsItIsQuoted() {
        assertThat(creneaux.reserve("OCXA", ticket, "CRENEAU-42")).isEqualTo(Reservation.FAITE);
        assertThat(plan.taken()).isZero();
    }

    @Test
    void theLastPlaceIsTakenOnceAndGivenBack() {
        offer(MATIN);
        UUID other = UUID.randomUUID();

        assertThat(creneaux.reserve("OCXA", ticket, at(MATIN))).isEqualTo(Reservation.FAITE);
        assertThat(creneaux.reserve("OCXA", other, at(MATIN))).isEqualTo(Reservation.PRISE);
        creneaux.release(ticket);
        assertThat(creneaux.reserve("OCXA", other, at(MATIN))).isEqualTo(Reservation.FAITE);
    }

    @Test
    void anotherSlotTakesThePlaceOfTheFirst() {
        offer(MATIN);
        offer(SOIR);

        creneaux.reserve("OCXA", ticket, at(MATIN));
        assertThat(creneaux.reserve("OCXA", ticket, at(SOIR))).isEqualTo(Reservation.FAITE);
        assertThat(plan.taken()).isOne();
        assertThat(creneaux.reserve("OCXA", UUID.randomUUID(), at(MATIN))).isEqualTo(Reservation.FAITE);
    }

    @Test
    void whatIsNoSlotOfOursIsUnknown() {
        offer(MATIN);

        assertThat(creneaux.reserve("OCXA", ticket, "CRENEAU-42")).isEqualTo(Reservation.INCONNUE);
        assertThat(creneaux.reserve("OCXA", ticket, "64445-20261124T2500Z")).isEqualTo(Reservation.INCONNUE);
        assertThat(creneaux.reserve("OCXA", ticket, at(SOIR))).isEqualTo(Reservation.PRISE);
    }
}
