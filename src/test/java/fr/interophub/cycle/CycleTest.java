package fr.interophub.cycle;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Le cycle d'une commande, selon la matrice du §5.2 et les passages des §5.3 à §5.12")
class CycleTest {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");
    private static final Cycle COMMANDE = new Cycle(PAGE.cycle("commande"));
    private static final Cycle RDV = new Cycle(PAGE.cycle("rdv"));

    /** « STOC-C stoc-ouvert » : model, PTO case, then other conditions that hold. */
    private static Set<String> hold(String text) {
        var hold = new HashSet<String>();
        for (var word : text.trim().split(" ")) {
            if (word.matches("(OI|STOC|OC)-[CIN]")) {
                hold.add("modele-" + word.substring(0, word.indexOf('-')));
                hold.add(word.endsWith("C") ? "a-construire" : word.endsWith("I") ? "identifiee" : "non-identifiee");
            } else if (!word.isEmpty()) {
                assertThat(PAGE.conditions()).contains(word);
                hold.add(word);
            }
        }
        return hold;
    }

    private static Optional<String> advance(Cycle cycle, String etat, String said, String hold) {
        var words = said.split(" ");
        var issue = words.length > 1 ? Issue.valueOf(words[1]) : null;
        return cycle.advance(etat, words[0], issue, hold(hold)::contains);
    }

