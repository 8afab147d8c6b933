package fr.interophub;

import fr.interophub.sav.Cas;
import java.nio.file.Path;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

@DisplayName("Les cas du SAV 1.0a, joués par des fichiers à travers le hub, le SI par REST")
class SavParFichiersIT {

    /** The clock of the cases stands still, and nothing must wait for it. */
    private static final String[] SANS_ATTENTE = {"--hub.sftp.stabilite=0s", "--hub.emission.periode=0s"};

    @TestFactory
    @DisplayName("par un dossier, sur H2")
    Stream<DynamicTest> parUnDossier() throws Exception {
        return play("h2", folders());
    }

    @TestFactory
    @DisplayName("par un dossier, sur PostgreSQL")
    Stream<DynamicTest> parUnDossierSurPostgres() throws Exception {
        return play("postgres", folders());
    }

    private static PorteDOc folders() {
        return new PorteDossier(Path.of("target", "portes", UUID.randomUUID().toString()));
    }

    private static Stream<DynamicTest> play(String base, PorteDOc porte) throws Exception {
        return PartieSav.play(
                base,
                Cas.load(Cas.PAR_FICHIERS).stream()
                        .filter(cas -> cas.joue(Cas.FICHIERS))
                        .toList(),
                porte,
                SANS_ATTENTE);
    }
}
