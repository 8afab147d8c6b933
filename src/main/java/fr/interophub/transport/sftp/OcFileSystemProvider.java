package fr.interophub.transport.sftp;

import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.GroupPrincipal;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.spi.FileSystemProvider;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.common.SftpConstants;
import org.apache.sshd.sftp.common.SftpHelper;

/**
 * What may be done in {@link OcFileSystem}: drop, read, rename and remove files in {@code entrant/}; read and remove them in
 * {@code sortant/}; list all three folders. Everything else is refused here, whatever the command that asks for it.
 *
 * <p>Only ordinary files exist: a link, a sub-folder or a pipe that someone put on our disk is a missing file, is not
 * listed, and is never followed. In {@code sortant/} a file exists once the hub has given it its final name. Owners,
 * permissions and dates are ours: an OC's wishes about them are accepted and ignored, since clients complain of a refusal
 * after an upload that went well.
 */
final class OcFileSystemProvider extends FileSystemProvider {

    private static final Oc OC = new Oc("oc");
    private static final Set<PosixFilePermission> FOLDER = PosixFilePermissions.fromString("rwxr-x---");
    private static final Set<PosixFilePermission> DEPOT = PosixFilePermissions.fromString("rw-r-----");
    private static final Set<PosixFilePermission> RETRAIT = PosixFilePermissions.fromString("r--r-----");

    private final Depots depots;

    OcFileSystemProvider(Depots depots) {
        this.depots = depots;
    }

    private static OcFileSystem.Place place(Path path) {
        return ((OcFileSystem.OcPath) path).getFileSystem().place(path);
    }

