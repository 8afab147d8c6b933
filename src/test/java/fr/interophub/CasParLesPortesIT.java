package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.bacasable.Rythme;
import fr.interophub.bacasable.Scenario;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Troupe;
import fr.interophub.bacasable.Troupe.Resultat;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Les cas du protocole, joués par les portes du hub : SFTP et REST du SI")
class CasParLesPortesIT {

    @TestFactory
    @DisplayName("sur H2")
    Stream<DynamicTest> surH2() throws InterruptedException {
        return play("h2");
    }

    @TestFactory
    @DisplayName("sur PostgreSQL")
    Stream<DynamicTest> surPostgres() throws InterruptedException {
        return play("postgres");
    }

    /**
     * The cases that presume nothing live at once in one hub; those that presume a contract come after them, one at a time,
     * and time passes for them. Each is then a test with its id.
     */
    private static Stream<DynamicTest> play(String base) throws InterruptedException {
        List<Scenario> all = Scenarios.load().list();
        List<Resultat> results = new ArrayList<>();
        HorlogeMobile clock = new HorlogeMobile();
        try (HubEnMarche hub = HubEnMarche.start(base, clock)) {
            try (Troupe troupe = Troupe.open(hub.portes(), Rythme.VITE, clock)) {
                results.addAll(troupe.play(all.stream()
                        .filter(scenario -> scenario.contrat().isEmpty())
                        .toList()));
            }
            try (Troupe troupe = Troupe.open(hub.portes(), Rythme.VITE, clock, clock::advance)) {
                for (Scenario scenario : all) {
                    if (scenario.contrat().isPresent()) {
                        agree(hub, scenario.contrat().get());
                        results.addAll(troupe.play(List.of(scenario)));
                    }
                }
            }
        }
        assertThat(results).hasSameSizeAs(all);
        return results.stream()
                .map(result -> DynamicTest.dynamicTest(
                        result.scenario().id(),
                        () -> assertThat(result.echec()).as(result.toString()).isEmpty()));
    }

    /** Every OC agrees to these contract values, and to the defaults for the rest; live without restart. */
    private static void agree(HubEnMarche hub, String contrat) {
        Annuaire annuaire = hub.context().getBean(Annuaire.class);
        for (Operateur oc : annuaire.list()) {
            annuaire.save(new Operateur(
                    oc.code(),
                    oc.nom(),
                    oc.siren(),
                    oc.actif(),
                    oc.versions(),
                    oc.sftp(),
                    oc.cleApi(),
                    Contrat.of(values(contrat))));
        }
    }

    private static Map<String, Object> values(String json) {
        try {
            return new ObjectMapper().readValue(json, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