    @DisplayName("admis")
    @ParameterizedTest(name = "{0}, {2} : {1} → {3}")
    @CsvSource(delimiter = '|', textBlock = """
            NEANT              | Cmd_Acces               | OI-C                              | RECUE
            RECUE              | AR_Cmd_Acces OK         | OI-C                              | ACQUITTEE
            RECUE              | AR_Cmd_Acces KO         | STOC-N                            | REJETEE_AR
            ACQUITTEE          | CR_Cmd_Acces KO         | OC-I                              | REJETEE_CR
            ACQUITTEE          | CR_Cmd_Acces OK         | OI-C route-reelle                 | ROUTE_FOURNIE
            ACQUITTEE          | CR_Cmd_Acces OK         | OC-I route-reelle                 | ROUTE_FOURNIE
            ACQUITTEE          | CR_Cmd_Acces OK         | OI-N route-hotline                | ROUTE_HOTLINE
            ACQUITTEE          | CR_Cmd_Acces OK         | STOC-C route-hotline              | ROUTE_HOTLINE
            ROUTE_FOURNIE      | CR_MAD_LigneFTTH OK     | OI-C                              | MISE_A_DISPOSITION
            ROUTE_FOURNIE      | CR_MAD_LigneFTTH OK     | OI-I                              | MISE_A_DISPOSITION
            ROUTE_FOURNIE      | CR_MAD_LigneFTTH KO     | OI-I                              | REJETEE_MAD
            ROUTE_HOTLINE      | CR_MAD_LigneFTTH KO     | OI-N                              | REJETEE_MAD
            RACCORDEMENT_KO    | CR_MAD_LigneFTTH KO     | OI-N                              | REJETEE_MAD
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | OI-N                              | MISE_A_DISPOSITION
            ROUTE_FOURNIE      | Notif_Racc_KO           | OI-C emis-par-OI                  | RDV_A_REPRENDRE
            ROUTE_HOTLINE      | Notif_Racc_KO           | OI-N emis-par-OI                  | RDV_A_REPRENDRE
            RDV_A_REPRENDRE    | ReponseRdv OK           | OI-C                              | PRECEDENT
            RDV_A_REPRENDRE    | ReponseRdv KO           | OI-C                              | RDV_A_REPRENDRE
            RDV_A_REPRENDRE    | CR_MAD_LigneFTTH KO     | OI-C                              | REJETEE_MAD
            RACCORDEMENT_KO    | Notif_Racc_KO           | OI-I emis-par-OI                  | RACCORDEMENT_KO
            RACCORDEMENT_KO    | ReponseRdv OK           | OI-C                              | RACCORDEMENT_KO
            MISE_A_DISPOSITION | Notif_Racc_KO           | OI-C emis-par-OC                  | RACCORDEMENT_KO
            ROUTE_FOURNIE      | Notif_Reprov            | OI-C reprov-froid                 | REPROVISIONNEE
            ROUTE_HOTLINE      | Notif_Reprov            | OI-N reprov-chaud                 | REPROVISIONNEE
            ROUTE_HOTLINE      | Notif_Reprov            | OI-N reprov-froid                 | REPROVISIONNEE
            RACCORDEMENT_KO    | Notif_Reprov            | OI-I reprov-froid                 | REPROVISIONNEE
            MISE_A_DISPOSITION | Notif_Reprov            | OI-C reprov-chaud                 | REPROVISIONNEE
            MISE_A_DISPOSITION | CR_MES_LigneFTTH        | OI-C                              | EN_SERVICE
            ROUTE_FOURNIE      | Cmd_STOC                | STOC-C                            | STOC_COMMANDEE
            ROUTE_FOURNIE      | CR_MAD_LigneFTTH OK     | STOC-I                            | MISE_A_DISPOSITION
            ROUTE_FOURNIE      | Notif_Reprov            | STOC-I reprov-chaud               | REPROVISIONNEE
            STOC_COMMANDEE     | CR_STOC OK              | STOC-C stoc-ouvert                | STOC_REALISEE
            STOC_COMMANDEE     | CR_STOC KO              | STOC-I stoc-ouvert                | STOC_EN_ECHEC
            STOC_COMMANDEE     | Notif_Reprov            | STOC-C reprov-chaud stoc-ouvert   | REPROVISIONNEE
            REPROVISIONNEE     | CR_STOC OK              | STOC-C stoc-ouvert                | STOC_REALISEE
            REPROVISIONNEE     | CR_STOC KO              | STOC-C stoc-ouvert                | STOC_EN_ECHEC
            REPROVISIONNEE     | Notif_Reprov            | STOC-C reprov-chaud stoc-ouvert   | REPROVISIONNEE
            STOC_REALISEE      | CR_MAD_LigneFTTH OK     | STOC-C                            | MISE_A_DISPOSITION
            STOC_EN_ECHEC      | CR_MAD_LigneFTTH KO     | STOC-C                            | REJETEE_MAD
            STOC_EN_ECHEC      | Notif_Reprov            | STOC-C reprov-froid               | REPROVISIONNEE
            REPROVISIONNEE     | Cmd_STOC                | STOC-C apres-echec-stoc pto-a-poser | STOC_COMMANDEE
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | STOC-C apres-echec-stoc           | MISE_A_DISPOSITION
            REPROVISIONNEE     | Cmd_STOC                | STOC-C                            | STOC_COMMANDEE
            REPROVISIONNEE     | Cmd_STOC                | STOC-N                            | STOC_COMMANDEE
            REPROVISIONNEE     | Cmd_STOC                | STOC-C pto-a-poser                | STOC_COMMANDEE
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | STOC-N                            | MISE_A_DISPOSITION
            ROUTE_HOTLINE      | Notif_Reprov            | STOC-N reprov-chaud               | REPROVISIONNEE
            ROUTE_HOTLINE      | Notif_Racc_KO           | STOC-N emis-par-OC                | RACCORDEMENT_KO
            MISE_A_DISPOSITION | Notif_Reprov            | STOC-I reprov-chaud               | REPROVISIONNEE
            MISE_A_DISPOSITION | Notif_Reprov            | STOC-N reprov-chaud               | REPROVISIONNEE
            MISE_A_DISPOSITION | Notif_Racc_KO           | STOC-C emis-par-OC                | RACCORDEMENT_KO
            RACCORDEMENT_KO    | Notif_Reprov            | STOC-C reprov-froid               | REPROVISIONNEE
            RACCORDEMENT_KO    | CR_MAD_LigneFTTH KO     | STOC-I                            | REJETEE_MAD
            MISE_A_DISPOSITION | CR_MES_LigneFTTH        | STOC-N                            | EN_SERVICE
            ROUTE_FOURNIE      | CR_MES_LigneFTTH        | OC-C                              | EN_SERVICE
            ROUTE_FOURNIE      | Notif_Reprov            | OC-I reprov-chaud                 | REPROVISIONNEE
            ROUTE_HOTLINE      | Notif_Reprov            | OC-N reprov-chaud                 | REPROVISIONNEE
            REPROVISIONNEE     | Notif_Reprov            | OC-C reprov-chaud                 | REPROVISIONNEE
            REPROVISIONNEE     | CR_MES_LigneFTTH        | OC-N                              | EN_SERVICE
            ROUTE_FOURNIE      | Notif_Racc_KO           | OC-C emis-par-OC                  | RACCORDEMENT_KO
            ROUTE_HOTLINE      | Notif_Racc_KO           | OC-N emis-par-OC                  | RACCORDEMENT_KO
            REPROVISIONNEE     | Notif_Racc_KO           | OC-I emis-par-OC                  | RACCORDEMENT_KO
            RACCORDEMENT_KO    | Notif_Reprov            | OC-C reprov-froid                 | REPROVISIONNEE
            EN_SERVICE         | Notif_Ecrasement        | OC-I                              | ECRASEE
            RECUE              | Annulation_Acces        | OI-C                              | RECUE
            EN_SERVICE         | Annulation_Acces        | OI-C                              | EN_SERVICE
            ANNULEE            | Annulation_Acces        | OI-C                              | ANNULEE
            RECUE              | CR_Annulation_Acces OK  | OI-C annulation-en-cours operation-annul | ANNULEE
            MISE_A_DISPOSITION | CR_Annulation_Acces OK  | OI-C annulation-en-cours operation-resil | RESILIEE
            EN_SERVICE         | CR_Annulation_Acces OK  | OI-C annulation-en-cours operation-resil | RESILIEE
            STOC_COMMANDEE     | CR_Annulation_Acces KO  | STOC-C annulation-en-cours        | STOC_COMMANDEE
            REJETEE_CR         | CR_Annulation_Acces KO  | OI-C annulation-en-cours          | REJETEE_CR
            ANNULEE            | CR_Cmd_Acces KO         | OI-C cr-ko-avec-annulation        | ANNULEE
            ROUTE_FOURNIE      | Mess_OI_Cmd_Acces       | OI-C prestation-connue            | ROUTE_FOURNIE
            ACQUITTEE          | Mess_OC_Cmd_Acces       | OI-C prestation-connue            | ACQUITTEE
            ACQUITTEE          | Gel_Degel               | OC-C                              | ACQUITTEE
            """)
    void admitted(String etat, String said, String hold, String vers) {
        assertThat(advance(COMMANDE, etat, said, hold)).contains(vers);
    }

