package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
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
                        # non observable : qui brasse au PM
                        contrat {"gelDegel": true}

                        i)   OI  CR_Cmd_Acces KO  motif=FADR01 "OC 1"=OCXA Commentaire="dit ""non"" deux fois" IdRdv=""  !! HORS_SEQUENCE
                        =>   RECUE
                        ii)  -- il ne se passe rien
                        =>   RECUE
                        """);

        assertThat(s.titre()).isEqualTo("un cas");
        assertThat(s.paragraphe()).isEqualTo("§6.1");
        assertThat(s.auDelaDuSeed()).isTrue();
        assertThat(s.nonObservable()).contains("qui brasse au PM");
        assertThat(s.contrat()).contains("{\"gelDegel\": true}");
        assertThat(s.etatFinal()).isEqualTo("RECUE");
        Scenario.Step step = s.steps().get(0);
        assertThat(step.refus()).contains("HORS_SEQUENCE");
        assertThat(step.ligne()).isEqualTo(9);
        Scenario.Parole dit = step.dit().orElseThrow();
        assertThat(dit.role()).isEqualTo(Role.OI);
        assertThat(dit.issue()).contains(Issue.KO);
        assertThat(dit.motif()).contains("FADR01");
        assertThat(dit.champs()).isEqualTo(Map.of("OC 1", "OCXA", "Commentaire", "dit \"non\" deux fois", "IdRdv", ""));
        assertThat(s.steps().get(1).geste()).isEqualTo(new Scenario.Prose("il ne se passe rien", 0));
    }

    @Test
    void readsSeveralOrdersFilesTheRegisterAndTime() {
        Scenario s = Scenarios.parse("d/X-1.txt", HEAD + """
                        i)    OC  Cmd_Acces  &

                        commande B (OC2, modèle OC, pto identifiée)
                        ii)   OC  Cmd_Acces  ReferencePrise="ReferencePrise de A" &
                        commande C
                        iii)  OC  fichier Cmd_Acces/deux-flux.csv  !! PLUSIEURS_FLUX
                        =>    NEANT
                        iv)   -- le lendemain, il ne se passe rien
                        v)    -- 12 jours plus tard
                        commande B
                        vi)   SI  parc  partagee=non
                        =>    RECUE
                        commande A
                        vii)  -- fin
                        =>    ECRASEE
                        """);

        assertThat(s.commandes())
                .containsExactly(
                        new Scenario.Commande("A", 1, Modele.OI, CasPto.A_CONSTRUIRE),
                        new Scenario.Commande("B", 2, Modele.OC, CasPto.IDENTIFIEE),
                        new Scenario.Commande("C", 1, Modele.OI, CasPto.A_CONSTRUIRE));
        assertThat(s.steps()).extracting(Scenario.Step::commande).containsExactly("A", "B", "C", "C", "C", "B", "A");
        assertThat(s.steps())
                .extracting(Scenario.Step::ensemble)
                .containsExactly(true, true, false, false, false, false, false);
        assertThat(s.steps().get(2).geste()).isEqualTo(new Scenario.Fichier("Cmd_Acces/deux-flux.csv"));
        assertThat(s.steps().subList(3, 5))
                .extracting(step -> ((Scenario.Prose) step.geste()).jours())
                .containsExactly(1, 12);
        assertThat(s.steps().get(5).geste()).isEqualTo(new Scenario.Parc(Map.of("partagee", "non")));
        assertThat(s.etatFinal()).isEqualTo("ECRASEE");
        assertThat(s.etatFinal("B")).isEqualTo("RECUE");
    }

    @Test
    void whatAnotherOrderKnowsCanBeQuoted() {
        Scenario s = Scenarios.parse(
                "d/X-1.txt",
                HEAD + "i) OC Cmd_Acces\n=> NEANT\ncommande B (OC2, pto identifiée)\nii) -- b\n=> NEANT\n");
        Parties parties = new Parties(s, new Specimen(Clock.systemUTC(), "OIDE"), List.of("OCXA", "OCXB"));
        parties.first().remember("CR_Cmd_Acces", Map.of("ReferencePrise", "OI-1"));

        assertThat(parties.voulus(
                        Map.of("a", "ReferencePrise de A", "b", "ReferencePrise de Z", "c", "operateur de B")))
                .isEqualTo(Map.of("a", "OI-1", "b", "ReferencePrise de Z", "c", "OCXB"));
        assertThat(parties.voulus(Map.of("a", "nouvelle de A")))
                .isEqualTo(parties.voulus(Map.of("a", "nouvelle de A")))
                .isNotEqualTo(parties.voulus(Map.of("a", "nouvelle de B")));
        assertThat(parties.of(s.steps().get(1)).operateur()).isEqualTo("OCXB");
        assertThatThrownBy(() -> new Parties(s, new Specimen(Clock.systemUTC(), "OIDE"), List.of("OCXA")))
                .hasMessage("X-1 demande 2 OC, il y en a 1");
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
                "commande BB | commande incomprise",
                "commande B (OC0) | commande incomprise : OC0",
                "commande A (OC2) | décrite deux fois",
                "i) SI parc partagee | champ incompris",
                "contrat gelDegel=oui | « contrat {…} »",
                "# non observable | dit ce qui ne se voit pas",
                "i) OI fichier a.csv | champ incompris",
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
        assertThatThrownBy(() -> Scenarios.parse("d/X-1.txt", HEAD + "i) OC Cmd_Acces &\n=> RECUE\n"))
                .hasMessageContaining("une étape de plus");
        assertThatThrownBy(
                        () -> Scenarios.parse("d/X-1.txt", HEAD + "i) -- a\ncommande B\nii) OC Cmd_Acces\n=> RECUE\n"))
                .hasMessageContaining("à la commande A");
        assertThatThrownBy(() -> Scenarios.parse("d/Y.txt", HEAD)).hasMessageContaining("nom du fichier, Y");
    }
}
