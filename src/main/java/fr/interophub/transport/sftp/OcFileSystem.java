package fr.interophub.transport.sftp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.sshd.common.file.util.BaseFileSystem;
import org.apache.sshd.common.file.util.BasePath;
import org.apache.sshd.sftp.client.SftpClient;
import org.apache.sshd.sftp.client.fs.WithFileAttributes;

/**
 * What one OC sees: {@code /}, {@code /entrant}, {@code /sortant} and the files right under the last two.
 *
 * <p>Paths are plain text here, in the OC's own names; {@link #place} is the only way from one of them to the disk, and it
 * knows five shapes. Whatever has another shape does not exist, so that {@code ..}, another OC's folder and
 * {@code /etc/passwd} are all the same missing file (An-OC-Sees-Itself).
 */
final class OcFileSystem extends BaseFileSystem<OcFileSystem.OcPath> {

    static final String ENTRANT = "entrant";
    static final String SORTANT = "sortant";

    private static final Pattern OPERATEUR = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,31}");

    /** The kinds of places an OC can name. */
    enum Lieu {
        RACINE,
        ENTRANT,
        SORTANT,
        /** A file in {@code entrant/}. */
        DEPOT,
        /** A file in {@code sortant/}. */
        RETRAIT,
        /** Where the OC would have to be us to find something. */
        AILLEURS
    }

    /**
     * A path, understood.
     *
     * @param lieu what kind of place it names
     * @param disque where that is on our disk; {@code null} elsewhere and for a name that no disk holds
     * @param refus why the name is refused, in French; empty if it is not
     */
    record Place(Lieu lieu, Path disque, Optional<String> refus) {

        boolean file() {
            return lieu == Lieu.DEPOT || lieu == Lieu.RETRAIT;
        }

        boolean folder() {
            return lieu == Lieu.RACINE || lieu == Lieu.ENTRANT || lieu == Lieu.SORTANT;
        }
    }

    /** A path in the OC's own names; when it comes from a listing, with what was read of the file at that moment. */
    static final class OcPath extends BasePath<OcPath, OcFileSystem> implements WithFileAttributes {

        private final SftpClient.Attributes attributes;

        OcPath(OcFileSystem fileSystem, String root, List<String> names, SftpClient.Attributes attributes) {
            super(fileSystem, root, names);
            this.attributes = attributes;
        }

        @Override
        public OcPath toRealPath(LinkOption... options) {
            return toAbsolutePath().normalize();
        }

        @Override
        public SftpClient.Attributes getAttributes() {
            return attributes;
        }

        List<String> names() {
            return names;
        }
    }

    private final Path racine;

    /** @param racine the OC's folder on our disk, made by {@link #prepare} */
    OcFileSystem(OcFileSystemProvider provider, Path racine) {
        super(provider);
        this.racine = racine;
    }

    /**
     * Makes an operator's folder and its {@code entrant/} and {@code sortant/} where they are missing.
     *
     * @param base the folder of all operators
     * @return the operator's folder
     * @throws IllegalArgumentException if the code cannot name a folder
     * @throws IOException if one of the three cannot be made or is something else than a real folder, a link for instance
     */
    static Path prepare(Path base, String operateur) throws IOException {
        if (!OPERATEUR.matcher(operateur).matches()) {
            throw new IllegalArgumentException(
                    "Le code opérateur « %s » ne peut pas nommer un dossier SFTP : 1 à 32 lettres, chiffres, « _ » ou « - »"
                            .formatted(NomsDeFichiers.printable(operateur)));
        }
        Files.createDirectories(base);
        Path racine = base.resolve(operateur);
        for (Path dossier : List.of(racine, racine.resolve(ENTRANT), racine.resolve(SORTANT))) {
            if (!Files.exists(dossier, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(dossier);
            }
            if (!Files.isDirectory(dossier, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException("%s n'est pas un dossier ordinaire (lien ou fichier) : à remplacer par un dossier"
                        .formatted(dossier));
            }
        }
        return racine;
    }

    Place place(Path path) {
        List<String> names = ((OcPath) path).toRealPath().names();
        if (names.isEmpty()) {
            return new Place(Lieu.RACINE, racine, Optional.empty());
        }
        Lieu dossier = switch (names.get(0)) {
            case ENTRANT -> Lieu.ENTRANT;
            case SORTANT -> Lieu.SORTANT;
            default -> Lieu.AILLEURS;
        };
        if (dossier == Lieu.AILLEURS || names.size() > 2) {
            return new Place(Lieu.AILLEURS, null, Optional.empty());
        }
        Path surDisque = racine.resolve(names.get(0));
        if (names.size() == 1) {
            return new Place(dossier, surDisque, Optional.empty());
        }
        Lieu lieu = dossier == Lieu.ENTRANT ? Lieu.DEPOT : Lieu.RETRAIT;
        try {
            return new Place(lieu, surDisque.resolve(NomsDeFichiers.encode(names.get(1))), Optional.empty());
        } catch (IllegalArgumentException e) {
            return new Place(lieu, null, Optional.of(e.getMessage()));
        }
    }

    OcPath child(OcPath dossier, String nom, SftpClient.Attributes attributes) {
        OcPath path = dossier.toRealPath().resolve(create(null, List.of(nom)));
        return new OcPath(this, "/", path.names(), attributes);
    }

    @Override
    protected OcPath create(String root, List<String> names) {
        return new OcPath(this, root, names, null);
    }

    @Override
    protected boolean hostFsHasWindowsSeparator() {
        return false;
    }

    @Override
    public OcFileSystemProvider provider() {
        return (OcFileSystemProvider) super.provider();
    }

    /** Nothing is held: the sessions of an OC come and go on the same folders. */
    @Override
    public void close() {}

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("posix");
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("no owners here");
    }
}
