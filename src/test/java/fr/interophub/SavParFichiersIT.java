package fr.interophub;

import fr.interophub.bacasable.CasSav;
import fr.interophub.crash.Postes;
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
                cases(cas -> cas.joue(CasSav.FICHIERS)),
                new PorteDossier(Path.of("target", "portes", UUID.randomUUID().toString())),
                SANS_ATTENTE);
    }

    /** On H2 the bac à sable plays them by mail, in the hub of the demo (CasParCourrielIT). */
    @TestFactory
    @DisplayName("par courriel, sur PostgreSQL")
    Stream<DynamicTest> parCourriel() throws Exception {
        try (Postes postes = new Postes()) {
            return PartieSav.play(
                    "postgres",
                    cases(cas -> cas.joue(CasSav.FICHIERS) || cas.joue(CasSav.COURRIEL)),
                    new PorteCourriel(postes),
                    Stream.of(SANS_ATTENTE, postes.properties())
                            .flatMap(Stream::of)
                            .toArray(String[]::new));
        }
    }

    private static List<CasSav> cases(Predicate<CasSav> played) throws IOException {
        return CasSav.load(CasSav.PAR_FICHIERS).stream().filter(played).toList();
    }
}
