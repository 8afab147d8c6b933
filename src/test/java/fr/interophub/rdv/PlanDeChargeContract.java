package fr.interophub.rdv;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What any plan de charge owes those who take appointments. */
interface PlanDeChargeContract {

    Instant HUIT = Instant.parse("2026-12-01T07:00:00Z");
    Instant DIX = Instant.parse("2026-12-01T09:00:00Z");
    Instant MIDI = Instant.parse("2026-12-01T11:00:00Z");
    String LIEU = "64445";

    PlanDeCharge plan();

    void slot(String zone, Instant debut, Instant fin, int capacite);

    void close(String zone, LocalDate jour);

    /** Runs in one transaction; a memory needs none. */
    default void run(Runnable work) {
        work.run();
    }

    default boolean reserve(UUID dossier, String lieu, Instant date) {
        AtomicBoolean won = new AtomicBoolean();
        run(() -> {
            plan().hold(List.of(new PlanDeCharge.Souhait(lieu, List.of(date))), List.of(dossier));
            won.set(plan().reserve(dossier, lieu, date));
        });
        return won.get();
    }

    @Test
    default void isLoadedOnceItHasASlot() {
        assertThat(plan().loaded()).isFalse();
        slot("64", HUIT, DIX, 0);
        assertThat(plan().loaded()).isTrue();
    }

    @Test
    default void aSlotTakesAsManyAsItMayAndOnlyThose() {
        slot("64", HUIT, DIX, 2);

        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
        assertThat(reserve(UUID.randomUUID(), LIEU, DIX.minusSeconds(1))).isTrue();
        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isFalse();
        assertThat(reserve(UUID.randomUUID(), LIEU, DIX)).isFalse();
        assertThat(reserve(UUID.randomUUID(), "75056", HUIT)).isFalse();
    }

    @Test
    default void whatIsGivenBackIsFreeAgain() {
        slot("64", HUIT, DIX, 1);
        UUID first = UUID.randomUUID();
        assertThat(reserve(first, LIEU, HUIT)).isTrue();

        run(() -> plan().release(first));
        run(() -> plan().release(first));

        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isFalse();
    }

    @Test
    default void anAppointmentMovesAndGivesBackTheSlotItHad() {
        slot("64", HUIT, DIX, 1);
        slot("64", DIX, MIDI, 1);
        UUID moved = UUID.randomUUID();
        assertThat(reserve(moved, LIEU, HUIT)).isTrue();
        assertThat(reserve(moved, LIEU, HUIT)).as("its own place").isTrue();

        assertThat(reserve(moved, LIEU, DIX)).isTrue();

        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
        assertThat(reserve(UUID.randomUUID(), LIEU, DIX)).isFalse();
        assertThat(reserve(moved, LIEU, HUIT)).as("full: it stays where it is").isFalse();
        assertThat(reserve(UUID.randomUUID(), LIEU, DIX)).isFalse();
    }

    @Test
    default void theMostPreciseZoneOfAPlaceCounts() {
        slot(PlanDeCharge.PARTOUT, HUIT, DIX, 1);
        slot("64", HUIT, DIX, 1);
        slot("64445", HUIT, DIX, 0);

        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isFalse();
        assertThat(reserve(UUID.randomUUID(), "64001", HUIT)).isTrue();
        assertThat(reserve(UUID.randomUUID(), "64001", HUIT)).isFalse();
        assertThat(reserve(UUID.randomUUID(), "2a004", HUIT)).isTrue();
        assertThat(reserve(UUID.randomUUID(), "", HUIT)).isFalse();
    }

    @Test
    default void aSlotGoesFromOneDossierToAnother() {
        slot("64", HUIT, DIX, 1);
        slot("64", DIX, MIDI, 1);
        UUID reservation = UUID.randomUUID();
        UUID ticket = UUID.randomUUID();
        assertThat(reserve(reservation, LIEU, HUIT)).isTrue();
        assertThat(reserve(ticket, LIEU, DIX)).isTrue();

        run(() -> plan().hand(reservation, ticket));

        assertThat(plan().reserved(reservation)).isEmpty();
        assertThat(plan().reserved(ticket)).contains(new PlanDeCharge.Creneau("64", HUIT, DIX));
        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isFalse();
        assertThat(reserve(UUID.randomUUID(), LIEU, DIX)).as("given back").isTrue();
    }

    @Test
    default void theFreeSlotsOfAPlaceAreThoseThatItWouldBeGiven() {
        slot(PlanDeCharge.PARTOUT, HUIT, DIX, 1);
        slot("64", HUIT, DIX, 1);
        slot("64", DIX, MIDI, 1);
        slot("33", DIX, MIDI, 1);
        assertThat(reserve(UUID.randomUUID(), LIEU, DIX)).isTrue();

        assertThat(plan().listFree(LIEU, HUIT, MIDI, 9)).containsExactly(new PlanDeCharge.Creneau("64", HUIT, DIX));
        assertThat(plan().listFree(LIEU, HUIT.plusSeconds(1), MIDI, 9)).isEmpty();
        assertThat(plan().listFree("33063", HUIT, MIDI, 9))
                .extracting(PlanDeCharge.Creneau::zone)
                .containsExactly(PlanDeCharge.PARTOUT, "33");
        assertThat(plan().listFree("33063", HUIT, DIX, 9)).hasSize(1);
        assertThat(plan().listFree("33063", HUIT, MIDI, 1)).hasSize(1);
        close("33", LocalDate.parse("2026-12-01"));
        assertThat(plan().listFree("33063", HUIT, MIDI, 9)).isEmpty();
    }

    @Test
    default void aClosedDayTakesNone() {
        slot("64", HUIT, DIX, 1);
        close(PlanDeCharge.PARTOUT, LocalDate.parse("2026-12-02"));
        assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
        slot("33", HUIT, DIX, 1);
        close("33", LocalDate.parse("2026-12-01"));

        assertThat(reserve(UUID.randomUUID(), "33063", HUIT)).isFalse();
    }

    @Test
    default void aDeadlineIsTheLastOneSaidAndIsStruckOffOnce() {
        UUID early = UUID.randomUUID();
        UUID late = UUID.randomUUID();
        UUID other = UUID.randomUUID();
        run(() -> {
            plan().expect("acces", late, HUIT);
            plan().expect("acces", early, HUIT);
            plan().expect("acces", early, HUIT.minusSeconds(9));
            plan().expect("acces", UUID.randomUUID(), MIDI);
            plan().expect("sav", other, HUIT);
        });

        assertThat(plan().due("acces", HUIT, 10)).containsExactly(early, late);
        assertThat(plan().due("acces", HUIT, 1)).containsExactly(early);
        assertThat(plan().due("sav", HUIT, 10)).containsExactly(other);
        run(() -> {
            assertThat(plan().strike(early, HUIT.minusSeconds(10))).isFalse();
            assertThat(plan().strike(early, HUIT)).isTrue();
            assertThat(plan().strike(early, HUIT)).isFalse();
            plan().expect("acces", late, null);
        });
        assertThat(plan().due("acces", HUIT, 10)).isEmpty();
    }
}
