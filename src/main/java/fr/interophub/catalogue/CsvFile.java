package fr.interophub.catalogue;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * A CSV file of any flux, read twice: {@link #checkForm} reads it whole and decides whether it can be read at all, {@link
 * #read} then gives its lines. Both are streams: memory does not grow with the file (spec Accès 1.2 §1, E2 to E16).
 *
 * <p>Header and body are decoded apart: UTF-8 if every byte is (byte order mark tolerated), else windows-1252, whose undefined
 * bytes become U+FFFD. Separator {@code ;}; optional quotes {@code "}, doubled inside, line breaks allowed inside; LF, CRLF or
 * CR; empty lines are skipped; a lone quote inside a field that does not begin with one is kept.
 */
public final class CsvFile {

    /** Longest record, in characters, separators included. */
    static final int MAX_RECORD = 1 << 20;

    /** Where the bytes of a file come from; may be opened as many times as needed. */
    public interface Source {
        InputStream open() throws IOException;
    }

    /**
     * What the first pass learnt of a readable file.
     *
     * @param feuille the flux it holds
     * @param charset how its body is decoded
     * @param columns for each column of the file, the index of the sheet's field
     * @param lignes number of data lines, header and empty lines left out
     */
    public record FileForm(FluxSheet feuille, Charset charset, int[] columns, long lignes) {}

    /** The lines of a file, one at a time, in the file's order. */
    public static final class Lignes implements Iterator<Ligne>, AutoCloseable {

        private final CsvReader<Ligne> reader;
        private final CloseableIterator<Ligne> records;
        private final LigneHandler handler;
        private boolean fetched;

        private Lignes(CsvReader<Ligne> reader, LigneHandler handler) {
            this.reader = reader;
            this.handler = handler;
            records = reader.iterator();
        }

        @Override
        public boolean hasNext() {
            fetched = true;
            try {
                return records.hasNext();
            } catch (CsvParseException e) {
                throw new IllegalStateException(
                        e.getCause() == null ? e.getMessage() : e.getCause().getMessage(), e);
            }
        }

        /**
         * The next line.
         *
         * @throws UncheckedIOException when the bytes cannot be had any more
         * @throws IllegalStateException when the file is not the one whose form was checked
         * @throws NoSuchElementException when there is none
         */
        @Override
        public Ligne next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            fetched = false;
            return records.next();
        }

        /** Leaves out the next n data lines, without building them: to resume where one had stopped. */
        public void skip(long n) {
            long left = n;
            if (left > 0 && fetched && hasNext()) {
                next();
                left--;
            }
            handler.toSkip += left;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    private CsvFile() {}

    /**
     * The first pass: reads the whole file and decides whether it can be read at all.
     *
     * @param bytes the file
     * @param candidates the sheets its sender may use, in order of preference: the first whose header it is wins
     * @param forced the encoding the contract names; {@code null} to find out
     * @param maxLignes most data lines accepted; 0 = no limit
     * @throws FichierIllisible when it cannot; see there for the motifs
     * @throws IOException when the bytes cannot be had
     */
    public static FileForm checkForm(Source bytes, List<FluxSheet> candidates, Charset forced, long maxLignes)
            throws FichierIllisible, IOException {
        return new FormCheck(candidates, forced, maxLignes).check(bytes);
    }

    /**
     * The second pass: the lines of a file whose form was checked.
     *
     * <p>Values are trimmed, list values brought to their canonical spelling, 0x00 kept as U+FFFD.
     */
    public static Lignes read(InputStream in, FileForm form) throws IOException {
        var reader = new InputStreamReader(new FileBytes(in), form.charset());
        var handler = new LigneHandler(form);
        return new Lignes(builder().build(handler, reader), handler);
    }

    static CsvReader.CsvReaderBuilder builder() {
        return CsvReader.builder()
                .fieldSeparator(';')
                .quoteCharacter('"')
                .skipEmptyLines(true)
                .allowExtraFields(true)
                .allowMissingFields(true)
                .allowExtraCharsAfterClosingQuote(true)
                .allowUnclosedQuote(false)
                .maxBufferSize(4 * MAX_RECORD);
    }
}