    @Override
    public SeekableByteChannel newByteChannel(Path path, Set<? extends OpenOption> wanted, FileAttribute<?>... ignored)
            throws IOException {
        var options = EnumSet.noneOf(StandardOpenOption.class);
        wanted.stream()
                .filter(StandardOpenOption.class::isInstance)
                .map(StandardOpenOption.class::cast)
                .forEach(options::add);
        var place = place(path);
        if (place.folder()) {
            throw new Refus(SftpConstants.SSH_FX_FAILURE, "C'est un dossier");
        }
        if (!options.contains(StandardOpenOption.WRITE)) {
            attributes(path, place);
            return FileChannel.open(place.disque(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
        }
        checkMayWrite(path, place);
        if (options.contains(StandardOpenOption.CREATE_NEW) && exists(place.disque())) {
            throw new FileAlreadyExistsException(path.toString());
        }
        if (wanted.contains(Passage.WITHOUT_DEPOT)) {
            return FileChannel.open(place.disque(), Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
        }
        return depots.open(place.disque(), options);
    }

    /** How a file is opened for something else than an upload: to shorten it. */
    enum Passage implements OpenOption {
        WITHOUT_DEPOT
    }

    /** A file may come into being, or be overwritten, here; else {@link Refus} says why not. */
    private static void checkMayWrite(Path path, OcFileSystem.Place place) throws IOException {
        switch (place.lieu()) {
            case DEPOT -> {
                if (place.refus().isPresent()) {
                    throw new Refus(SftpConstants.SSH_FX_FAILURE, place.refus().get());
                }
                if (!Files.isDirectory(place.disque().getParent(), LinkOption.NOFOLLOW_LINKS)) {
                    throw new NoSuchFileException(path.toString());
                }
                if (exists(place.disque()) && !Files.isRegularFile(place.disque(), LinkOption.NOFOLLOW_LINKS)) {
                    throw new Refus(SftpConstants.SSH_FX_PERMISSION_DENIED, "Ce nom est réservé");
                }
            }
            case RETRAIT, SORTANT ->
                throw new Refus(
                        SftpConstants.SSH_FX_PERMISSION_DENIED,
                        "On n'écrit pas dans sortant/ : déposez vos fichiers dans entrant/");
            case RACINE, ENTRANT ->
                throw new Refus(
                        SftpConstants.SSH_FX_PERMISSION_DENIED, "La racine et ses deux dossiers ne changent pas");
            case AILLEURS -> {
                if (path.toAbsolutePath().normalize().getNameCount() == 1) {
                    throw new Refus(
                            SftpConstants.SSH_FX_PERMISSION_DENIED, "Déposez vos fichiers dans entrant/, pas à côté");
                }
                throw new NoSuchFileException(path.toString());
            }
        }
    }

    private static boolean exists(Path disque) {
        return Files.exists(disque, LinkOption.NOFOLLOW_LINKS);
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path dir, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        var place = place(dir);
        var from = (OcFileSystem.OcPath) dir;
        attributes(dir, place);
        return switch (place.lieu()) {
            case RACINE ->
                new Listing(
                        () -> {},
                        List.of(child(from, OcFileSystem.ENTRANT), child(from, OcFileSystem.SORTANT))
                                .iterator());
            case ENTRANT, SORTANT -> {
                DirectoryStream<Path> surDisque = Files.newDirectoryStream(place.disque());
                yield new Listing(surDisque, new Fichiers(from, place.lieu(), surDisque.iterator()));
            }
            default -> throw new NotDirectoryException(dir.toString());
        };
    }

    private Path child(OcFileSystem.OcPath racine, String dossier) throws IOException {
        var path = racine.getFileSystem().child(racine, dossier, null);
        return racine.getFileSystem()
                .child(racine, dossier, attributes(path, place(path)).forListing());
    }

    private record Listing(Closeable under, Iterator<Path> iterator) implements DirectoryStream<Path> {

        @Override
        public void close() throws IOException {
            under.close();
        }
    }

    /** The files of one folder, read as they are asked for; one that goes away meanwhile is passed over. */
    private final class Fichiers implements Iterator<Path> {

        private final OcFileSystem.OcPath dossier;
        private final OcFileSystem.Lieu lieu;
        private final Iterator<Path> surDisque;
        private Path next;

        Fichiers(OcFileSystem.OcPath dossier, OcFileSystem.Lieu lieu, Iterator<Path> surDisque) {
            this.dossier = dossier;
            this.lieu = lieu;
            this.surDisque = surDisque;
        }

        @Override
        public boolean hasNext() {
            while (next == null && surDisque.hasNext()) {
                next = seen(surDisque.next().getFileName().toString());
            }
            return next != null;
        }

        private Path seen(String nom) {
            if (!NomsDeFichiers.ours(nom)) {
                return null;
            }
            var fs = dossier.getFileSystem();
            Path path = fs.child(dossier, NomsDeFichiers.decode(nom), null);
            try {
                return fs.child(
                        dossier,
                        NomsDeFichiers.decode(nom),
                        attributes(path, fs.place(path)).forListing());
            } catch (NoSuchFileException gone) {
                return null;
            } catch (IOException e) {
                throw new DirectoryIteratorException(e);
            }
        }

        @Override
        public Path next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            Path current = next;
            next = null;
            return current;
        }
    }

    @Override
    public void createDirectory(Path dir, FileAttribute<?>... attrs) throws IOException {
        throw new Refus(
                SftpConstants.SSH_FX_PERMISSION_DENIED,
                "Pas de sous-dossier : déposez vos fichiers directement dans entrant/");
    }

    @Override
    public void delete(Path path) throws IOException {
        var place = place(path);
        if (place.folder()) {
            throw new Refus(SftpConstants.SSH_FX_PERMISSION_DENIED, "La racine et ses deux dossiers ne s'effacent pas");
        }
        attributes(path, place);
        Files.delete(place.disque());
        depots.moved(place.disque(), null);
    }

    @Override
    public void move(Path source, Path target, CopyOption... options) throws IOException {
        var from = place(source);
        var to = place(target);
        if (from.folder()) {
            throw new Refus(
                    SftpConstants.SSH_FX_PERMISSION_DENIED, "La racine et ses deux dossiers ne se renomment pas");
        }
        attributes(source, from);
        if (from.lieu() == OcFileSystem.Lieu.RETRAIT) {
            throw new Refus(SftpConstants.SSH_FX_PERMISSION_DENIED, "On ne renomme pas dans sortant/");
        }
        checkMayWrite(target, to);
        boolean overwrite = Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING);
        if (!overwrite && exists(to.disque())) {
            throw new FileAlreadyExistsException(target.toString());
        }
        Files.move(from.disque(), to.disque(), StandardCopyOption.ATOMIC_MOVE);
        depots.moved(from.disque(), to.disque());
    }

    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        var place = place(path);
        attributes(path, place);
        if (Arrays.asList(modes).contains(AccessMode.WRITE)) {
            checkMayWrite(path, place);
        }
    }

