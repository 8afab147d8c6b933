package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Rythme;
import fr.interophub.bacasable.Scenario;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Troupe;
import fr.interophub.bacasable.Troupe.Resultat;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Les cas du protocole, joués par les portes du hub : SFTP et REST du SI")
class CasParLesPortesIT {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");

    @TestFactory
    @DisplayName("sur H2")
    Stream<DynamicTest> surH2() throws IOException, InterruptedException {
        return play("h2", served());
    }

    /** One case in three, chosen by its name alone: a case that comes or goes changes nothing for the others. */
    @TestFactory
    @DisplayName("un tiers sur PostgreSQL")
    Stream<DynamicTest> surPostgres() throws IOException, InterruptedException {
        return play(
                "postgres",
                served().stream()
                        .filter(scenario -> Math.floorMod(scenario.id().hashCode(), 3) == 0)
                        .toList());
    }

    /** All the cases live at once in one hub; each is then a test with its id. */
    private static Stream<DynamicTest> play(String base, List<Scenario> scenarios)
            throws IOException, InterruptedException {
        List<Resultat> results;
        try (HubEnMarche hub = HubEnMarche.start(base);
                Troupe troupe = Troupe.open(hub.portes(), Rythme.VITE, Clock.systemUTC())) {
            results = troupe.play(scenarios);
        }
        assertThat(results).hasSameSizeAs(scenarios);
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.scenario().id(),
                        () -> assertThat(result.echec()).as(result.toString()).isEmpty()));
    }

    /**
     * Every case but those that go through an appointment or write into the register of accesses, whose doors this version
     * does not have.
     */
    private static List<Scenario> served() {
        return Scenarios.load()
                .list(scenario -> scenario.steps().stream().noneMatch(step -> step.geste() instanceof Scenario.Parc)
                        && scenario.steps().stream()
                                .flatMap(step -> step.dit().stream())
                                .allMatch(parole ->
                                        PAGE.flux(parole.flux()).objet().equals("commande")));
    }
}
