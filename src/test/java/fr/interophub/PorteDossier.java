package fr.interophub;

import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.JeuParFichiers.Fichier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Two folders per OC: it drops into one, it takes from the other. */
final class PorteDossier implements PorteDOc {

    private final Path racine;

    PorteDossier(Path racine) {
        this.racine = racine.toAbsolutePath();
    }

    @Override
    public Operateur ouvre(Operateur fiche, Map<String, Object> sav) {
        return new Operateur(
                fiche.code(),
                fiche.nom(),
                fiche.siren(),
                true,
                fiche.versions(),
                null,
                null,
                Contrat.of(Map.of(
                        "canal",
                        "DOSSIER",
                        "dossierEntrant",
                        entrant(fiche.code()).toString(),
                        "dossierSortant",
                        sortant(fiche.code()).toString(),
                        "sav",
                        sav)),
                fiche.soap());
    }

    private Path entrant(String oc) {
        return racine.resolve(oc).resolve("entrant");
    }

    private Path sortant(String oc) {
        return racine.resolve(oc).resolve("sortant");
    }

    @Override
    public void depose(String oc, Fichier fichier) {
        try {
            Path folder = Files.createDirectories(entrant(oc));
            Path written = Files.write(folder.resolve(fichier.nom() + ".tmp"), fichier.octets());
            Files.move(written, folder.resolve(fichier.nom()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Fichier> releve(String oc) {
        if (Files.notExists(sortant(oc))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(sortant(oc))) {
            return files.map(PorteDossier::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Fichier read(Path file) {
        try {
            return new Fichier(file.getFileName().toString(), Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
