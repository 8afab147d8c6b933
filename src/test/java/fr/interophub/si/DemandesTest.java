package fr.interophub.si;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.bacasable.Vie;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Lots;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.operateur.Valeur;
import fr.interophub.si.Demandes.Arriere;
import fr.interophub.si.Demandes.Liste;
import fr.interophub.si.Demandes.Publication;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Le SI apprend tout ce qu'il doit apprendre, dans l'ordre, sans rien sauter")
class DemandesTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Promesses {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Promesses {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }

    @Test
    @DisplayName("an operator's contract may name every mode, and no other")
    void theModesOfAContract() {
        assertThat(Arrays.stream(Contrat.class.getRecordComponents())
                        .filter(value -> value.getName().equals("siMode"))
                        .flatMap(value ->
                                Arrays.stream(value.getAnnotation(Valeur.class).parmi())))
                .containsExactlyInAnyOrderElementsOf(Demandes.MODES);
    }

    abstract static class Promesses extends SurUneBase {

        Promesses(BaseDEssai base) {
            super(base);
        }

        private Contexte contexte;

        private Contexte hub() {
            if (contexte == null) {
                contexte = new Contexte(base());
            }
            return contexte;
        }

        private Lot write(String mode, int nombre) {
            Lot lot = Lots.demandes(mode, nombre);
            base().transactions().run(() -> hub().registre.write(lot));
            return lot;
        }

        /** The ids of the demandes of a lot, in their order. */
        private static List<String> ids(Lot... lots) {
            List<String> ids = new ArrayList<>();
            for (Lot lot : lots) {
                lot.messages().stream()
                        .filter(message -> message.demande())
                        .forEach(message -> ids.add(message.id().toString()));
            }
            return ids;
        }

        private static List<String> ids(List<Demande> demandes) {
            return demandes.stream().map(Demande::id).toList();
        }

        @Test
        void aDemandeSaysWhatTheOcSaid() {
            Vie vie = hub().acknowledged();
            assertThat(hub().demandes.number()).isOne();

            assertThat(hub().demandes.list(null, 100).demandes())
                    .singleElement()
                    .satisfies(demande -> {
                        assertThat(demande.flux()).isEqualTo("Cmd_Acces");
                        assertThat(demande.operateur()).isEqualTo("OCXA");
                        assertThat(demande.etat()).isEqualTo("ACQUITTEE");
                        assertThat(demande.dossier()).isNotNull();
                        assertThat(demande.date()).hasToString("2026-11-20T11:00+01:00");
                        assertThat(demande.champs())
                                .containsEntry("ReferenceCommandePriseInterneOC", vie.reference())
                                .doesNotContainValue("");
                    });
        }

        private static Operateur speaking(String version) {
            return new Operateur(
                    "OCXA", "OC Alpha", "910000009", true, Map.of("acces", version), null, null, Contrat.DEFAUT);
        }

        @Test
        void anSiOfALaterVersionReadsWhatTheDefaultsSay() {
            contexte = new Contexte(base(), speaking("1.2"), "1.3-2022");
            Vie vie = hub().acknowledged();
            hub().demandes.number();

            assertThat(hub().demandes.list(null, 100).demandes())
                    .singleElement()
                    .satisfies(demande -> {
                        assertThat(demande.version()).isEqualTo("1.3-2022");
                        assertThat(demande.champs())
                                .containsEntry("ReferenceCommandePriseInterneOC", vie.reference())
                                .containsEntry("OffreAccesCommandee", "ACCES_FTTH");
                    });
        }

        @Test
        void anSiOfAnEarlierVersionReadsNothingThatItHasNot() {
            contexte = new Contexte(base(), speaking("1.3"), "1.2");
            Vie vie = hub().acknowledged(
                            Map.of("IdentifiantImmeuble", "IMB/64445/X/00A1", "OffreAccesCommandee", "ACCES_FTTH"));
            hub().demandes.number();

            assertThat(hub().demandes.list(null, 100).demandes())
                    .singleElement()
                    .satisfies(demande -> {
                        assertThat(demande.version()).isEqualTo("1.2");
                        assertThat(demande.champs())
                                .containsEntry("ReferenceCommandePriseInterneOC", vie.reference())
                                .doesNotContainKeys("IdentifiantImmeuble", "OffreAccesCommandee");
                    });
            assertThat(base().count("message where anomalies like '%PERDU_A_LA_TRADUCTION%'"))
                    .isOne();
        }

