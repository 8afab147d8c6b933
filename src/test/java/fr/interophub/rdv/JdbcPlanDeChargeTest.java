package fr.interophub.rdv;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.rdv.Chargement.Verdict;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@DisplayName("Le plan de charge dans la base")
class JdbcPlanDeChargeTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Promises {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Promises {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }

    abstract static class Promises extends SurUneBase implements PlanDeChargeContract {

        private static final Verdict TAKEN = new Verdict(null, null, null);

        Promises(BaseDEssai base) {
            super(base);
        }

        @Override
        public PlanDeCharge plan() {
            return RdvDEssai.plan(base());
        }

        @Override
        public void run(Runnable work) {
            base().transactions().run(work);
        }

        private static Entree entry(String zone, Instant debut, Instant fin, int capacite) {
            return new Entree(
                    zone,
                    debut.atZone(PlanDeCharge.PARIS).toOffsetDateTime().toString(),
                    fin.atZone(PlanDeCharge.PARIS).toOffsetDateTime().toString(),
                    capacite,
                    null,
                    null);
        }

        private List<Verdict> load(Entree... entries) {
            return base().transactions().run(() -> new Chargement(base().jdbc()).load(List.of(entries)));
        }

        @Override
        public void slot(String zone, Instant debut, Instant fin, int capacite) {
            assertThat(load(entry(zone, debut, fin, capacite))).containsExactly(TAKEN);
        }

        @Override
        public void close(String zone, LocalDate jour) {
            assertThat(load(new Entree(zone, null, null, null, jour.toString(), true)))
                    .containsExactly(TAKEN);
        }

        // Two OCs on the last place

        @Test
        @DisplayName("deux demandes sur la dernière place : une seule l'a, deux cents fois de suite")
        void theLastPlaceIsTakenOnce() throws Exception {
            ExecutorService two = Executors.newFixedThreadPool(2);
            try {
                for (int round = 0; round < 200; round++) {
                    String zone = "%05d".formatted(round);
                    slot(zone, HUIT, DIX, 1);
                    slot(zone, DIX, MIDI, 1);
                    CyclicBarrier start = new CyclicBarrier(2);
                    UUID a = UUID.randomUUID();
                    UUID b = UUID.randomUUID();
                    Future<Boolean> first = two.submit(race(start, zone, a, HUIT));
                    Future<Boolean> second = two.submit(race(start, zone, b, HUIT));
                    assertThat(List.of(first.get(), second.get())).as(zone).containsExactlyInAnyOrder(true, false);
                    assertThat(base().count("reservation where zone = ?", zone)).isEqualTo(1);
                    assertThat(base().count("creneau where zone = ? and reserves = 1", zone))
                            .isEqualTo(1);
                    crossed(two, zone, first.get() ? a : b, first.get() ? b : a);
                }
            } finally {
                two.shutdownNow();
            }
        }

        /** One moves from the first slot to the second, the other the other way: neither waits for ever, none is lost. */
        private void crossed(ExecutorService two, String zone, UUID holder, UUID other) throws Exception {
            assertThat(reserve(other, zone, DIX)).isTrue();
            CyclicBarrier start = new CyclicBarrier(2);
            Future<Boolean> there = two.submit(race(start, zone, holder, DIX));
            Future<Boolean> back = two.submit(race(start, zone, other, HUIT));
            assertThat(List.of(there.get(), back.get())).containsOnly(false);
            assertThat(base().count("creneau where zone = ? and reserves = 1", zone))
                    .isEqualTo(2);
        }

        private Callable<Boolean> race(CyclicBarrier start, String zone, UUID dossier, Instant date) {
            return () -> {
                start.await();
                return reserve(dossier, zone, date);
            };
        }

        // What the SI gives

        @Test
        void theSameEntryAgainChangesNothingAndAnotherReplacesIt() {
            slot("64", HUIT, DIX, 2);
            assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
            assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
            assertThat(load(entry("64", HUIT, DIX, 2))).containsExactly(TAKEN);
            assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isFalse();

            assertThat(load(entry("64", HUIT, DIX, 1)).get(0).detail()).contains("2 rendez-vous");
            assertThat(load(entry("64", HUIT, MIDI, 3))).containsExactly(TAKEN);

            assertThat(reserve(UUID.randomUUID(), LIEU, DIX)).isTrue();
            assertThat(base().count("creneau")).isEqualTo(1);
        }

