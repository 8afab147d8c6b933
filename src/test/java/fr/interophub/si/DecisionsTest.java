package fr.interophub.si;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.bacasable.Vie;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Une décision a un effet et un verdict, autant de fois qu'on la dise")
class DecisionsTest {

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

        @Test
        void aDecisionTakesEffectAndIsKept() {
            Contexte hub = new Contexte(base());
            Vie vie = hub.acknowledged();

            assertThat(hub.decisions.decide(new Decision("d1", "OCXA", "CR_Cmd_Acces", hub.cr(vie))))
                    .isEqualTo(VerdictSi.ok("d1", "ROUTE_FOURNIE", null));

            assertThat(hub.etat(vie)).endsWith("CR_Cmd_Acces OK = ROUTE_FOURNIE");
            assertThat(base().count("decision where id = 'd1'")).isOne();
            assertThat(base().count("ligne_a_emettre where flux = 'CR_Cmd_Acces'"))
                    .isOne();
        }

        @Test
        void theSameAgainGetsTheFirstVerdictAndNoSecondEffect() {
            Contexte hub = new Contexte(base());
            Vie vie = hub.acknowledged();
            Map<String, String> cr = hub.cr(vie);
            VerdictSi first = hub.decisions.decide(new Decision("d1", "OCXA", "CR_Cmd_Acces", cr));
            String after = hub.etat(vie);
            List<String> names = new ArrayList<>(cr.keySet());
            Collections.reverse(names);
            Map<String, String> otherOrder = new LinkedHashMap<>();
            names.forEach(name -> otherOrder.put(name, cr.get(name)));

            assertThat(hub.decisions.decide(new Decision("d1", "OCXA", "CR_Cmd_Acces", otherOrder)))
                    .isEqualTo(first);

            assertThat(hub.etat(vie)).isEqualTo(after);
            assertThat(base().count("ligne_a_emettre where flux = 'CR_Cmd_Acces'"))
                    .isOne();
        }

        @Test
        void aRefusalAgainIsTheSameRefusalEvenOnceItWouldBeAllowed() {
            Contexte hub = new Contexte(base());
            Vie vie = hub.acknowledged();
            Map<String, String> mad =
                    Map.of("ReferenceCommandePriseInterneOC", vie.reference(), "EtatCrMadLigneFtth", "OK");
            VerdictSi first = hub.decisions.decide(new Decision("d1", "OCXA", "CR_MAD_LigneFTTH", mad));
            assertThat(first.motif()).isEqualTo("HORS_SEQUENCE");
            hub.decisions.decide(new Decision("d2", "OCXA", "CR_Cmd_Acces", hub.cr(vie)));

            assertThat(hub.decisions.decide(new Decision("d1", "OCXA", "CR_MAD_LigneFTTH", mad)))
                    .isEqualTo(first);
            assertThat(hub.decisions
                            .decide(new Decision("d3", "OCXA", "CR_MAD_LigneFTTH", mad))
                            .verdict())
                    .as("another id is another décision")
                    .isEqualTo("OK");
        }

        @Test
        void theSameIdForAnotherContentIsRefused() {
            Contexte hub = new Contexte(base());
            Vie vie = hub.acknowledged();
            Map<String, String> cr = hub.cr(vie);
            hub.decisions.decide(new Decision("d1", "OCXA", "CR_Cmd_Acces", cr));
            Map<String, String> other = new HashMap<>(cr);
            other.put("Commentaire", "autre");

            for (Decision reused : List.of(
                    new Decision("d1", "OCXA", "CR_Cmd_Acces", other),
                    new Decision("d1", "OCXB", "CR_Cmd_Acces", cr),
                    new Decision("d1", "OCXA", "CR_MAD_LigneFTTH", cr))) {
                assertThat(hub.decisions.decide(reused).motif()).isEqualTo("ID_REUTILISE");
            }
            assertThat(base().count("decision")).isOne();
        }

        @Test
        void aRehearsalTellsTheVerdictAndLeavesNoTrace() {
            Contexte hub = new Contexte(base());
            Vie vie = hub.acknowledged();
            Decision cr = new Decision("d1", "OCXA", "CR_Cmd_Acces", hub.cr(vie));
            Decision mad = new Decision(
                    "d2",
                    "OCXA",
                    "CR_MAD_LigneFTTH",
                    Map.of("ReferenceCommandePriseInterneOC", vie.reference(), "EtatCrMadLigneFtth", "OK"));
            String before = hub.etat(vie);
            List<Long> rows = rows();

            assertThat(hub.decisions.rehearse(cr)).isEqualTo(VerdictSi.ok("d1", "ROUTE_FOURNIE", null));
            assertThat(hub.decisions.rehearse(mad).motif()).isEqualTo("HORS_SEQUENCE");

            assertThat(hub.etat(vie)).isEqualTo(before);
            assertThat(rows()).isEqualTo(rows);
            VerdictSi decided = hub.decisions.decide(cr);
            assertThat(decided).as("its id was free").isEqualTo(VerdictSi.ok("d1", "ROUTE_FOURNIE", null));
            assertThat(hub.decisions.rehearse(cr)).as("said again").isEqualTo(decided);
            assertThat(hub.decisions
                            .rehearse(new Decision("d1", "OCXA", "CR_Cmd_Acces", Map.of()))
                            .motif())
                    .isEqualTo("ID_REUTILISE");
            assertThat(hub.decisions.rehearse(mad).verdict())
                    .as("it would be allowed now")
                    .isEqualTo("OK");
        }