        @Test
        void pagesFollowEachOtherAcrossLots() {
            Lot[] lots = {write("rest", 3), write("rest", 1), write("rest", 4)};
            hub().demandes.number();
            List<String> expected = ids(lots);
            for (int max = 1; max <= 9; max++) {
                List<String> read = new ArrayList<>();
                String cursor = null;
                for (Liste page = hub().demandes.list(null, max);
                        !page.demandes().isEmpty();
                        page = hub().demandes.list(cursor, max)) {
                    assertThat(page.demandes()).hasSizeLessThanOrEqualTo(max);
                    read.addAll(ids(page.demandes()));
                    cursor = page.curseur();
                }
                assertThat(read).as("by %d", max).isEqualTo(expected);
            }
        }

        @Test
        void theSameCursorGivesTheSameAgain() {
            write("rest", 5);
            hub().demandes.number();
            String cursor = hub().demandes.list(null, 2).curseur();
            Liste once = hub().demandes.list(cursor, 2);
            write("rest", 2);
            hub().demandes.number();

            assertThat(hub().demandes.list(cursor, 2)).isEqualTo(once);
        }

        @Test
        void whatWaitsIsCountedModeByMode() {
            assertThat(hub().demandes.arrieres())
                    .allSatisfy(arriere -> assertThat(arriere).isEqualTo(new Arriere(arriere.mode(), 0, null)))
                    .extracting(Arriere::mode)
                    .containsExactlyElementsOf(Demandes.MODES);
            write("rest", 5);
            write("jms", 3);
            write("webhook", 4);
            hub().demandes.number();
            write("rest", 2);
            write("webhook", 1);

            assertThat(waiting("rest")).isEqualTo(7);
            assertThat(waiting("jms")).isEqualTo(3);
            assertThat(waiting("webhook")).isEqualTo(5);
            assertThat(hub().demandes.arrieres()).extracting(Arriere::depuis).containsOnly(Lots.NOW);

            Liste page = hub().demandes.list(null, 4);
            assertThat(waiting("rest")).as("given, not known to be read").isEqualTo(7);
            hub().demandes.list(page.curseur(), 4);
            assertThat(waiting("rest")).isEqualTo(3);
            hub().demandes.list(null, 4);
            hub().demandes.list("999", 4);
            assertThat(waiting("rest"))
                    .as("reading again, or a cursor of nothing")
                    .isEqualTo(3);

            Publication two = hub().demandes.nextToPublish(2).orElseThrow();
            assertThat(waiting("jms")).isEqualTo(3);
            hub().demandes.published(two);
            assertThat(waiting("jms")).isEqualTo(1);
        }

        private long waiting(String mode) {
            return hub().demandes.arrieres().stream()
                    .filter(arriere -> arriere.mode().equals(mode))
                    .findFirst()
                    .orElseThrow()
                    .nombre();
        }

        @Test
        void whatWasCarriedByAnotherModeIsReadAgainByCursorToo() {
            Lot carried = write("webhook", 3);
            Lot queued = write("jms", 2);
            hub().demandes.number();

            Liste two = hub().demandes.list("webhook", null, 2);
            assertThat(ids(two.demandes())).isEqualTo(ids(carried).subList(0, 2));
            assertThat(ids(hub().demandes.list("webhook", two.curseur(), 2).demandes()))
                    .isEqualTo(ids(carried).subList(2, 3));
            assertThat(ids(hub().demandes.list("jms", null, 9).demandes())).isEqualTo(ids(queued));
            assertThat(waiting("webhook"))
                    .as("reading again takes nothing away")
                    .isEqualTo(3);
            assertThat(waiting("jms")).isEqualTo(2);
        }

        @Test
        void anEmptyPageLeavesTheCursorWhereItIs() {
            write("rest", 2);
            hub().demandes.number();
            String end = hub().demandes.list(null, 100).curseur();

            assertThat(hub().demandes.list(end, 100)).isEqualTo(new Liste(List.of(), end));
        }

        @Test
        void aLotWithoutDemandeIsNotNumbered() {
            write("rest", 0);

            assertThat(hub().demandes.number()).isZero();
        }

