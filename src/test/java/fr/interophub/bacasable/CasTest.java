package fr.interophub.bacasable;

import static fr.interophub.PagesEcrites.row;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.PagesEcrites;
import fr.interophub.bacasable.Scenario.Commande;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les 174 cas du protocole : chacun a son scénario, et une page les montre tous")
class CasTest {

    /** One case of the list: where the specification and the protocol's own document speak of it. */
    private record Cas(String id, String paragraphe, String titre, String section, boolean auDela) {}

    private static final Path SAMPLES = Path.of("samples/acces-1.2");
    private static final String NOS_CAS = "HUB-";
    private static final List<Cas> CAS = read();
    private static final Scenarios SCENARIOS = Scenarios.load();

    private static List<Cas> read() {
        try {
            return Files.readAllLines(SAMPLES.resolve("cas.csv")).stream()
                    .skip(1)
                    .map(line -> line.split(";", -1))
                    .map(c -> new Cas(c[0], c[1], c[2], c[3], c[4].equals("oui")))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void everyCaseHasItsScenario() {
        Set<String> missing = CAS.stream().map(Cas::id).collect(Collectors.toCollection(LinkedHashSet::new));
        SCENARIOS.list().forEach(scenario -> missing.remove(scenario.id()));

        assertThat(CAS).hasSize(174).extracting(Cas::id).doesNotHaveDuplicates();
        assertThat(missing).isEmpty();
    }

    @Test
    void everyScenarioIsACaseOrOneOfOurs() {
        Set<String> ids = CAS.stream().map(Cas::id).collect(Collectors.toSet());

        assertThat(SCENARIOS.list())
                .filteredOn(scenario -> !ids.contains(scenario.id()))
                .allSatisfy(scenario -> assertThat(scenario.id()).startsWith(NOS_CAS))
                .allSatisfy(scenario ->
                        assertThat(scenario.auDelaDuSeed()).as(scenario.id()).isTrue());
    }

    @Test
    void aScenarioSaysOfItsCaseWhatTheListSays() {
        CAS.forEach(cas -> SCENARIOS.find(cas.id()).ifPresent(scenario -> {
            assertThat(scenario.paragraphe()).as(cas.id()).isEqualTo(cas.paragraphe());
            assertThat(scenario.auDelaDuSeed()).as(cas.id()).isEqualTo(cas.auDela());
        }));
    }

    @Test
    void thePageShowsEveryCase() throws IOException {
        PagesEcrites.hold(Map.of(Path.of("docs/cas-acces-1.2.md"), page()));
    }

    private static String page() throws IOException {
        Map<String, String> files = files();
        StringBuilder out = new StringBuilder("# Accès 1.2 : les cas du protocole\n\n");
        out.append("<!-- Page écrite par CasTest à partir de samples/acces-1.2 : ne pas la corriger ici. -->\n\n");
        out.append(
                "Chaque scénario est joué en mémoire et par les portes du hub, et finit dans les états dits ici (une lettre par commande du"
                        + " scénario). « Au-delà » : le cas vient des règles générales, le document source ne l'écrit pas.\n");
        String paragraphe = "";
        for (Cas cas : CAS) {
            if (!cas.paragraphe().equals(paragraphe)) {
                paragraphe = cas.paragraphe();
                head(out, "Spécification " + paragraphe, "Document source");
            }
            line(out, cas.id(), cas.titre(), cas.section(), SCENARIOS.find(cas.id()), files);
        }
        head(out, "Nos propres scénarios", "Spécification");
        SCENARIOS
                .list(scenario -> scenario.id().startsWith(NOS_CAS))
                .forEach(scenario -> line(
                        out, scenario.id(), scenario.titre(), scenario.paragraphe(), Optional.of(scenario), files));
        return out.toString();
    }

    private static void head(StringBuilder out, String titre, String source) {
        out.append("\n## ").append(titre).append("\n\n");
        row(out, "Cas", "Titre", source, "États atteints", "Marques");
        row(out, "---", "---", "---", "---", "---");
    }

    private static void line(
            StringBuilder out,
            String id,
            String titre,
            String source,
            Optional<Scenario> scenario,
            Map<String, String> files) {
        row(
                out,
                scenario.map(s -> "[%s](../%s)".formatted(id, files.get(id))).orElse(id),
                titre,
                source,
                scenario.map(CasTest::etats).orElse("à venir"),
                scenario.map(CasTest::marques).orElse(""));
    }

    private static String etats(Scenario scenario) {
        List<Commande> commandes = scenario.commandes();
        return commandes.size() == 1
                ? scenario.etatFinal()
                : commandes.stream()
                        .map(commande -> commande.nom() + " " + scenario.etatFinal(commande.nom()))
                        .collect(Collectors.joining(", "));
    }

    private static String marques(Scenario scenario) {
        List<String> marques = new ArrayList<>();
        if (scenario.auDelaDuSeed()) {
            marques.add("au-delà");
        }
        scenario.contrat().ifPresent(valeurs -> marques.add("contrat `%s`".formatted(valeurs)));
        scenario.nonObservable().ifPresent(quoi -> marques.add("non observable : " + quoi));
        return String.join(" ; ", marques);
    }

    /** Where each scénario is, by its id. */
    private static Map<String, String> files() throws IOException {
        try (Stream<Path> found = Files.walk(SAMPLES.resolve("scenarios"))) {
            return found.filter(file -> file.toString().endsWith(".txt"))
                    .collect(Collectors.toMap(
                            file -> file.getFileName().toString().replaceFirst("\\.txt$", ""),
                            file -> file.toString().replace('\\', '/')));
        }
    }
}
