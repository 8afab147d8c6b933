package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Rythme;
import fr.interophub.bacasable.Scenario;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Troupe;
import fr.interophub.bacasable.Troupe.Resultat;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Les cas du protocole, joués par les portes du hub : SFTP et REST du SI")
class CasParLesPortesIT {

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

    /** The cases that presume nothing live at once in one hub, the others after them; each is then a test with its id. */
    private static Stream<DynamicTest> play(String base, List<Scenario> scenarios)
            throws IOException, InterruptedException {
        List<Resultat> results;
        HorlogeMobile clock = new HorlogeMobile();
        try (HubEnMarche hub = HubEnMarche.start(base, clock);
                Troupe troupe = Troupe.open(hub.portes(), Rythme.VITE, clock, clock::advance)) {
            results = troupe.play(scenarios);
        }
        assertThat(results).hasSameSizeAs(scenarios);
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.scenario().id(),
                        () -> assertThat(result.echec()).as(result.toString()).isEmpty()));
    }

    /** Every case but those that write into the register of accesses, whose door this version does not have. */
    private static List<Scenario> served() {
        return Scenarios.load()
                .list(scenario -> scenario.steps().stream().noneMatch(step -> step.geste() instanceof Scenario.Parc));
    }
}
