package fr.interophub.catalogue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Iterator;
import java.util.List;

/** Stub. */
public final class CsvFile {

    /** Where the bytes of a file come from; may be opened as many times as needed. */
    public interface Source {
        InputStream open() throws IOException;
    }

    public record FileForm(FluxSheet feuille, Charset charset, int[] columns, long lignes) {}

    /** The lines of a file, one at a time. */
    public interface Lignes extends Iterator<Ligne>, AutoCloseable {
        void skip(long n);

        @Override
        void close() throws IOException;
    }

    private CsvFile() {}

    public static FileForm checkForm(Source bytes, List<FluxSheet> candidates, Charset forced, long maxLignes)
            throws FichierIllisible, IOException {
        throw new UnsupportedOperationException();
    }

    public static Lignes read(InputStream in, FileForm form) throws IOException {
        throw new UnsupportedOperationException();
    }
}