        @Test
        void everyEntryHasItsVerdictInItsPlace() {
            Entree good = entry("64", HUIT, DIX, 1);
            List<Verdict> verdicts = load(
                    new Entree(null, good.debut(), good.fin(), 1, null, null),
                    good,
                    new Entree("64!", good.debut(), good.fin(), 1, null, null),
                    new Entree("64", "demain", good.fin(), 1, null, null),
                    new Entree("64", good.fin(), good.debut(), 1, null, null),
                    new Entree("64", good.debut(), good.fin(), -1, null, null),
                    new Entree("64", good.debut(), good.fin(), null, null, null),
                    new Entree("64", null, null, null, "25/12/2026", true),
                    new Entree("64", null, null, null, "2026-12-25", null),
                    new Entree("64", good.debut(), null, null, "2026-12-25", true),
                    new Entree("*", null, null, null, "2026-12-25", true));

            assertThat(verdicts)
                    .extracting(Verdict::champ)
                    .containsExactly(
                            "zone",
                            null,
                            "zone",
                            "debut",
                            "fin",
                            "capacite",
                            "capacite",
                            "jour",
                            "ferme",
                            "jour",
                            null);
            assertThat(verdicts.get(0).motif()).isEqualTo("CHAMP_VIDE");
            assertThat(verdicts.get(2).motif()).isEqualTo("FORMAT");
            assertThat(base().count("creneau")).isEqualTo(1);
            assertThat(base().count("jour_ferme")).isEqualTo(1);
        }

        @Test
        void aDayOpensAgain() {
            slot("64", HUIT, DIX, 1);
            close("64", LocalDate.parse("2026-12-01"));
            close("64", LocalDate.parse("2026-12-01"));
            assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isFalse();

            assertThat(load(new Entree("64", null, null, null, "2026-12-01", false)))
                    .containsExactly(TAKEN);

            assertThat(reserve(UUID.randomUUID(), LIEU, HUIT)).isTrue();
        }

        // The calendar

        private Agenda agenda(int capacite) {
            return new Agenda(
                    new Calendrier(
                            capacite,
                            Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY),
                            List.of("08:00-12:00", "14:00-17:00"),
                            Duration.ofHours(2),
                            List.of("64", "33"),
                            List.of(LocalDate.parse("2026-11-24")),
                            7),
                    base().jdbc(),
                    new TransactionTemplate(new DataSourceTransactionManager(base().dataSource())),
                    clock());
        }

        @Test
        void theCalendarMakesTheSlotsOfEveryWorkingDayOnce() {
            // Saturday 21 November at half past midnight, in Paris: one Monday and one closed Tuesday within a week.
            slot("64", Instant.parse("2026-11-23T07:00:00Z"), Instant.parse("2026-11-23T08:00:00Z"), 0);
            Agenda agenda = agenda(3);

            agenda.extend();

            assertThat(base().count("creneau")).isEqualTo(6);
            assertThat(base().count("creneau where capacite = 0"))
                    .as("the SI's stays")
                    .isEqualTo(1);
            assertThat(reserve(UUID.randomUUID(), "33063", Instant.parse("2026-11-23T14:59:00Z")))
                    .isTrue();
            assertThat(reserve(UUID.randomUUID(), "33063", Instant.parse("2026-11-23T15:30:00Z")))
                    .as("what remains at the end of the hours is no slot")
                    .isFalse();
            agenda.extend();
            assertThat(base().count("creneau")).isEqualTo(6);

            clock().advance(Duration.ofDays(3));
            agenda.extend();

            assertThat(base().count("creneau")).isEqualTo(18);
        }

        @Test
        void severalNodesMakeItOnce() throws Exception {
            ExecutorService four = Executors.newFixedThreadPool(4);
            try {
                List<Future<?>> nodes = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    nodes.add(four.submit(() -> agenda(1).extend()));
                }
                for (Future<?> node : nodes) {
                    node.get();
                }
            } finally {
                four.shutdownNow();
            }
            assertThat(base().count("creneau")).isEqualTo(6);
        }

        @Test
        void withoutCapacityThereIsNoCalendar() {
            agenda(0).extend();

            assertThat(base().count("creneau")).isZero();
        }
    }
}
