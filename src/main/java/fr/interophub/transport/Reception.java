package fr.interophub.transport;

import fr.interophub.echange.Journal;
import fr.interophub.echange.Transmission;
import java.io.File;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.util.function.UnaryOperator;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a dropped file into the journal. The file may be removed once this has returned, never before. */
public final class Reception {

    private static final Logger LOG = LoggerFactory.getLogger(Reception.class);

    private final Journal journal;
    private final UnaryOperator<String> nomDepose;

    /**
     * @param nomDepose from the name on our disk to the name that the operator gave, for files of our SFTP server
     */
    Reception(Journal journal, UnaryOperator<String> nomDepose) {
        this.journal = journal;
        this.nomDepose = nomDepose;
    }

    public void receive(@Header("operateur") String operateur, @Header("canal") String canal, @Body File file)
            throws IOException {
        String name = canal.equals("SFTP") ? nomDepose.apply(file.getName()) : file.getName();
        try (InputStream bytes = new Unchanged(file)) {
            Transmission taken = journal.receive(operateur, canal, name, bytes);
            LOG.info(
                    "Reçu : {} {} « {} », {} octets{}",
                    operateur,
                    canal,
                    name,
                    taken.taille(),
                    taken.doublonDe() == null ? "" : ", déjà pris, sans effet");
        }
    }

    /** Refuses to end if the file has changed while it was being read: it is taken later, whole. */
    private static final class Unchanged extends FilterInputStream {

        private final File file;
        private final long size;
        private final long modified;

        private Unchanged(File file) throws IOException {
            super(Files.newInputStream(file.toPath()));
            this.file = file;
            this.size = file.length();
            this.modified = file.lastModified();
        }

        @Override
        public int read() throws IOException {
            return checked(super.read());
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return checked(super.read(target, offset, length));
        }

        private int checked(int read) throws IOException {
            if (read < 0 && (file.length() != size || file.lastModified() != modified)) {
                throw new IOException("still being written: " + file.getName());
            }
            return read;
        }
    }
}
