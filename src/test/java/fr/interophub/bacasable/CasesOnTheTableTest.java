package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of the protocol, walked over the page's own state table, ends where the protocol says. */
class CasesOnTheTableTest {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");

    static Stream<Scenario> scenarios() {
        return Scenarios.load().list().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsWhereTheProtocolSays(Scenario scenario) {
        Parties parties = new Parties(scenario, new Specimen(Clock.systemUTC(), "OIDE"), List.of("OCXA", "OCXB"));
        Map<String, Pion> pions = new HashMap<>();
        for (Step step : scenario.steps()) {
            Vie vie = parties.of(step).oc();
            Pion pion = pions.computeIfAbsent(step.commande(), any -> new Pion(PAGE, vie.modele(), vie.cas()));
            step.dit().ifPresent(parole -> say(scenario, parties, pion, step, parole));
            step.etat()
                    .ifPresent(etat -> assertThat(pion.etat())
                            .as("%s, ligne %d, %s", scenario.id(), step.ligne(), step)
                            .isEqualTo(etat));
        }
    }

    private static void say(Scenario scenario, Parties parties, Pion pion, Step step, Parole parole) {
        Map<String, String> champs = Set.of("AR_Cmd_Acces", "CR_Annulation_Acces")
                        .contains(parole.flux())
                ? parole.champs()
                : parties.champs(
                        step,
                        parole,
                        parole.motif().flatMap(PAGE::motif).map(Motif::libelle).orElse(""));
        Issue issue = parole.issue().orElse(null);
        Optional<String> to = pion.find(parole.role(), parole.flux(), issue, champs);
        if (step.refus().isPresent()) {
            assertThat(to).as("%s, %s", scenario.id(), step).isEmpty();
            return;
        }
        boolean offTheTable = to.isEmpty() && PAGE.flux(parole.flux()).objet().equals("rdv");
        if (!offTheTable) {
            assertThat(to).as("%s, %s en %s", scenario.id(), step, pion.etat()).isPresent();
            pion.say(parole.role(), parole.flux(), issue, champs);
        }
        parties.of(step).remember(parole.flux(), champs);
    }

    @Test
    void aWalkNeverLeavesTheTable() {
        Marches marches = new Marches(PAGE, new Random(1));
        Set<String> said = new HashSet<>();
        Set<String> etats = new HashSet<>();
        for (int n = 0; n < 2000; n++) {
            Scenario marche = marches.next(30);
            endsWhereTheProtocolSays(marche);
            assertThat(marche.steps()).hasSizeLessThanOrEqualTo(31);
            marche.steps().forEach(step -> {
                said.add(step.dit().orElseThrow().flux());
                step.etat().ifPresent(etats::add);
            });
        }
        assertThat(said)
                .as("all that is practised about an order but écrasement, which takes two")
                .containsExactlyInAnyOrderElementsOf(PAGE.flux().stream()
                        .filter(flux -> flux.objet().equals("commande") && flux.pratique())
                        .map(Flux::code)
                        .filter(flux -> !flux.equals("Notif_Ecrasement"))
                        .toList());
        Set<String> expected = new HashSet<>(PAGE.etats("commande"));
        expected.removeAll(Set.of("RECUE", "ECRASEE"));
        assertThat(etats).isEqualTo(expected);
    }

    @Test
    void theSameSeedGivesTheSameWalks() {
        assertThat(new Marches(PAGE, new Random(7)).next(20)).isEqualTo(new Marches(PAGE, new Random(7)).next(20));
    }
}
