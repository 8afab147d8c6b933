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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les cas du SAV : chacun se joue quelque part, et une page dit où")
class CasTest {

    /**
     * The cases of one way of speaking.
     *
     * @param version of SAV, as titles say it
     * @param source the paragraph of those that have no text of their own
     * @param familles the beginnings of their identifiers, in order
     */
    private record Recueil(String version, Path dossier, String source, String intro, Map<String, String> familles) {

        private List<Inscrit> liste() {
            return Cas.liste(dossier);
        }

        private Map<String, Cas> ecrits() {
            return Cas.load(dossier).stream().collect(Collectors.toMap(Cas::id, Function.identity()));
        }

        @Override
        public String toString() {
            return "SAV " + version;
        }
    }

    private static final Recueil PAR_LE_FIL = new Recueil(
            "2.1",
            Cas.DOSSIER,
            "SAV §f",
            "Un scénario dit *en mémoire* se joue sur les règles ; *par le fil*, par de vrais appels SOAP dans les deux sens, le"
                    + " SI parlant par REST, le service de l'OC étant celui du bac à sable. Les autres cas sont dans les"
                    + " tests nommés. « Finit en » : les deux états du dernier ticket dont le scénario parle.\n",
            familles(
                    "CRE", "Création",
                    "RDA", "Rendez-vous AUTO",
                    "RDM", "Rendez-vous MANUEL",
                    "SUI", "Suivi sans rendez-vous",
                    "ANN", "Annulation",
                    "CLO", "Clôture et requalification",
                    "LEC", "Lecture",
                    "MET", "Introspection",
                    "SEC", "Sécurité",
                    "ROB", "Robustesse",
                    "HUB", "Nos propres cas"));

    private static final Recueil PAR_FICHIERS = new Recueil(
            "1.0a",
            Cas.PAR_FICHIERS,
            "SAV §g",
            "Un scénario dit *en mémoire* se joue sur les règles ; *par des fichiers*, à travers le hub, le SI parlant par REST ;"
                    + " *par courriel*, par de vrais courriels. Les autres cas sont dans les tests nommés. « Finit en » : les deux"
                    + " états du dernier ticket dont le scénario parle.\n",
            familles("CSV", "Les cas de la spécification", "VIE", "Les vies de l'annexe", "HUB", "Nos propres cas"));

    /** Where a case may be played as it is written. */
    private static final Map<String, String> TELS_QUELS = Map.of(
            Cas.MEMOIRE, "en mémoire",
            Cas.FIL, "par le fil",
            Cas.FICHIERS, "par des fichiers",
            Cas.COURRIEL, "par courriel");

    static Stream<Recueil> recueils() {
        return Stream.of(PAR_LE_FIL, PAR_FICHIERS);
    }

    private static Map<String, String> familles(String... names) {
        Map<String, String> familles = new LinkedHashMap<>();
        for (int i = 0; i < names.length; i += 2) {
            familles.put(names[i], names[i + 1]);
        }
        return familles;
    }

    private static String famille(Inscrit cas) {
        return cas.id().substring(0, 3);
    }

