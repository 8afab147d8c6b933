package fr.interophub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder of texts that people keep. What is there at the first look is told at once; a file that comes or changes later is
 * told once two looks have seen the same bytes, since it may be being written.
 */
public final class DossierSurveille {

    private static final int TAILLE_MAX = 1 << 20;

    /** What has happened to the files of the folder. */
    public interface Suites {

        /**
         * A file is new, or has other bytes; told again at the next look if this throws.
         *
         * @param octets none, when it is too large for a text of people's or cannot be read
         */
        void changed(String nom, byte[] octets);

        void gone(String nom);
    }

    private final Path dossier;
    private final String suffixe;

    /** The fingerprint of each file at the last look; null before the first. */
    private Map<String, String> vus;

    /** The fingerprint under which each file was last told. */
    private final Map<String, String> dits = new HashMap<>();

    public DossierSurveille(Path dossier, String suffixe) {
        this.dossier = dossier;
        this.suffixe = suffixe;
    }

    public void look(Suites suites) {
        Map<String, String> seen = new HashMap<>();
        for (String nom : noms()) {
            byte[] octets = read(dossier.resolve(nom));
            String empreinte = Empreinte.of(octets);
            seen.put(nom, empreinte);
            boolean still = vus == null || empreinte.equals(vus.get(nom));
            if (still && !empreinte.equals(dits.get(nom))) {
                suites.changed(nom, octets);
                dits.put(nom, empreinte);
            }
        }
        for (String gone : Set.copyOf(dits.keySet())) {
            if (!seen.containsKey(gone)) {
                suites.gone(gone);
                dits.remove(gone);
            }
        }
        vus = seen;
    }

    /** The files of the folder, by name; links are not followed, and a name that begins with a dot is nobody's. */
    public List<String> noms() {
        if (!Files.isDirectory(dossier)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(dossier)) {
            return files.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                    .map(file -> file.getFileName().toString())
                    .filter(nom -> nom.endsWith(suffixe) && !nom.startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] read(Path file) {
        try {
            return Files.size(file) > TAILLE_MAX ? new byte[0] : Files.readAllBytes(file);
        } catch (IOException e) {
            return new byte[0];
        }
    }
}
