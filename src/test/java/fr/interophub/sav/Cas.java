package fr.interophub.sav;

import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A case of the SAV protocol, as it is written under {@code samples/sav-2.1/scenarios}, or {@code samples/sav-1.0a/scenarios} for
 * what goes by files; {@code LISEZMOI.md} there tells the language. A line that is not understood is a fault named with its file and line: otherwise a typing error would be a pass.
 *
 * @param id e.g. {@code CRE-05}
 * @param ou where it is played, as {@code cas.csv} says
 */
public record Cas(String id, String titre, List<String> ou, List<Ligne> lignes) {

    /** Played on the rules, over a memory. */
    public static final String MEMOIRE = "memoire";

    /** Played through the doors of a running hub. */
    public static final String FIL = "fil";

    /** Played through a running hub, by files. */
    public static final String FICHIERS = "fichiers";

    /** The same, by real mails. */
    public static final String COURRIEL = "courriel";

    /** Where the cases are. */
    public static final Path DOSSIER = Path.of("samples/sav-2.1/scenarios");

    /** Where those of SAV 1.0a are. */
    public static final Path PAR_FICHIERS = Path.of("samples/sav-1.0a/scenarios");

    /** What a line asks. */
    public sealed interface Ligne {
        int numero();
    }

    /**
     * Something said, and the answer it must get.
     *
     * @param qui {@code OC}, {@code OC2}, {@code OI}, {@code LIT}, {@code LIT2}
     * @param action the value of {@code description}; empty for a read
     * @param voulus fields that are said otherwise than by default; an empty value: left out
     * @param code the return code
     * @param champ the field that the label names, or empty
     * @param lus what a read must find; {@code champs} is their number, an empty value: not there
     */
    public record Parole(
            int numero,
            String qui,
            String action,
            Map<String, String> voulus,
            int code,
            String champ,
            Map<String, String> lus)
            implements Ligne {}

    /** The states of the ticket that was spoken of last. */
    public record Etat(int numero, String etat, String resolution) implements Ligne {}

    /** The hub's surroundings, or a look at them: {@code parc}, {@code créneau}, {@code contrat}, {@code le}… */
    public record Autour(int numero, String verbe, String quoi, Map<String, String> valeurs) implements Ligne {}

    /**
     * A line of a file that an OC drops.
     *
     * @param flux the flux; empty for the last file once more, byte for byte
     * @param voulus columns that are filled otherwise than by default; an empty value: left empty
     * @param suite true when the next line is of the same file
     */
    public record Depot(int numero, String qui, String flux, Map<String, String> voulus, boolean suite)
            implements Ligne {}

    /**
     * The next line that an OC must receive.
     *
     * @param flux the flux; empty: nothing more has left for it
     * @param valeurs what stands in some columns; {@code *} at both ends: somewhere in it
     */
    public record Retour(int numero, String qui, String flux, Map<String, String> valeurs) implements Ligne {}

    private static final Pattern DEPOT = Pattern.compile("(OC2?)\\s+(?:dépose\\s+([A-Z]+)|redépose)(.*?)(\\s+&)?");
    private static final Pattern RETOUR = Pattern.compile("(OC2?)\\s+reçoit\\s+(?:rien|([A-Z]+))(.*)");
    private static final Pattern PAROLE =
            Pattern.compile("(OC2?|OI|LIT2?)>\\s*(.*?)\\s*=>\\s*([0-9]+)(?:\\s+([A-Za-z0-9]+)(?=\\s|$))?(.*)");
    private static final Pattern ETAT = Pattern.compile("=\\s*([A-Z.]+)(?:/([A-Z ]+))?");
    private static final Pattern AUTOUR = Pattern.compile(
            "(parc|commande|mes|créneau|plan|contrat|le|ticket|émis|dernier|répond|quarantaine|alerte|version)(?:\\s+([^\\s=]+)(?=\\s|$))?(.*)");
    private static final Pattern CHAMP =
            Pattern.compile("\\G\\s*(?:-([A-Za-z0-9]+)|\\+?([A-Za-z0-9]+)=(?:\"([^\"]*)\"|([^\\s\"]*)))(?=\\s|$)");

    /** A line of the list of cases: where each is played, in order; a place that is not one of ours is a class of tests. */
    public record Inscrit(String id, List<String> ou, String titre) {}

    /** The list of the specification's cases, and of ours. */
    public static List<Inscrit> liste() {
        return liste(DOSSIER);
    }