    @DisplayName("hors séquence")
    @ParameterizedTest(name = "{0}, {2} : {1}")
    @CsvSource(delimiter = '|', textBlock = """
            RECUE              | CR_Cmd_Acces OK         | OI-C route-reelle
            RECUE              | CR_MAD_LigneFTTH OK     | OI-C
            ACQUITTEE          | CR_Cmd_Acces OK         | OI-N route-reelle
            ACQUITTEE          | CR_Cmd_Acces OK         | OI-I route-hotline
            ACQUITTEE          | CR_Cmd_Acces OK         | OI-C route-reelle annulation-en-cours
            ROUTE_HOTLINE      | CR_MAD_LigneFTTH OK     | OI-N
            ROUTE_HOTLINE      | CR_MAD_LigneFTTH OK     | STOC-N
            ROUTE_HOTLINE      | CR_MAD_LigneFTTH KO     | STOC-N
            ROUTE_FOURNIE      | CR_MAD_LigneFTTH OK     | STOC-C
            ROUTE_FOURNIE      | CR_MAD_LigneFTTH OK     | OC-C
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | OC-N
            RACCORDEMENT_KO    | CR_MAD_LigneFTTH KO     | OC-C
            RDV_A_REPRENDRE    | CR_MAD_LigneFTTH OK     | OI-C
            ROUTE_FOURNIE      | Cmd_STOC                | OI-C
            ROUTE_FOURNIE      | Cmd_STOC                | OC-C
            ROUTE_FOURNIE      | Cmd_STOC                | STOC-I
            RACCORDEMENT_KO    | Cmd_STOC                | STOC-C
            STOC_EN_ECHEC      | Cmd_STOC                | STOC-C pto-a-poser
            STOC_EN_ECHEC      | CR_MAD_LigneFTTH OK     | STOC-C
            REPROVISIONNEE     | Cmd_STOC                | STOC-C apres-echec-stoc
            REPROVISIONNEE     | Cmd_STOC                | STOC-C stoc-ouvert
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | STOC-C apres-echec-stoc pto-a-poser
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | STOC-C stoc-ouvert
            REPROVISIONNEE     | CR_MAD_LigneFTTH OK     | STOC-C pto-a-poser
            REPROVISIONNEE     | CR_STOC OK              | STOC-C
            ROUTE_FOURNIE      | CR_STOC OK              | STOC-C
            STOC_COMMANDEE     | Notif_Reprov            | STOC-C reprov-froid
            MISE_A_DISPOSITION | Notif_Reprov            | STOC-C reprov-chaud
            MISE_A_DISPOSITION | Notif_Reprov            | OI-C reprov-froid
            ROUTE_FOURNIE      | Notif_Reprov            | OI-C reprov-chaud
            ROUTE_FOURNIE      | Notif_Reprov            | OC-C reprov-froid
            RACCORDEMENT_KO    | Notif_Reprov            | OC-C reprov-chaud
            REPROVISIONNEE     | Notif_Reprov            | OI-C reprov-chaud
            ROUTE_FOURNIE      | Notif_Racc_KO           | OI-C emis-par-OC
            ROUTE_FOURNIE      | Notif_Racc_KO           | OI-I emis-par-OI
            ROUTE_FOURNIE      | Notif_Racc_KO           | STOC-C emis-par-OC
            MISE_A_DISPOSITION | Notif_Racc_KO           | STOC-C emis-par-OI
            RACCORDEMENT_KO    | Notif_Racc_KO           | OC-C emis-par-OI
            ROUTE_FOURNIE      | CR_MES_LigneFTTH        | OI-C
            ROUTE_FOURNIE      | CR_MES_LigneFTTH        | STOC-C
            ROUTE_HOTLINE      | CR_MES_LigneFTTH        | OC-N
            REPROVISIONNEE     | CR_MES_LigneFTTH        | STOC-C
            EN_SERVICE         | CR_MES_LigneFTTH        | OI-C
            EN_SERVICE         | Mess_OC_Cmd_Acces       | OI-C prestation-connue
            ACQUITTEE          | Mess_OI_Cmd_Acces       | OI-C
            MISE_A_DISPOSITION | Notif_Ecrasement        | OI-C
            EN_SERVICE         | CR_Annulation_Acces OK  | OI-C annulation-en-cours operation-annul
            RECUE              | CR_Annulation_Acces OK  | OI-C operation-annul
            ANNULEE            | CR_Annulation_Acces OK  | OI-C annulation-en-cours operation-annul
            ANNULEE            | CR_Cmd_Acces KO         | OI-C
            REJETEE_AR         | CR_Cmd_Acces OK         | OI-C route-reelle
            RECUE              | Cmd_Acces               | OI-C
            MISE_A_DISPOSITION | Gel_Degel               | OI-C
            """)
    void outOfSequence(String etat, String said, String hold) {
        assertThat(advance(COMMANDE, etat, said, hold)).isEmpty();
    }

