package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The protocol's cases are all there, and a line that is not understood is never skipped. */
class ScenariosTest {

    private static final String HEAD = """
            # X-1 — un cas
            # spec §6.1
            modèle OI
            pto à construire
            """;

    @Test
    void everyCaseOfTheNineLivesIsThere() {
        Map<String, Long> perLife = Scenarios.load().list().stream()
                .collect(Collectors.groupingBy(s -> s.modele() + " " + s.cas().libelle(), Collectors.counting()));

        assertThat(perLife)
                .containsOnly(
                        Map.entry("OI à construire", 12L),
                        Map.entry("OI identifiée", 8L),
                        Map.entry("OI non identifiée", 7L),
                        Map.entry("STOC à construire", 18L),
                        Map.entry("STOC identifiée", 8L),
                        Map.entry("STOC non identifiée", 7L),
                        Map.entry("OC à construire", 8L),
                        Map.entry("OC identifiée", 8L),
                        Map.entry("OC non identifiée", 6L));
    }

    @Test
    void theJarAndTheFolderHoldTheSame() {
        assertThat(Scenarios.read(Path.of("samples/acces-1.2/scenarios")).list())
                .isEqualTo(Scenarios.load().list());
    }

    @Test
    void idsAreUnique() {
        assertThat(Scenarios.load().list()).extracting(Scenario::id).doesNotHaveDuplicates();
    }

    @Test
    void readsAStepWithEverythingAStepMayCarry() {
        Scenario s = Scenarios.parse("d/X-1.txt", HEAD + """
                        # au-delà du seed

                        i)   OI  CR_Cmd_Acces KO  motif=FADR01 "OC 1"=OCXA Commentaire="dit ""non"" deux fois" IdRdv=""  !! HORS_SEQUENCE
                        =>   RECUE
                        ii)  -- il ne se passe rien
                        =>   RECUE
                        """);

        assertThat(s.titre()).isEqualTo("un cas");
        assertThat(s.auDelaDuSeed()).isTrue();
        assertThat(s.etatFinal()).isEqualTo("RECUE");
        Scenario.Step step = s.steps().get(0);
        assertThat(step.refus()).contains("HORS_SEQUENCE");
        assertThat(step.ligne()).isEqualTo(7);
        Scenario.Parole dit = step.dit().orElseThrow();
        assertThat(dit.role()).isEqualTo(Role.OI);
        assertThat(dit.issue()).contains(Issue.KO);
        assertThat(dit.motif()).contains("FADR01");
        assertThat(dit.champs()).isEqualTo(Map.of("OC 1", "OCXA", "Commentaire", "dit \"non\" deux fois", "IdRdv", ""));
        assertThat(s.steps().get(1).prose()).isEqualTo("il ne se passe rien");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "i) OX Cmd_Acces | étape incomprise",
                "i) OC Cmd_Acces Champ | champ incompris : Champ",
                "i) OC Cmd_Acces A=b c | champ incompris : c",
                "i) OC Cmd_Acces A=1 A=2 | champ dit deux fois : A",
                "OC Cmd_Acces | ligne incomprise",
                "[i) OC Cmd_Acces]x2 | ligne incomprise",
                "modèle OI | une fois",
                "pto ailleurs | une fois",
                "=> en service | état illisible",
                "=> RECUE | un état suit une étape",
            })
    void aLineNotUnderstoodIsNamed(String line, String why) {
        assertThatThrownBy(() -> Scenarios.parse("d/X-1.txt", HEAD + line + "\n"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("d/X-1.txt, ligne 5 : ")
                .hasMessageContaining(why);
    }

    @Test
    void aNumeralIsSaidOnce() {
        assertThatThrownBy(() -> Scenarios.parse("d/X-1.txt", HEAD + "i) OC Cmd_Acces\ni) -- encore\n"))
                .hasMessage("d/X-1.txt, ligne 6 : numéro dit deux fois : i)");
    }

    @Test
    void aScenarioWithoutEndIsAFault() {
        assertThatThrownBy(() -> Scenarios.parse("d/X-1.txt", HEAD + "i) OC Cmd_Acces\n"))
                .hasMessageContaining("état final");
        assertThatThrownBy(() -> Scenarios.parse("d/Y.txt", HEAD)).hasMessageContaining("nom du fichier, Y");
    }
}
