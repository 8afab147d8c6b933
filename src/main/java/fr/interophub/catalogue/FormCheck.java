package fr.interophub.catalogue;

import de.siegmar.fastcsv.reader.CsvParseException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The first pass over a file: structure only. The bytes are read as characters of one byte each, since separators, quotes and
 * line ends are the same in every encoding we accept; whether they are UTF-8 is noted on the way.
 */
final class FormCheck extends RecordHandler<Object> {

    private static final int SHOWN = 8;

    /** Carries a refusal through the parser. */
    private static final class Refus extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final FichierIllisible fichier;

        Refus(String motif, Long ligne, String detail) {
            super(null, null, false, false);
            fichier = new FichierIllisible(motif, ligne, detail);
        }
    }

    private final List<FluxSheet> candidates;
    private final Charset forced;
    private final long maxLignes;
    private final boolean oneByte;
    private final Set<String> names = new HashSet<>();

    private FluxSheet sheet;
    private int[] columns;
    private int reference = -1;
    private long lines;

    // the record in hand
    private int size;
    private boolean referenceEmpty;
    private List<String> collected;

    FormCheck(List<FluxSheet> candidates, Charset forced, long maxLignes) {
        this.candidates = candidates;
        this.forced = forced;
        this.maxLignes = maxLignes;
        oneByte = forced == null || asciiInside(forced);
        for (var candidate : candidates) {
            candidate.champs().forEach(champ -> {
                names.add(Entetes.normalise(champ.nom()));
                champ.alias().forEach(alias -> names.add(Entetes.normalise(alias)));
            });
        }
    }

    private static boolean asciiInside(Charset charset) {
        var marks = ";\"\r\nA";
        return charset.canEncode() && Arrays.equals(marks.getBytes(charset), marks.getBytes(StandardCharsets.US_ASCII));
    }

    CsvFile.FileForm check(CsvFile.Source source) throws FichierIllisible, IOException {
        try (var bytes = new FileBytes(source.open())) {
            if (bytes.empty()) {
                throw new FichierIllisible("FICHIER_VIDE", null, "le fichier est vide");
            }
            if (bytes.archive()) {
                throw new FichierIllisible(
                        "ARCHIVE", null, "archive ou classeur (zip, gzip…) reçu, fichier csv attendu");
            }
            parse(bytes);
            if (sheet == null) {
                throw new FichierIllisible("FICHIER_VIDE", null, "le fichier n'a que des lignes vides");
            }
            if (lines == 0) {
                throw new FichierIllisible(
                        "SANS_LIGNE",
                        null,
                        "%s : une ligne d'en-tête et rien d'autre"
                                .formatted(sheet.flux().code()));
            }
            var found = bytes.utf8() ? StandardCharsets.UTF_8 : Entetes.WINDOWS_1252;
            return new CsvFile.FileForm(sheet, forced == null ? found : forced, columns, lines);
        }
    }

    private void parse(FileBytes bytes) throws FichierIllisible, IOException {
        var reader = new InputStreamReader(bytes, oneByte ? StandardCharsets.ISO_8859_1 : forced);
        try (var csv = CsvFile.builder().build(this, reader)) {
            // this handler builds nothing, so the first call reads the whole file
            csv.iterator().hasNext();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (CsvParseException e) {
            if (e.getCause() instanceof Refus refus) {
                throw refus.fichier;
            }
            if (bytes.eof()) {
                throw new FichierIllisible(
                        "GUILLEMETS", line, "guillemet ouvert et jamais refermé jusqu'à la fin du fichier");
            }
            throw tooLong().fichier;
        }
    }

    private Refus tooLong() {
        return new Refus(
                "LIGNE_TROP_LONGUE",
                line,
                "plus de %d caractères lus sans fin de ligne (guillemet jamais refermé ?)"
                        .formatted(CsvFile.MAX_RECORD));
    }

    @Override
    protected void beginRecord(long startingLineNumber) {
        super.beginRecord(startingLineNumber);
        size = 0;
        referenceEmpty = false;
        collected = sheet == null ? new ArrayList<>() : null;
    }

    @Override
    protected void addField(char[] buffer, int offset, int length, boolean quoted) {
        int index = fields++;
        size += length + 1;
        if (size > CsvFile.MAX_RECORD) {
            throw tooLong();
        }
        if (index == 0) {
            blank = !quoted && white(buffer, offset, length);
            if (sheet != null && maybeHeader(buffer, offset, length)) {
                collected = new ArrayList<>();
            }
        }
        if (index == reference) {
            referenceEmpty = white(buffer, offset, length);
        }
        if (collected != null) {
            collected.add(cell(buffer, offset, length));
        }
    }

    /** White space, the two bytes of a UTF-8 no-break space included. */
    private boolean white(char[] buffer, int offset, int length) {
        for (int i = offset; i < offset + length; i++) {
            char c = buffer[i];
            boolean noBreak = oneByte && c == 0xC2 && i + 1 < offset + length && buffer[i + 1] == 0xA0;
            if (!Ligne.white(c) && !noBreak) {
                return false;
            }
        }
        return true;
    }

    /** True if the first cell of a line is the name of a column of some flux. */
    private boolean maybeHeader(char[] buffer, int offset, int length) {
        return length > 1
                && length < 200
                && !digit(buffer[offset])
                && names.contains(Entetes.normalise(cell(buffer, offset, length)));
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private String cell(char[] buffer, int offset, int length) {
        var text = new String(buffer, offset, length);
        return oneByte ? Entetes.decode(text.getBytes(StandardCharsets.ISO_8859_1)) : text;
    }

    @Override
    Object build() {
        if (sheet == null) {
            header(collected.toArray(String[]::new));
            return null;
        }
        if (collected != null) {
            otherHeader(collected.toArray(String[]::new));
        }
        if (fields != columns.length && !sheet.souple()) {
            throw new Refus(
                    "NOMBRE_DE_COLONNES", line, "%d colonnes attendues, %d lues".formatted(columns.length, fields));
        }
        if (referenceEmpty && !sheet.souple()) {
            throw new Refus(
                    "REFERENCE_VIDE",
                    line,
                    "%s : vide, attendue sur chaque ligne"
                            .formatted(sheet.flux().reference()));
        }
        if (maxLignes > 0 && lines == maxLignes) {
            throw new Refus("TROP_DE_LIGNES", line, "au plus %d lignes attendues".formatted(maxLignes));
        }
        lines++;
        return null;
    }

    private void header(String[] header) {
        for (var candidate : candidates) {
            var recognised = candidate.recognise(header);
            if (recognised.isPresent()) {
                sheet = candidate;
                columns = recognised.get();
                for (int i = 0; i < columns.length; i++) {
                    if (columns[i] == sheet.reference()) {
                        reference = i;
                    }
                }
                return;
            }
        }
        var nearest = nearest(header);
        var some = nearest == null || !nearest.souple() ? Optional.<int[]>empty() : nearest.recogniseSome(header);
        if (some.isEmpty()) {
            throw new Refus("ENTETE_INCONNUE", line, unknown(header, nearest));
        }
        sheet = nearest;
        columns = some.get();
    }

    private void otherHeader(String[] cells) {
        for (var candidate : candidates) {
            if (candidate.recognise(cells).isPresent()) {
                throw new Refus(
                        "PLUSIEURS_FLUX",
                        line,
                        "en-tête de %s lue dans un fichier %s ; un seul flux par fichier attendu"
                                .formatted(candidate.flux().code(), sheet.flux().code()));
            }
        }
    }

    /** The flux whose header is nearest; null when no column is known. */
    private FluxSheet nearest(String[] header) {
        FluxSheet nearest = null;
        int best = 0;
        for (var candidate : candidates) {
            int known = (int) Arrays.stream(header)
                    .filter(name -> present(candidate, name))
                    .count();
            if (known > best) {
                nearest = candidate;
                best = known;
            }
        }
        return nearest;
    }

    /** Names the flux whose header is nearest, and what separates the header read from it. */
    private static String unknown(String[] header, FluxSheet nearest) {
        if (nearest == null) {
            var first = header[0].length() > 80 ? header[0].substring(0, 80) : header[0];
            return "aucun flux connu n'a ces colonnes ; %d lues, la première est « %s », séparateur « ; » attendu"
                    .formatted(header.length, Ligne.visible(first));
        }
        var missing = new ArrayList<String>();
        for (int i = 0; i < nearest.size(); i++) {
            int index = i;
            if (!nearest.absent(i)
                    && Arrays.stream(header)
                            .noneMatch(name -> nearest.find(name).orElse(-1) == index)) {
                missing.add(nearest.champs().get(i).nom());
            }
        }
        var foreign = Arrays.stream(header)
                .filter(name -> !present(nearest, name))
                .map(Ligne::visible)
                .toList();
        var seen = new HashSet<Integer>();
        var twice = Arrays.stream(header)
                .filter(name ->
                        present(nearest, name) && !seen.add(nearest.find(name).getAsInt()))
                .toList();
        return "flux le plus proche : %s %s%s%s%s"
                .formatted(
                        nearest.flux().code(),
                        nearest.version(),
                        list(" ; colonnes manquantes : ", missing),
                        list(" ; colonnes inconnues : ", foreign),
                        list(" ; colonnes en double : ", twice));
    }

    private static boolean present(FluxSheet sheet, String name) {
        var found = sheet.find(name);
        return found.isPresent() && !sheet.absent(found.getAsInt());
    }

    private static String list(String title, List<String> names) {
        if (names.isEmpty()) {
            return "";
        }
        var shown = names.stream()
                .limit(SHOWN)
                .map(name -> name.length() > 60 ? name.substring(0, 60) + "…" : name)
                .toList();
        return title
                + String.join(", ", shown)
                + (names.size() > SHOWN ? " et %d autres".formatted(names.size() - SHOWN) : "");
    }
}