    static List<Inscrit> liste(Path dossier) {
        try (var lines = CsvReader.builder().fieldSeparator(';').ofNamedCsvRecord(dossier.resolve("cas.csv"))) {
            return lines.stream()
                    .map(line -> new Inscrit(
                            line.getField("id"), List.of(line.getField("joue").split(" ")), line.getField("titre")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean joue(String place) {
        return ou.contains(place);
    }

    /** Every case that is written, in the order of the files. */
    public static List<Cas> load() {
        return load(DOSSIER);
    }

    /** The same, of one of the folders. */
    public static List<Cas> load(Path dossier) {
        Map<String, List<String>> places = liste(dossier).stream().collect(Collectors.toMap(Inscrit::id, Inscrit::ou));
        try (Stream<Path> files = Files.walk(dossier)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .map(file -> read(file, places))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Cas read(Path file, Map<String, List<String>> places) {
        try {
            String id = file.getFileName().toString().replace(".txt", "");
            List<String> lines = Files.readAllLines(file);
            String[] title = lines.get(0).split(" — ", 2);
            require(title.length == 2 && title[0].equals("# " + id), file, 1, "« # " + id + " — titre » attendu");
            List<Ligne> read = new ArrayList<>();
            for (int i = 1; i < lines.size(); i++) {
                String line = lines.get(i).strip();
                if (!line.isEmpty() && !line.startsWith("#")) {
                    read.add(line(file, i + 1, line));
                }
            }
            require(
                    read.stream().anyMatch(one -> one instanceof Parole || one instanceof Depot),
                    file,
                    lines.size(),
                    "rien n'est dit");
            return new Cas(id, title[1], places.getOrDefault(id, List.of()), List.copyOf(read));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Ligne line(Path file, int numero, String line) {
        Matcher said = PAROLE.matcher(line);
        if (said.matches()) {
            String rest = said.group(2);
            int end = action(rest);
            String qui = said.group(1);
            return new Parole(
                    numero,
                    qui,
                    qui.startsWith("LIT") ? "" : rest.substring(0, end).strip(),
                    champs(file, numero, qui.startsWith("LIT") ? rest : rest.substring(end)),
                    Integer.parseInt(said.group(3)),
                    said.group(4) == null ? "" : said.group(4),
                    champs(file, numero, said.group(5)));
        }
        Matcher dropped = DEPOT.matcher(line);
        if (dropped.matches()) {
            return new Depot(
                    numero,
                    dropped.group(1),
                    dropped.group(2) == null ? "" : dropped.group(2),
                    champs(file, numero, dropped.group(3)),
                    dropped.group(4) != null);
        }
        Matcher back = RETOUR.matcher(line);
        if (back.matches()) {
            return new Retour(
                    numero,
                    back.group(1),
                    back.group(2) == null ? "" : back.group(2),
                    champs(file, numero, back.group(3)));
        }
        Matcher state = ETAT.matcher(line);
        if (state.matches()) {
            return new Etat(numero, state.group(1), state.group(2) == null ? "" : state.group(2));
        }
        Matcher around = AUTOUR.matcher(line);
        require(around.matches(), file, numero, "ligne incomprise : " + line);
        return new Autour(
                numero,
                around.group(1),
                around.group(2) == null ? "" : around.group(2),
                champs(file, numero, around.group(3)));
    }

    /** Where the capitals of an action end and its fields begin. */
    private static int action(String text) {
        Matcher field =
                Pattern.compile("(?:^|\\s)(?:-[A-Za-z]|\\+?[A-Za-z0-9]+=)").matcher(text);
        return field.find() ? field.start() : text.length();
    }

    private static Map<String, String> champs(Path file, int numero, String text) {
        Map<String, String> champs = new LinkedHashMap<>();
        Matcher m = CHAMP.matcher(text);
        int end = 0;
        while (m.find()) {
            String name = m.group(1) == null ? m.group(2) : m.group(1);
            String value = m.group(1) != null ? "" : m.group(3) != null ? m.group(3) : m.group(4);
            require(champs.put(name, value) == null, file, numero, "champ dit deux fois : " + name);
            end = m.end();
        }
        require(text.substring(end).isBlank(), file, numero, "champ incompris : " + text.substring(end));
        return champs;
    }

    private static void require(boolean ok, Path file, int numero, String message) {
        if (!ok) {
            throw new IllegalArgumentException("%s, ligne %d : %s".formatted(file, numero, message));
        }
    }

    @Override
    public String toString() {
        return id;
    }
}