    @Test
    @DisplayName("aucun cas de la spécification ne manque à la liste")
    void theListIsWhole() {
        recueils()
                .forEach(recueil ->
                        assertThat(recueil.liste()).extracting(Inscrit::id).doesNotHaveDuplicates());
        Map<String, Long> counts = PAR_LE_FIL.liste().stream().collect(groupingBy(CasTest::famille, counting()));
        counts.remove("HUB");
        assertThat(counts)
                .isEqualTo(Map.of(
                        "CRE", 23L, "RDA", 16L, "RDM", 12L, "SUI", 17L, "ANN", 13L, "CLO", 12L, "LEC", 9L, "MET", 10L,
                        "SEC", 6L, "ROB", 12L));
        assertThat(PAR_FICHIERS.liste())
                .extracting(Inscrit::id)
                .filteredOn(id -> id.startsWith("CSV"))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 15)
                        .mapToObj("CSV-%02d"::formatted)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("recueils")
    @DisplayName("un cas écrit est joué tel quel ; un autre l'est par une classe de tests qui le nomme")
    void everyCaseIsPlayed(Recueil recueil) throws IOException {
        Map<String, String> tests = sources();
        Map<String, Cas> ecrits = recueil.ecrits();
        for (Inscrit cas : recueil.liste()) {
            assertThat(cas.ou()).as(cas.id()).isNotEmpty();
            boolean written = cas.ou().stream().anyMatch(TELS_QUELS::containsKey);
            assertThat(ecrits.containsKey(cas.id())).as(cas.id()).isEqualTo(written);
            if (written) {
                assertThat(ecrits.get(cas.id()).titre())
                        .as(cas.id())
                        .isEqualTo("%s — %s".formatted(recueil, cas.titre()));
            }
            for (String ou : cas.ou()) {
                if (!TELS_QUELS.containsKey(ou)) {
                    assertThat(tests).as(cas.id()).containsKey(ou);
                    assertThat(names(tests.get(ou), cas.id()))
                            .as("%s nomme %s", ou, cas.id())
                            .isTrue();
                }
            }
        }
        assertThat(ecrits.keySet())
                .isSubsetOf(recueil.liste().stream().map(Inscrit::id).toList());
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

    @ParameterizedTest
    @MethodSource("recueils")
    void thePageShowsEveryCase(Recueil recueil) throws IOException {
        PagesEcrites.hold(Map.of(Path.of("docs/cas-sav-%s.md".formatted(recueil.version())), page(recueil)));
    }

    private static String page(Recueil recueil) throws IOException {
        Map<String, Cas> ecrits = recueil.ecrits();
        Map<String, Path> files =
                files(recueil.dossier(), ".txt").collect(Collectors.toMap(CasTest::nom, Function.identity()));
        StringBuilder out = new StringBuilder("# %s : les cas du protocole\n\n".formatted(recueil));
        out.append("<!-- Page écrite par CasTest à partir de %s : ne pas la corriger ici. -->\n\n"
                .formatted(recueil.dossier()));
        out.append(recueil.intro());
        for (Map.Entry<String, String> famille : recueil.familles().entrySet()) {
            out.append("\n## ").append(famille.getValue()).append("\n\n");
            row(out, "Cas", "Titre", "Spécification", "Finit en", "Joué");
            row(out, "---", "---", "---", "---", "---");
            for (Inscrit cas : recueil.liste()) {
                if (famille(cas).equals(famille.getKey())) {
                    Optional<Path> file = Optional.ofNullable(files.get(cas.id()));
                    row(
                            out,
                            file.map(path -> "[%s](../%s)".formatted(cas.id(), path))
                                    .orElse(cas.id()),
                            cas.titre(),
                            file.map(CasTest::paragraphe).orElse(recueil.source()),
                            fin(ecrits.get(cas.id())),
                            ou(cas));
                }
            }
        }
        return out.toString();
    }

    private static String paragraphe(Path file) {
        return text(file).lines().skip(1).findFirst().orElseThrow().replace("# spec ", "");
    }

    private static String fin(Cas cas) {
        List<String> etats = new ArrayList<>();
        if (cas != null) {
            for (Cas.Ligne ligne : cas.lignes()) {
                if (ligne instanceof Etat etat) {
                    etats.add(etat.resolution().isEmpty() ? etat.etat() : etat.etat() + " / " + etat.resolution());
                }
            }
        }
        return etats.isEmpty() ? "" : etats.get(etats.size() - 1);
    }

    private static String ou(Inscrit cas) {
        return cas.ou().stream()
                .map(ou -> TELS_QUELS.getOrDefault(ou, "`" + ou + "`"))
                .collect(Collectors.joining(", "));
    }
}