        private List<Long> rows() {
            return List.of(
                            "decision",
                            "message",
                            "ligne_a_emettre",
                            "demande_a_numeroter",
                            "quarantaine",
                            "alerte",
                            "acces")
                    .stream()
                    .map(base()::count)
                    .toList();
        }

        @Test
        void theContentIsKeptInOneOrderWhateverTheNodeThatKeepsIt() {
            Contexte hub = new Contexte(base());
            hub.decisions.decide(new Decision("d1", "OCXA", "CR_Cmd_Acces", Map.of("b", "2", "a", "1")));

            assertThat(base().jdbc().queryForObject("select contenu from decision", String.class))
                    .isEqualTo(
                            "{\"champs\":{\"a\":\"1\",\"b\":\"2\"},\"flux\":\"CR_Cmd_Acces\",\"operateur\":\"OCXA\"}");
        }

        @Test
        void whatIsNoDecisionIsToldSo() {
            Contexte hub = new Contexte(base());

            assertThat(hub.decisions
                            .decide(new Decision(null, "OCXA", "CR_Cmd_Acces", null))
                            .motif())
                    .isEqualTo("ID_INVALIDE");
            assertThat(hub.decisions
                            .decide(new Decision("x".repeat(101), "OCXA", "F", null))
                            .motif())
                    .isEqualTo("ID_INVALIDE");
            assertThat(hub.decisions
                            .decide(new Decision("d1", "OCXZ", "CR_Cmd_Acces", null))
                            .motif())
                    .isEqualTo("OPERATEUR_INCONNU");
            assertThat(hub.decisions
                            .decide(new Decision("d2", "OCXA", null, null))
                            .motif())
                    .isEqualTo("CHAMP_VIDE");
            assertThat(hub.decisions
                            .decide(new Decision("d3", null, "CR_Cmd_Acces", null))
                            .motif())
                    .isEqualTo("OPERATEUR_INCONNU");
        }

        /** As many callers as given, all at once, with décisions about one order. */
        private List<VerdictSi> atOnce(Contexte hub, List<Decision> decisions) throws Exception {
            CyclicBarrier together = new CyclicBarrier(decisions.size());
            ExecutorService threads = Executors.newFixedThreadPool(decisions.size());
            List<Future<VerdictSi>> racing = new ArrayList<>();
            for (Decision decision : decisions) {
                racing.add(threads.submit(() -> {
                    together.await();
                    return hub.decisions.decide(decision);
                }));
            }
            List<VerdictSi> verdicts = new ArrayList<>();
            for (Future<VerdictSi> one : racing) {
                verdicts.add(one.get());
            }
            threads.shutdown();
            return verdicts;
        }

        @Test
        void theSameSaidTwiceAtOnceHasOneEffectAndOneVerdict() throws Exception {
            Contexte hub = new Contexte(base());
            for (int round = 0; round < 10; round++) {
                Vie vie = hub.acknowledged();
                Decision decision = new Decision("d" + round, "OCXA", "CR_Cmd_Acces", hub.cr(vie));

                assertThat(atOnce(hub, List.of(decision, decision)))
                        .containsOnly(VerdictSi.ok("d" + round, "ROUTE_FOURNIE", null));

                assertThat(base().count("ligne_a_emettre where flux = 'CR_Cmd_Acces'"))
                        .isEqualTo(round + 1);
            }
        }

        @Test
        void theSameRefusedTwiceAtOnceIsRefusedInTheSameWords() throws Exception {
            Contexte hub = new Contexte(base());
            for (int round = 0; round < 10; round++) {
                Decision decision = new Decision(
                        "d" + round, "OCXA", "CR_Cmd_Acces", Map.of("ReferenceCommandePriseInterneOC", "JAMAIS-VUE"));

                assertThat(atOnce(hub, List.of(decision, decision)))
                        .extracting(VerdictSi::motif)
                        .containsOnly("DOSSIER_INCONNU");
            }
        }

        @Test
        void ofTwoDecisionsAboutOneOrderAtOnceOneIsTooLate() throws Exception {
            Contexte hub = new Contexte(base());
            for (int round = 0; round < 10; round++) {
                Vie vie = hub.acknowledged();
                Map<String, String> cr = hub.cr(vie);

                assertThat(atOnce(
                                hub,
                                List.of(
                                        new Decision("a" + round, "OCXA", "CR_Cmd_Acces", cr),
                                        new Decision("b" + round, "OCXA", "CR_Cmd_Acces", cr))))
                        .extracting(VerdictSi::verdict)
                        .containsExactlyInAnyOrder("OK", "KO");
            }
        }
    }
}
