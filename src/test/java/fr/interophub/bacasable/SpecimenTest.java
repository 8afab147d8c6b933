package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the bac à sable says is what the protocol wants said. */
class SpecimenTest {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-01-31T11:00:00Z"), ZoneOffset.UTC);

    private final Specimen specimen = new Specimen(CLOCK, "OIDE");

    static Stream<Scenario> scenarios() {
        return Scenarios.load().list().stream();
    }

    /** Lives a whole scénario on paper: each party speaks, the other hears. */
    @ParameterizedTest
    @MethodSource("scenarios")
    void everyMessageOfEveryCasePassesItsSheet(Scenario scenario) {
        Parties parties = new Parties(scenario, specimen, List.of("OCXA", "OCXB"));
        for (Scenario.Step step : scenario.steps()) {
            Parole parole = step.dit().orElse(null);
            if (parole == null || Set.of("AR_Cmd_Acces", "CR_Annulation_Acces").contains(parole.flux())) {
                continue;
            }
            Map<String, String> champs = parties.champs(
                    step,
                    parole,
                    parole.motif()
                            .map(code -> PAGE.motif(code).orElseThrow().libelle())
                            .orElse(""));
            var line = PAGE.feuille(parole.flux()).ligne(0, champs);
            List<Anomalie> faults = PAGE.feuille(parole.flux()).check(line);
            Optional<String> refusal = refusal(scenario, step, parole);
            assertThat(faults)
                    .as(step.toString())
                    .allSatisfy(fault -> assertThat(refusal).isPresent().isEqualTo(fault.motif()));
            parole.issue().ifPresent(issue -> assertThat(line.issue()).isEqualTo(issue));
            if (step.refus().isEmpty()) {
                parties.of(step).remember(parole.flux(), champs);
            }
        }
    }

    /** The motif of the KO that answers a step, if one does. */
    private static Optional<String> refusal(Scenario scenario, Scenario.Step step, Parole parole) {
        return scenario.steps().stream()
                .filter(later ->
                        later.ligne() > step.ligne() && later.commande().equals(step.commande()))
                .flatMap(later -> later.dit().stream())
                .filter(answer -> PAGE.flux(parole.flux()).attend().equals(Optional.of(answer.flux())))
                .findFirst()
                .flatMap(Parole::motif);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void everyMotifBelongsToItsFlux(Scenario scenario) {
        scenario.steps().stream()
                .flatMap(s -> s.dit().stream())
                .forEach(d -> d.motif()
                        .ifPresent(code -> assertThat(
                                        PAGE.motif(code).orElseThrow().flux())
                                .as(scenario.id() + " " + d + " " + code)
                                .contains(d.flux())));
    }

    @Test
    void referencesAndSocketsAreNeverTwiceTheSame() {
        Specimen sameSecond = new Specimen(CLOCK, "OIDE");
        Set<String> references = new HashSet<>();
        Set<String> sockets = new HashSet<>();
        for (int i = 0; i < 500; i++) {
            Vie vie = (i % 2 == 0 ? specimen : sameSecond).open("OCXA", Modele.STOC, CasPto.IDENTIFIEE);
            Map<String, String> order = specimen.cmdAcces(vie);
            references.add(order.get("ReferenceCommandePriseInterneOC"));
            sockets.add((i % 2 == 0 ? specimen : sameSecond).cmdAcces(vie).get("ReferencePrise"));
        }
        assertThat(references).hasSize(500).allMatch(r -> r.length() <= 30);
        assertThat(sockets).hasSize(500).allMatch(s -> s.matches("OI-[0-9A-Z]{4}-[0-9A-Z]{4}"));
    }

    @Test
    void datesAreTheOnesOfParis() {
        Vie vie = specimen.open("OCXA", Modele.OC, CasPto.A_CONSTRUIRE);

        assertThat(specimen.cmdAcces(vie)).containsEntry("DateCommandePrise", "20260131 12:00");
    }
}