    private Attributes attributes(Path path, OcFileSystem.Place place) throws IOException {
        if (place.disque() == null) {
            throw new NoSuchFileException(path.toString());
        }
        if (place.lieu() == OcFileSystem.Lieu.RETRAIT
                && NomsDeFichiers.provisoire(place.disque().getFileName().toString())) {
            throw new NoSuchFileException(path.toString());
        }
        Path dossier = place.file() ? place.disque().getParent() : place.disque();
        var read = place.file() && !Files.isDirectory(dossier, LinkOption.NOFOLLOW_LINKS)
                ? null
                : read(path, place.disque());
        if (read == null || (place.file() ? !read.isRegularFile() : !read.isDirectory())) {
            throw new NoSuchFileException(path.toString());
        }
        return new Attributes(
                read, place.folder() ? FOLDER : place.lieu() == OcFileSystem.Lieu.DEPOT ? DEPOT : RETRAIT);
    }

    private static BasicFileAttributes read(Path path, Path disque) throws IOException {
        try {
            return Files.readAttributes(disque, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        } catch (NoSuchFileException e) {
            // The message of this one would show our own path.
            throw new NoSuchFileException(path.toString());
        }
    }

    /** Everyone is this owner and this group: names on our machine are nobody's business. */
    private record Oc(String getName) implements GroupPrincipal {

        @Override
        public String toString() {
            return getName;
        }
    }

    private record Attributes(BasicFileAttributes read, Set<PosixFilePermission> permissions)
            implements PosixFileAttributes {

        SftpClient.Attributes forListing() {
            var seen = new SftpClient.Attributes();
            seen.setType(
                    isDirectory()
                            ? SftpConstants.SSH_FILEXFER_TYPE_DIRECTORY
                            : SftpConstants.SSH_FILEXFER_TYPE_REGULAR);
            seen.setSize(size());
            seen.setOwner(OC.toString());
            seen.setGroup(OC.toString());
            seen.setPermissions(SftpHelper.attributesToPermissions(isRegularFile(), isDirectory(), false, permissions));
            seen.setAccessTime(lastModifiedTime());
            seen.setModifyTime(lastModifiedTime());
            return seen;
        }

        Map<String, Object> named() {
            return Map.ofEntries(
                    Map.entry("size", size()),
                    Map.entry("isRegularFile", isRegularFile()),
                    Map.entry("isDirectory", isDirectory()),
                    Map.entry("isSymbolicLink", false),
                    Map.entry("isOther", false),
                    Map.entry("lastModifiedTime", lastModifiedTime()),
                    Map.entry("lastAccessTime", lastAccessTime()),
                    Map.entry("creationTime", creationTime()),
                    Map.entry("owner", OC),
                    Map.entry("group", OC),
                    Map.entry("permissions", permissions));
        }

        @Override
        public Oc owner() {
            return OC;
        }

        @Override
        public Oc group() {
            return OC;
        }

        @Override
        public FileTime lastModifiedTime() {
            return read.lastModifiedTime();
        }

        @Override
        public FileTime lastAccessTime() {
            return read.lastModifiedTime();
        }

        @Override
        public FileTime creationTime() {
            return read.creationTime();
        }

        @Override
        public boolean isRegularFile() {
            return read.isRegularFile();
        }

        @Override
        public boolean isDirectory() {
            return read.isDirectory();
        }

        @Override
        public boolean isSymbolicLink() {
            return false;
        }

        @Override
        public boolean isOther() {
            return false;
        }

        @Override
        public long size() {
            return isDirectory() ? 0 : read.size();
        }

        @Override
        public Object fileKey() {
            return null;
        }
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        if (!type.isAssignableFrom(PosixFileAttributes.class)) {
            throw new UnsupportedOperationException(type.getName());
        }
        return type.cast(attributes(path, place(path)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String names, LinkOption... options) throws IOException {
        return attributes(path, place(path)).named();
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) throws IOException {
        attributes(path, place(path));
    }

    @Override
    public boolean isSameFile(Path path, Path other) {
        return path.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        return path.getFileName() != null && path.getFileName().toString().startsWith(".");
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return null;
    }

    @Override
    public void copy(Path source, Path target, CopyOption... options) throws IOException {
        throw new UnsupportedOperationException("copy");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("space");
    }

    @Override
    public String getScheme() {
        return "oc";
    }

    @Override
    public FileSystem newFileSystem(URI uri, Map<String, ?> env) {
        throw new UnsupportedOperationException("by URI");
    }

    @Override
    public FileSystem getFileSystem(URI uri) {
        throw new UnsupportedOperationException("by URI");
    }

    @Override
    public Path getPath(URI uri) {
        throw new UnsupportedOperationException("by URI");
    }
}
