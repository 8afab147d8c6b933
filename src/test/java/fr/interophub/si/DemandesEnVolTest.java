package fr.interophub.si;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.bacasable.Vie;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Lots;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import fr.interophub.si.DemandesEnVol.EnVol;
import fr.interophub.si.DemandesEnVol.Liste;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Un opérateur change de mode : ce qui était parti par l'ancien y reste, et se voit jusqu'à sa réponse")
class DemandesEnVolTest {

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

    abstract static class Promesses extends SurUneBase {

        Promesses(BaseDEssai base) {
            super(base);
        }

        /** The hub, its SI met in this mode for OCXA; the store is the same for all of them. */
        private Contexte met(String mode) {
            return new Contexte(base(), AnnuaireDEssai.with("OCXA", Contrat.of(Map.of("siMode", mode))), "1.2");
        }

        private static List<Long> numeros(Liste liste) {
            return liste.demandes().stream().map(EnVol::numero).toList();
        }

        private static List<String> ids(List<Demande> demandes) {
            return demandes.stream().map(Demande::id).toList();
        }

        @Test
        void itIsListedUntilTheOcHasItsAnswer() {
            Contexte hub = met("rest");
            Vie vie = hub.acknowledged();
            hub.acknowledged();
            hub.demandes.number();
            assertThat(hub.enVol.list(null, 9).demandes())
                    .as("the mode is the same")
                    .isEmpty();

            Contexte after = met("jms");
            assertThat(after.enVol.list(null, 9).demandes())
                    .hasSize(2)
                    .allSatisfy(
                            one -> assertThat(List.of(one.operateur(), one.mode(), one.vers(), one.flux(), one.prise()))
                                    .isEqualTo(List.of("OCXA", "rest", "jms", "Cmd_Acces", false)));
            List<Demande> still = after.demandes.list(null, 9).demandes();
            assertThat(still).as("they stay with the mode they left by").hasSize(2);
            assertThat(after.demandes.nextToPublish(9)).isEmpty();

            after.demandes.list("1", 9);
            assertThat(after.enVol.list(null, 9).demandes())
                    .extracting(EnVol::numero, EnVol::prise)
                    .containsExactly(tuple(2L, false), tuple(1L, true));
            assertThat(after.decisions
                            .decide(new Decision("d1", "OCXA", "CR_Cmd_Acces", hub.cr(vie)))
                            .verdict())
                    .isEqualTo("OK");
            assertThat(numeros(after.enVol.list(null, 9))).containsExactly(2L);
            assertThat(met("rest").enVol.list(null, 9).demandes())
                    .as("back in its mode")
                    .isEmpty();
        }

        @Test
        void movedByHandItLeavesByTheModeOfTodayUnderTheSameIdAndByTheOtherNoMore() {
            Contexte hub = met("rest");
            hub.acknowledged();
            hub.acknowledged();
            hub.demandes.number();
            List<String> ids = ids(hub.demandes.list(null, 9).demandes());

            Contexte after = met("jms");
            assertThat(after.enVol.move(1)).contains(ids.get(0));
            assertThat(after.enVol.move(1)).as("once").isEmpty();
            assertThat(after.enVol.move(7)).isEmpty();
            after.demandes.number();

            assertThat(numeros(after.enVol.list(null, 9))).containsExactly(2L);
            assertThat(ids(after.demandes.list(null, 9).demandes())).containsExactly(ids.get(1));
            assertThat(ids(after.demandes.nextToPublish(9).orElseThrow().demandes()))
                    .containsExactly(ids.get(0));
            assertThat(after.demandes.arrieres())
                    .filteredOn(arriere -> arriere.mode().equals("rest"))
                    .singleElement()
                    .satisfies(arriere -> assertThat(arriere.nombre()).isOne());

            Contexte back = met("rest");
            assertThat(numeros(back.enVol.list(null, 9)))
                    .as("it now is in flight by jms")
                    .containsExactly(3L);
            assertThat(back.enVol.move(3)).contains(ids.get(0));
            back.demandes.number();
            assertThat(ids(back.demandes.list(null, 9).demandes())).containsExactly(ids.get(1), ids.get(0));
        }

        @Test
        void whatWaitsForAWebhookIsCarriedNoMore() {
            Contexte hub = met("webhook");
            hub.acknowledged();
            hub.demandes.number();
            assertThat(base().count("demande_a_livrer")).isOne();

            Contexte after = met("rest");
            assertThat(after.enVol.list(null, 9).demandes())
                    .singleElement()
                    .satisfies(one -> assertThat(one.prise()).isFalse());
            Optional<String> id = after.enVol.move(1);
            after.demandes.number();

            assertThat(base().count("demande_a_livrer")).isZero();
            assertThat(ids(after.demandes.list(null, 9).demandes())).containsExactly(id.orElseThrow());
            assertThat(after.enVol.list(null, 9).demandes()).isEmpty();
        }

        @Test
        void whatHasNoDossierWaitsForNoAnswerOnceItIsTaken() {
            Contexte hub = met("rest");
            Lot lot = Lots.demandes("rest", 3);
            base().transactions().run(() -> hub.registre.write(lot));
            hub.demandes.number();
            Contexte after = met("jms");
            after.demandes.list("2", 9);

            assertThat(numeros(after.enVol.list(null, 9))).containsExactly(3L);
        }

        @Test
        void pagesFollowEachOtherFromTheNewest() {
            Contexte hub = met("rest");
            List<Integer> sizes = List.of(3, 1, 4);
            sizes.forEach(size -> {
                Lot lot = Lots.demandes("rest", size);
                base().transactions().run(() -> hub.registre.write(lot));
            });
            hub.demandes.number();
            Contexte after = met("jms");

            for (int max = 1; max <= 9; max++) {
                List<Long> read = new ArrayList<>();
                Liste page = after.enVol.list(null, max);
                read.addAll(numeros(page));
                while (page.suivant() != null) {
                    page = after.enVol.list(page.suivant(), max);
                    assertThat(page.demandes()).hasSizeLessThanOrEqualTo(max);
                    read.addAll(numeros(page));
                }
                assertThat(read)
                        .as("by %d", max)
                        .isEqualTo(IntStream.rangeClosed(1, 8)
                                .mapToObj(i -> 9L - i)
                                .toList());
            }
        }
    }
}