    @DisplayName("annulation en cours : l'OI ne dit plus que son compte rendu (D1)")
    @Test
    void nothingButItsReportLeavesWhileAnAnnulationIsPending() {
        for (var passage : PAGE.cycle("commande")) {
            var flux = PAGE.findFlux(passage.sur()).orElseThrow();
            boolean onlyOi = flux.emisPar().equals(Set.of(fr.interophub.catalogue.Role.OI))
                    || passage.si().contains("emis-par-OI");
            if (onlyOi
                    && !flux.code().equals("CR_Annulation_Acces")
                    && !passage.si().contains("cr-ko-avec-annulation")) {
                assertThat(passage.si()).as(passage.id()).contains("pas annulation-en-cours");
            }
        }
    }

    @DisplayName("modèle OC : jamais de CR MAD ni de Cmd_STOC, en aucun état")
    @Test
    void modelOcHasNoMad() {
        for (var etat : PAGE.etats("commande")) {
            var admis = COMMANDE.fluxAdmis(
                    etat,
                    condition -> !condition.equals("modele-OI")
                            && !condition.equals("modele-STOC")
                            && !condition.equals("annulation-en-cours"));
            assertThat(admis).doesNotContain("CR_MAD_LigneFTTH", "Cmd_STOC", "CR_STOC");
        }
    }

