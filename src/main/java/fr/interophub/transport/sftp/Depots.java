package fr.interophub.transport.sftp;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.sshd.sftp.common.SftpConstants;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files being written at this moment, all operators together.
 *
 * <p>Depot-Interrompu: a file whose connection breaks before it is closed is renamed with {@code .part}, an ending the hub
 * leaves alone. A file cut in the middle of a line must never pass for a whole one; so each file being written has a
 * mark on the disk, which tells after a killed process what was not whole.
 */
final class Depots {

    private static final Logger LOG = LoggerFactory.getLogger(Depots.class);

    private final Map<Path, Depot> ouverts = new ConcurrentHashMap<>();
    private final Path marques;
    private final long tailleMax;

    /**
     * @param marques the folder of the marks; made when the first is written
     * @param tailleMax the greatest size of one file, in bytes
     */
    Depots(Path marques, long tailleMax) {
        this.marques = marques;
        this.tailleMax = tailleMax;
    }

    /** Sets aside what was being written when this process's predecessor ended. */
    void recover() throws IOException {
        if (Files.notExists(marques)) {
            return;
        }
        try (DirectoryStream<Path> left = Files.newDirectoryStream(marques)) {
            for (Path marque : left) {
                String disque = Files.readString(marque);
                // A process killed between the mark's two writes had not begun the file.
                if (!disque.isEmpty()) {
                    setAside(Path.of(disque));
                }
                Files.delete(marque);
            }
        }
    }

    private static void setAside(Path disque) throws IOException {
        String nom = disque.getFileName().toString();
        if (NomsDeFichiers.provisoire(nom) || !Files.exists(disque, LinkOption.NOFOLLOW_LINKS)) {
            LOG.info("dépôt interrompu : {}", disque);
        } else if (nom.length() + ".part".length() > NomsDeFichiers.LONGUEUR_MAX) {
            LOG.warn("dépôt interrompu, fichier effacé (nom trop long pour « .part ») : {}", disque);
            Files.deleteIfExists(disque);
        } else {
            Path part = disque.resolveSibling(nom + ".part");
            Files.move(disque, part, StandardCopyOption.ATOMIC_MOVE);
            LOG.warn("dépôt interrompu, fichier mis de côté : {}", part);
        }
    }

    /** Tells whether an OC is writing this file now. */
    boolean writing(Path disque) {
        return ouverts.containsKey(disque);
    }

    /** Opens a file for an OC to write. When two connections write one name, the last to open it owns it. */
    Depot open(Path disque, Set<StandardOpenOption> options) throws IOException {
        var withoutLinks = new HashSet<OpenOption>(options);
        withoutLinks.add(LinkOption.NOFOLLOW_LINKS);
        Path marque = mark(disque, null);
        Depot depot;
        try {
            depot = new Depot(disque, marque, FileChannel.open(disque, withoutLinks));
        } catch (IOException | RuntimeException e) {
            Files.delete(marque);
            throw e;
        }
        ouverts.put(disque, depot);
        return depot;
    }

    /** Writes the mark of a file, under a name that means nothing: the file's own may be as long as a name can be. */
    private Path mark(Path disque, Path marque) throws IOException {
        Path written = marque == null ? Files.createDirectories(marques).resolve(UUID.randomUUID() + ".txt") : marque;
        return Files.writeString(written, disque.toString());
    }

    /** Follows a rename made by an OC, or its removal of a file when {@code to} is {@code null}. */
    void moved(Path from, Path to) throws IOException {
        Depot depot = ouverts.remove(from);
        if (to != null) {
            ouverts.remove(to);
            if (depot != null) {
                depot.disque = to;
                mark(to, depot.marque);
                ouverts.put(to, depot);
            }
        }
    }

    /** One file being written by one connection. */
    final class Depot implements SeekableByteChannel {

        private final FileChannel fichier;
        private final Path marque;
        private volatile Path disque;
        private long position;
        private boolean tropGros;

        private Depot(Path disque, Path marque, FileChannel fichier) {
            this.disque = disque;
            this.marque = marque;
            this.fichier = fichier;
        }

        @Override
        public int write(ByteBuffer octets) throws IOException {
            if (tropGros || position > tailleMax - octets.remaining()) {
                tropGros();
            }
            int written = fichier.write(octets, position);
            position += written;
            return written;
        }

        private void tropGros() throws Refus {
            if (!tropGros) {
                tropGros = true;
                LOG.warn("dépôt refusé : plus de {} octets, fichier effacé : {}", tailleMax, disque);
                if (ouverts.get(disque) == this) {
                    remove();
                }
            }
            throw new Refus(SftpConstants.SSH_FX_FAILURE, "Fichier trop gros : %d octets au plus".formatted(tailleMax));
        }

        private void remove() {
            try {
                Files.deleteIfExists(disque);
            } catch (IOException e) {
                LOG.warn("fichier refusé impossible à effacer : {}", disque, e);
            }
        }

        void sync() throws IOException {
            fichier.force(true);
        }

        /** Ends the file as the OC asked: its bytes are on the disk when this returns. */
        @Override
        public void close() throws IOException {
            if (!fichier.isOpen()) {
                return;
            }
            boolean whole = false;
            try {
                if (!tropGros) {
                    fichier.force(true);
                }
                whole = true;
            } finally {
                if (whole) {
                    long taille = tropGros ? 0 : fichier.size();
                    fichier.close();
                    ended();
                    LOG.debug("dépôt terminé : {} ({} octets)", disque, taille);
                } else {
                    abandon();
                }
            }
        }

        /** Ends the file although the OC did not: Depot-Interrompu. */
        void abandon() {
            try {
                fichier.close();
                if (tropGros || ouverts.get(disque) != this) {
                    return;
                }
                setAside(disque);
            } catch (IOException e) {
                LOG.error("dépôt interrompu impossible à mettre de côté : {}", disque, e);
            } finally {
                ended();
            }
        }

        private void ended() {
            ouverts.remove(disque, this);
            try {
                Files.deleteIfExists(marque);
            } catch (IOException e) {
                LOG.warn("marque de dépôt impossible à effacer : {}", marque, e);
            }
        }

        @Override
        public int read(ByteBuffer octets) throws IOException {
            int read = fichier.read(octets, position);
            position += Math.max(0, read);
            return read;
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public Depot position(long wanted) {
            if (wanted < 0) {
                throw new IllegalArgumentException("negative position");
            }
            position = wanted;
            return this;
        }

        @Override
        public long size() throws IOException {
            return fichier.size();
        }

        @Override
        public Depot truncate(long taille) throws IOException {
            fichier.truncate(taille);
            return this;
        }

        @Override
        public boolean isOpen() {
            return fichier.isOpen();
        }
    }
}
