package fr.interophub;

import fr.interophub.crash.Postes;
import fr.interophub.sav.Cas;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
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
        return PartieSav.play(
                "h2",
                cases(cas -> cas.joue(Cas.FICHIERS)),
                new PorteDossier(Path.of("target", "portes", UUID.randomUUID().toString())),
                SANS_ATTENTE);
    }

    @TestFactory
    @DisplayName("par courriel, sur H2")
    Stream<DynamicTest> parCourriel() throws Exception {
        return mails("h2");
    }

    @TestFactory
    @DisplayName("par courriel, sur PostgreSQL")
    Stream<DynamicTest> parCourrielSurPostgres() throws Exception {
        return mails("postgres");
    }

    private static Stream<DynamicTest> mails(String base) throws Exception {
        try (Postes postes = new Postes()) {
            return PartieSav.play(
                    base,
                    cases(cas -> cas.joue(Cas.FICHIERS) || cas.joue(Cas.COURRIEL)),
                    new PorteCourriel(postes),
                    Stream.of(SANS_ATTENTE, postes.properties())
                            .flatMap(Stream::of)
                            .toArray(String[]::new));
        }
    }

    private static List<Cas> cases(Predicate<Cas> played) throws IOException {
        return Cas.load(Cas.PAR_FICHIERS).stream().filter(played).toList();
    }
}