    @DisplayName("rendez-vous (§5.11)")
    @ParameterizedTest(name = "{0} : {1} → {3}")
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            NEANT    | DemandeRdv        | | DEMANDE
            DEMANDE  | ReponseRdv OK     | | RESERVE
            DEMANDE  | ReponseRdv KO     | | REFUSE
            RESERVE  | AR_Cmd_Acces OK   | | CONFIRME
            RESERVE  | AR_Cmd_Acces KO   | | RESERVE
            RESERVE  | AnnulationRdv     | | ANNULE
            RESERVE  | DELAI             | | LIBERE
            RESERVE  | Demande_Modif_RDV | | RESERVE
            CONFIRME | ReponseRdv OK     | modification-demandee | CONFIRME
            CONFIRME | ReponseRdv KO     | modification-demandee | CONFIRME
            CONFIRME | Annulation_Acces  | | ANNULE
            CONFIRME | DELAI             | gele | CADUC
            CONFIRME | DELAI             | | -
            CONFIRME | ReponseRdv OK     | | -
            CONFIRME | AnnulationRdv     | | -
            DEMANDE  | AnnulationRdv     | | -
            DEMANDE  | Demande_Modif_RDV | | -
            LIBERE   | AR_Cmd_Acces OK   | | -
            """)
    void rdv(String etat, String said, String hold, String vers) {
        assertThat(advance(RDV, etat, said, hold == null ? "" : hold)).isEqualTo(Optional.ofNullable(vers));
    }

    @Test
    void fluxAdmis() {
        assertThat(COMMANDE.fluxAdmis("ROUTE_FOURNIE", hold("STOC-C")::contains))
                .containsExactlyInAnyOrder("Cmd_STOC", "Annulation_Acces", "Gel_Degel");
        assertThat(COMMANDE.find("RECUE", "AR_Cmd_Acces", Issue.OK, condition -> false))
                .map(Passage::id)
                .contains("T04");
        assertThat(COMMANDE.find("RECUE", "AR_Cmd_Acces", null, condition -> false))
                .isEmpty();
        assertThat(COMMANDE.fluxAdmis("PERDUE", condition -> true)).isEmpty();
    }

    @Test
    void theDiagramSaysTheTable() {
        var passages = List.of(
                new Passage(
                        "C1",
                        "NEANT",
                        "Cmd",
                        Optional.of("RECUE"),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        false),
                new Passage(
                        "C2",
                        "RECUE",
                        "AR",
                        Optional.empty(),
                        Optional.of("FINIE"),
                        Optional.of("RECUE"),
                        List.of("jour", "pas pluie"),
                        false),
                new Passage(
                        "C3",
                        "RECUE",
                        "AR",
                        Optional.empty(),
                        Optional.of("PERDUE"),
                        Optional.empty(),
                        List.of("nuit"),
                        false));
        assertThat(CycleDiagram.draw(passages, Set.of("jour"), Set.of("nuit"))).isEqualTo("""
                        stateDiagram-v2
                            [*] --> RECUE : C1 Cmd
                            RECUE --> FINIE : C2 AR OK [pas pluie]
                            RECUE --> RECUE : C2 AR KO [pas pluie]
                            FINIE --> [*]
                        """);
        assertThat(CycleDiagram.draw(passages)).contains("RECUE --> PERDUE : C3 AR OK [nuit]");
    }
}