        @Test
        void theCursorNeverSkipsALotThatCommitsLate() throws Exception {
            CountDownLatch written = new CountDownLatch(1);
            CountDownLatch mayCommit = new CountDownLatch(1);
            Lot late = Lots.demandes("rest", 2);
            ExecutorService thread = Executors.newSingleThreadExecutor();
            hub();
            Future<?> committing = thread.submit(() -> base().transactions().run(() -> {
                hub().registre.write(late);
                written.countDown();
                try {
                    assertThat(mayCommit.await(30, TimeUnit.SECONDS)).isTrue();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
            assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
            Lot early = write("rest", 2);
            hub().demandes.number();
            Liste first = hub().demandes.list(null, 100);
            assertThat(ids(first.demandes())).isEqualTo(ids(early));

            mayCommit.countDown();
            committing.get();
            thread.shutdown();
            hub().demandes.number();

            assertThat(ids(hub().demandes.list(first.curseur(), 100).demandes()))
                    .isEqualTo(ids(late));
            assertThat(ids(hub().demandes.list(null, 100).demandes())).isEqualTo(ids(early, late));
        }

        @Test
        void manyRelaysNumberEachLotOnce() throws Exception {
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                expected.addAll(ids(write("rest", 2)));
            }
            ExecutorService threads = Executors.newFixedThreadPool(4);
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                running.add(threads.submit(() -> hub().demandes.number()));
            }
            for (Future<?> one : running) {
                one.get();
            }
            threads.shutdown();
            hub().demandes.number();

            assertThat(ids(hub().demandes.list(null, 1_000).demandes())).isEqualTo(expected);
        }

        @Test
        void eachModeReadsItsOwn() {
            Lot rest = write("rest", 2);
            Lot jms = write("jms", 3);
            Lot restAgain = write("rest", 1);
            hub().demandes.number();

            assertThat(ids(hub().demandes.list(null, 100).demandes())).isEqualTo(ids(rest, restAgain));
            String cursor = hub().demandes.list(null, 2).curseur();
            assertThat(ids(hub().demandes.list(cursor, 100).demandes())).isEqualTo(ids(restAgain));
            assertThat(ids(hub().demandes.nextToPublish(100).orElseThrow().demandes()))
                    .isEqualTo(ids(jms));
        }

        @Test
        void whatIsPublishedIsClaimedByOneNodeAtATimeAndOnce() {
            Lot lot = write("jms", 3);
            hub().demandes.number();

            Publication first = hub().demandes.nextToPublish(2).orElseThrow();
            assertThat(ids(first.demandes())).isEqualTo(ids(lot).subList(0, 2));
            assertThat(hub().demandes.nextToPublish(2)).as("claimed").isEmpty();

            hub().demandes.published(first);
            Publication second = hub().demandes.nextToPublish(2).orElseThrow();
            assertThat(ids(second.demandes())).isEqualTo(ids(lot).subList(2, 3));
            hub().demandes.published(second);
            assertThat(hub().demandes.nextToPublish(2)).isEmpty();
        }

        @Test
        void aPublicationThatNeverEndedIsSentAgainWithTheSameIdsAndTheLateNodeChangesNothing() {
            write("jms", 3);
            hub().demandes.number();
            Publication lost = hub().demandes.nextToPublish(2).orElseThrow();
            hub().clock.advance(Duration.ofSeconds(31));

            Publication again = hub().demandes.nextToPublish(3).orElseThrow();
            assertThat(ids(again.demandes()).subList(0, 2)).isEqualTo(ids(lost.demandes()));
            hub().demandes.published(lost);
            assertThat(hub().demandes.nextToPublish(3))
                    .as("still claimed by the other")
                    .isEmpty();
            hub().demandes.published(again);
            assertThat(hub().demandes.nextToPublish(3)).isEmpty();
        }

        @Test
        void aCursorThatIsNotOursIsRefused() {
            assertThatThrownBy(() -> hub().demandes.list("hier", 10)).isInstanceOf(IllegalArgumentException.class);
        }

        @Test
        void aLotWhoseMessagesAreGoneIsPassedOver() {
            Lot gone = write("rest", 2);
            Lot after = write("rest", 1);
            hub().demandes.number();
            base().jdbc().update("delete from message where lot_id = ?", gone.id());

            assertThat(ids(hub().demandes.list(null, 100).demandes())).isEqualTo(ids(after));
        }
    }
}
