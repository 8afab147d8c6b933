package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is really said on the wire reads as the outcome written beside it. Adding a case is adding two files. */
@DisplayName("Les exemples, fichier par fichier")
class SamplesTest {

    private static final Path SAMPLES = Path.of("samples");
    private static final Path SHEETS = Path.of("src/main/resources/catalogue");
    private static final String CSV = ".csv";
    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /**
     * The outcome of one file.
     *
     * @param illisible the motif for which the file cannot be read at all; then there are no lines
     * @param ligne the physical line to blame when it cannot be read
     * @param reponse the flux that answers it
     */
    record Attendu(List<Resultat> lignes, String reponse, String illisible, Long ligne) {}

    /**
     * The outcome of one line.
     *
     * @param champ the field of the fault that refuses it
     * @param champs the values of some fields, as they must be read
     * @param avertit the fields that are told without refusing
     */
    record Resultat(
            String reference,
            String verdict,
            String champ,
            String regle,
            String motif,
            Map<String, String> champs,
            List<String> avertit) {}

    /** Every sheet of the catalogue, by the folder of its page: a page repeats nothing of what it inherits. */
    static Stream<Arguments> sheets() throws IOException {
        try (Stream<Path> files = Files.walk(SHEETS)) {
            return files
                    .filter(file -> file.toString().endsWith(CSV) && ofFiles(SHEETS.relativize(file)))
                    .filter(file ->
                            page(SHEETS.relativize(file)).findFlux(flux(file)).isPresent())
                    .map(file -> Arguments.of(SHEETS.relativize(file.getParent()), flux(file)))
                    .toList()
                    .stream();
        }
    }

    /** The flux that a sheet is named after. */
    private static String flux(Path sheet) {
        return sheet.getFileName().toString().replace(CSV, "");
    }

    /** Is this the folder of a page whose messages are lines of files? */
    private static boolean ofFiles(Path file) {
        return page(file).grille().isEmpty();
    }

    private static Page page(Path file) {
        String[] protocoleEtVersion = file.getName(0).toString().split("-", 2);
        return CATALOGUE.page(protocoleEtVersion[0], protocoleEtVersion[1]);
    }

    @DisplayName("toute feuille a son exemple nominal")
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("sheets")
    void everySheetHasANominalSample(Path page, String code) {
        Path folder = SAMPLES.resolve(page).resolve(code);
        assertThat(folder.resolve("nominal.csv"))
                .as(
                        "le flux %s est au catalogue ; il lui faut %s/nominal.csv et son nominal.attendu.yaml",
                        code, folder)
                .exists();
    }

    static Stream<Arguments> samples() throws IOException {
        List<Arguments> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(SAMPLES)) {
            // One folder per protocol, in it one per flux.
            files.filter(file -> file.toString().endsWith(CSV))
                    .map(SAMPLES::relativize)
                    .filter(sample -> sample.getNameCount() == 3 && ofFiles(sample))
                    .filter(sample ->
                            page(sample).findFlux(sample.getName(1).toString()).isPresent())
                    .sorted()
                    .forEach(sample -> found.add(Arguments.of(sample)));
        }
        return found.stream();
    }

    @DisplayName("un exemple se lit comme son attendu le dit")
    @ParameterizedTest(name = "{0}")
    @MethodSource("samples")
    void readsAsExpected(Path sample) throws Exception {
        String name = sample.getFileName().toString();
        Path file = SAMPLES.resolve(sample);
        Path expected = file.resolveSibling(name.substring(0, name.length() - CSV.length()) + ".attendu.yaml");
        Attendu attendu = YAML.readValue(expected.toFile(), Attendu.class);
        Page page = page(sample);
        Flux flux = page.flux(sample.getName(1).toString());
        // The door tells who speaks: only what that party may say is looked for.
        List<FluxSheet> candidates = page.flux().stream()
                .filter(other -> !Collections.disjoint(other.emisPar(), flux.emisPar()))
                .map(other -> page.feuille(other.code()))
                .toList();
        if (attendu.illisible() != null) {
            assertThatThrownBy(() -> form(file, candidates))
                    .isInstanceOfSatisfying(FichierIllisible.class, illisible -> {
                        assertThat(illisible.motif()).isEqualTo(attendu.illisible());
                        assertThat(illisible.ligne()).isEqualTo(attendu.ligne());
                    });
            return;
        }
        CsvFile.FileForm form = form(file, candidates);
        assertThat(form.feuille().flux().code()).isEqualTo(flux.code());
        assertThat(read(file, form, attendu.lignes())).isEqualTo(attendu.lignes());
        assertThat(flux.attend().orElse(null)).as("reponse").isEqualTo(attendu.reponse());
    }

    private static CsvFile.FileForm form(Path file, List<FluxSheet> candidates) throws FichierIllisible, IOException {
        return CsvFile.checkForm(() -> Files.newInputStream(file), candidates, null, 0);
    }

    /** The outcomes of the lines, told as the expectations tell them: only the fields that they name are shown. */
    private static List<Resultat> read(Path file, CsvFile.FileForm form, List<Resultat> wanted) throws IOException {
        List<Resultat> read = new ArrayList<>();
        try (CsvFile.Lignes lines = CsvFile.read(Files.newInputStream(file), form)) {
            while (lines.hasNext()) {
                Resultat like = read.size() < wanted.size() ? wanted.get(read.size()) : null;
                read.add(outcome(form.feuille(), lines.next(), like));
            }
        }
        return read;
    }

    private static Resultat outcome(FluxSheet sheet, Ligne ligne, Resultat like) {
        List<Anomalie> anomalies = sheet.check(ligne);
        List<Anomalie> refuse = anomalies.stream().filter(Anomalie::bloquante).toList();
        List<String> warn = anomalies.stream()
                .filter(anomalie -> !anomalie.bloquante())
                .map(Anomalie::champ)
                .toList();
        assertThat(refuse).as("un exemple ne casse qu'une chose").hasSizeLessThan(2);
        Map<String, String> shown = null;
        if (like != null && like.champs() != null) {
            shown = new TreeMap<>();
            for (String champ : like.champs().keySet()) {
                shown.put(champ, ligne.get(champ));
            }
        }
        return new Resultat(
                ligne.reference(),
                refuse.isEmpty() ? "OK" : "KO",
                refuse.isEmpty() ? null : refuse.get(0).champ(),
                refuse.isEmpty() ? null : refuse.get(0).regle(),
                refuse.isEmpty() ? null : refuse.get(0).motif().orElseThrow(),
                shown,
                warn.isEmpty() ? null : warn);
    }
}
