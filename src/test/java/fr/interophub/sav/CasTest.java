package fr.interophub.sav;

import static fr.interophub.PagesEcrites.row;
import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.PagesEcrites;
import fr.interophub.sav.Cas.Etat;
import fr.interophub.sav.Cas.Inscrit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les 130 cas du SAV : chacun se joue quelque part, et une page dit où")
class CasTest {

    private static final Map<String, String> FAMILLES = familles();
    private static final List<Inscrit> LISTE = Cas.liste();
    private static final Map<String, Cas> ECRITS =
            Cas.load().stream().collect(Collectors.toMap(Cas::id, Function.identity()));

    private static Map<String, String> familles() {
        Map<String, String> familles = new LinkedHashMap<>();
        familles.put("CRE", "Création");
        familles.put("RDA", "Rendez-vous AUTO");
        familles.put("RDM", "Rendez-vous MANUEL");
        familles.put("SUI", "Suivi sans rendez-vous");
        familles.put("ANN", "Annulation");
        familles.put("CLO", "Clôture et requalification");
        familles.put("LEC", "Lecture");
        familles.put("MET", "Introspection");
        familles.put("SEC", "Sécurité");
        familles.put("ROB", "Robustesse");
        familles.put("HUB", "Nos propres cas");
        return familles;
    }

    private static String famille(Inscrit cas) {
        return cas.id().substring(0, 3);
    }

    @Test
    @DisplayName("aucun cas de la spécification ne manque à la liste")
    void theListIsWhole() {
        assertThat(LISTE).extracting(Inscrit::id).doesNotHaveDuplicates();
        Map<String, Long> counts = LISTE.stream().collect(groupingBy(CasTest::famille, counting()));
        counts.remove("HUB");
        assertThat(counts)
                .isEqualTo(Map.of(
                        "CRE", 23L, "RDA", 16L, "RDM", 12L, "SUI", 17L, "ANN", 13L, "CLO", 12L, "LEC", 9L, "MET", 10L,
                        "SEC", 6L, "ROB", 12L));
    }

    @Test
    @DisplayName("un cas écrit est joué tel quel ; un autre l'est par une classe de tests qui le nomme")
    void everyCaseIsPlayed() throws IOException {
        Map<String, String> tests = sources();
        for (Inscrit cas : LISTE) {
            assertThat(cas.ou()).as(cas.id()).isNotEmpty();
            boolean written = cas.ou().stream().anyMatch(ou -> ou.equals(Cas.MEMOIRE) || ou.equals(Cas.FIL));
            assertThat(ECRITS.containsKey(cas.id())).as(cas.id()).isEqualTo(written);
            if (written) {
                assertThat(ECRITS.get(cas.id()).titre()).as(cas.id()).isEqualTo("SAV 2.1 — " + cas.titre());
            }
            for (String ou : cas.ou()) {
                if (!ou.equals(Cas.MEMOIRE) && !ou.equals(Cas.FIL)) {
                    assertThat(tests).as(cas.id()).containsKey(ou);
                    assertThat(names(tests.get(ou), cas.id()))
                            .as("%s nomme %s", ou, cas.id())
                            .isTrue();
                }
            }
        }
        assertThat(ECRITS.keySet()).isSubsetOf(LISTE.stream().map(Inscrit::id).toList());
    }

    /** By its name, or within a range such as MET-01..09. */
    private static boolean names(String source, String id) {
        Matcher range =
                Pattern.compile(id.substring(0, 4) + "(\\d\\d)\\.\\.(\\d\\d)").matcher(source);
        return source.contains(id)
                || range.results()
                        .anyMatch(found -> id.substring(4).compareTo(found.group(1)) >= 0
                                && id.substring(4).compareTo(found.group(2)) <= 0);
    }

    private static Map<String, String> sources() throws IOException {
        return files(Path.of("src/test/java"), ".java")
                .collect(Collectors.toMap(CasTest::nom, CasTest::text, (a, b) -> a));
    }

    private static String nom(Path file) {
        return file.getFileName().toString().replaceFirst("\\.[a-z]+$", "");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> files(Path folder, String suffix) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            return found.filter(file -> file.toString().endsWith(suffix)).toList().stream();
        }
    }

    @Test
    void thePageShowsEveryCase() throws IOException {
        PagesEcrites.hold(Map.of(Path.of("docs/cas-sav-2.1.md"), page()));
    }

    private static String page() throws IOException {
        Map<String, Path> files =
                files(Cas.DOSSIER, ".txt").collect(Collectors.toMap(CasTest::nom, Function.identity()));
        StringBuilder out = new StringBuilder("# SAV 2.1 : les cas du protocole\n\n");
        out.append(
                "<!-- Page écrite par CasTest à partir de samples/sav-2.1/scenarios : ne pas la corriger ici. -->\n\n");
        out.append(
                "Un scénario dit *en mémoire* se joue sur les règles ; *par le fil*, par de vrais appels SOAP dans les deux sens, le"
                        + " SI parlant par REST, le service de l'OC étant celui du bac à sable. Les autres cas sont dans les"
                        + " tests nommés. « Finit en » : les deux états du dernier ticket dont le scénario parle.\n");
        for (Map.Entry<String, String> famille : FAMILLES.entrySet()) {
            out.append("\n## ").append(famille.getValue()).append("\n\n");
            row(out, "Cas", "Titre", "Spécification", "Finit en", "Joué");
            row(out, "---", "---", "---", "---", "---");
            for (Inscrit cas : LISTE) {
                if (famille(cas).equals(famille.getKey())) {
                    Optional<Path> file = Optional.ofNullable(files.get(cas.id()));
                    row(
                            out,
                            file.map(path -> "[%s](../%s)".formatted(cas.id(), path))
                                    .orElse(cas.id()),
                            cas.titre(),
                            file.map(CasTest::paragraphe).orElse("SAV §f"),
                            fin(cas.id()),
                            ou(cas));
                }
            }
        }
        return out.toString();
    }

    private static String paragraphe(Path file) {
        return text(file).lines().skip(1).findFirst().orElseThrow().replace("# spec ", "");
    }

    private static String fin(String id) {
        List<String> etats = new ArrayList<>();
        if (ECRITS.containsKey(id)) {
            for (Cas.Ligne ligne : ECRITS.get(id).lignes()) {
                if (ligne instanceof Etat etat) {
                    etats.add(etat.resolution().isEmpty() ? etat.etat() : etat.etat() + " / " + etat.resolution());
                }
            }
        }
        return etats.isEmpty() ? "" : etats.get(etats.size() - 1);
    }

    private static String ou(Inscrit cas) {
        return cas.ou().stream()
                .map(ou -> switch (ou) {
                    case Cas.MEMOIRE -> "en mémoire";
                    case Cas.FIL -> "par le fil";
                    default -> "`" + ou + "`";
                })
                .collect(Collectors.joining(", "));
    }
}
