package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin;
import fr.interophub.cycle.Chemin.Attendu;
import fr.interophub.cycle.CycleDiagram;
import fr.interophub.cycle.CycleLayout;
import fr.interophub.echange.Dossier;
import fr.interophub.operateur.Contrat;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Ce qui est dû, par qui (§5.1, dernière colonne)")
class ParcoursTest {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final Page PAGE = CATALOGUE.page("acces", "1.2");
    private static final Parcours PARCOURS = new Parcours(CATALOGUE);
    private static final List<String> CAS = List.of(Faits.A_CONSTRUIRE, Faits.IDENTIFIEE, Faits.NON_IDENTIFIEE);

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    private static Dossier dossier(String etat, String vie, Map<String, String> faits) {
        return dossier("commande", etat, vie, faits);
    }

    private static Dossier dossier(String objet, String etat, String vie, Map<String, String> faits) {
        return new Dossier(
                new UUID(0, 1), objet, "acces", "1.2", "OCXA", "478977", null, NOW, etat, vie, 1, NOW, Map.of(), faits);
    }

    /** {@code STOC-C stocOuvert=X}: model and PTO case, then other facts. */
    private static Map<String, String> faits(String text) {
        Map<String, String> faits = new HashMap<>();
        String[] words = text.trim().split(" ");
        faits.put(Faits.MODELE, words[0].split("-")[0]);
        faits.put(Faits.CAS, CAS.get("CIN".indexOf(words[0].split("-")[1])));
        for (int i = 1; i < words.length; i++) {
            faits.put(words[i].split("=")[0], words[i].split("=")[1]);
        }
        return faits;
    }

    private static Set<String> owed(Dossier dossier) {
        return PARCOURS.expect(dossier, Contrat.DEFAUT).stream()
                .filter(Attendu::du)
                .map(one -> one.emetteur() + " " + one.flux())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest(name = "{0}, {1} : {2}")
    @CsvSource(delimiter = '|', textBlock = """
            RECUE              | OI-C                     | OI AR_Cmd_Acces
            ACQUITTEE          | OC-N                     | OI CR_Cmd_Acces
            ROUTE_FOURNIE      | OI-C                     | OI CR_MAD_LigneFTTH
            ROUTE_FOURNIE      | STOC-C                   | OI Cmd_STOC
            ROUTE_FOURNIE      | STOC-I                   | OI CR_MAD_LigneFTTH
            ROUTE_FOURNIE      | OC-C                     | OC CR_MES_LigneFTTH
            ROUTE_HOTLINE      | OI-N                     | OI Notif_Reprov
            ROUTE_HOTLINE      | STOC-N                   | OI Notif_Reprov
            ROUTE_HOTLINE      | OC-N                     | OI Notif_Reprov
            RDV_A_REPRENDRE    | OI-C                     | OC Demande_Modif_RDV
            STOC_COMMANDEE     | STOC-C stocOuvert=S1     | OC CR_STOC
            STOC_REALISEE      | STOC-C                   | OI CR_MAD_LigneFTTH
            STOC_EN_ECHEC      | STOC-C                   | OI CR_MAD_LigneFTTH, OI Notif_Reprov
            RACCORDEMENT_KO    | OI-I                     | OI CR_MAD_LigneFTTH, OI Notif_Reprov
            RACCORDEMENT_KO    | STOC-I                   | OI CR_MAD_LigneFTTH, OI Notif_Reprov
            RACCORDEMENT_KO    | OC-I                     | OI Notif_Reprov
            REPROVISIONNEE     | OI-N                     | OI CR_MAD_LigneFTTH
            REPROVISIONNEE     | STOC-C stocOuvert=S1     | OC CR_STOC
            REPROVISIONNEE     | STOC-C avant=STOC_EN_ECHEC ptoAPoser=oui | OI Cmd_STOC
            REPROVISIONNEE     | STOC-C avant=STOC_EN_ECHEC ptoAPoser=non | OI CR_MAD_LigneFTTH
            REPROVISIONNEE     | STOC-N                   | OI CR_MAD_LigneFTTH, OI Cmd_STOC
            REPROVISIONNEE     | OC-I                     | OC CR_MES_LigneFTTH
            MISE_A_DISPOSITION | OI-C                     | OC CR_MES_LigneFTTH, OC Notif_Racc_KO
            MISE_A_DISPOSITION | STOC-N                   | OC CR_MES_LigneFTTH, OC Notif_Racc_KO
            """)
    void whoOwesWhat(String etat, String faits, String expected) {
        assertThat(owed(dossier(etat, "", faits(faits)))).containsExactly(expected.split(", "));
    }

    static Stream<Arguments> modelsAndCases() {
        return Stream.of("OI", "STOC", "OC")
                .flatMap(modele -> Stream.of("C", "I", "N").map(cas -> Arguments.of(modele + "-" + cas)));
    }

    @DisplayName("dans tout état ouvert quelqu'un doit quelque chose, dans tout état final personne")
    @ParameterizedTest(name = "{0}")
    @MethodSource("modelsAndCases")
    void nobodyWaitsForNobody(String modeleEtCas) {
        Map<String, String> faits = faits(modeleEtCas);
        Chemin.Cadre cadre = PARCOURS.frame(dossier("RECUE", "", faits));
        List<CycleLayout.Way> ways =
                CycleLayout.ways(CycleDiagram.arrows(PAGE.cycle("commande"), cadre.vraies(), cadre.fausses()));
        Set<String> etats = ways.stream().map(CycleLayout.Way::to).collect(Collectors.toSet());

        assertThat(etats).contains("ACQUITTEE", "EN_SERVICE").doesNotContain(Passage.PRECEDENT);
        for (String etat : etats) {
            assertThat(owed(dossier(etat, "", faits)).isEmpty()).as(etat).isEqualTo(PAGE.terminal("commande", etat));
        }
    }

    @Test
    void aQuestionLeavesItsAnswerOwedAndNothingElse() {
        Map<String, String> faits = faits("STOC-C stocOuvert=S1");
        faits.put(Faits.ANNULATION, "en cours");
        assertThat(owed(dossier("STOC_COMMANDEE", "Cmd_Acces > Cmd_STOC > Annulation_Acces", faits)))
                .containsExactly("OI CR_Annulation_Acces");
        assertThat(owed(dossier("RDV_A_REPRENDRE", "Notif_Racc_KO > Demande_Modif_RDV", faits("OI-C"))))
                .containsExactly("OI ReponseRdv");
    }

    @Test
    void whatMayBeSaidTellsWhereItLeads() {
        List<Attendu> may =
                PARCOURS.expect(dossier("RDV_A_REPRENDRE", "", faits("OI-C avant=ROUTE_FOURNIE")), Contrat.DEFAUT);
        assertThat(may)
                .filteredOn(one -> one.flux().equals("ReponseRdv"))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.emetteur()).isEqualTo(Role.OI);
                    assertThat(one.effets())
                            .extracting(Chemin.Effet::vers)
                            .containsExactly("ROUTE_FOURNIE", "RDV_A_REPRENDRE");
                });
        assertThat(may).extracting(Attendu::flux).contains("Annulation_Acces").doesNotContain("Gel_Degel", "Cmd_STOC");
    }

    @Test
    void anAppointmentIsReadOnItsOwnTable() {
        Dossier rdv = dossier("rdv", "DEMANDE", "DemandeRdv", Map.of());
        Map<String, String> champs = Map.of("ReferenceDemandeOC", "D-1", "InconnuDeCettePage", "x");

        assertThat(owed(rdv)).containsExactly("OI ReponseRdv");
        assertThat(PARCOURS.walk(rdv, List.of(new Chemin.Dit(Role.OC, "DemandeRdv", null, champs, NOW))))
                .containsExactly(new Chemin.Pas(Passage.NEANT, "DEMANDE"));
    }

    @Test
    void whatThePageDoesNotAdmitEndsTheWay() {
        Chemin.Dit order = new Chemin.Dit(
                Role.OC,
                "Cmd_Acces",
                null,
                Map.of("ReferenceCommandePriseInterneOC", "478977", "TypeRacco", "OI"),
                NOW);
        Chemin.Dit foreign = new Chemin.Dit(Role.OC, "Inconnu", null, Map.of(), NOW);

        assertThat(PARCOURS.walk(dossier("RECUE", "", Map.of()), List.of(order, foreign, order)))
                .containsExactly(new Chemin.Pas(Passage.NEANT, "RECUE"));
    }

    @DisplayName("le dessin ne montre que le modèle du dossier, et rien n'y recouvre rien")
    @ParameterizedTest(name = "{0}")
    @MethodSource("modelsAndCases")
    void theDrawingIsOfItsModel(String modeleEtCas) {
        Chemin.Cadre cadre = PARCOURS.frame(dossier("RECUE", "", faits(modeleEtCas)));
        CycleLayout drawing = CycleLayout.of(
                PAGE.etats("commande"),
                CycleLayout.ways(CycleDiagram.arrows(PAGE.cycle("commande"), cadre.vraies(), cadre.fausses())));

        assertThat(drawing.states().stream().anyMatch(state -> state.name().startsWith("STOC_")))
                .isEqualTo(modeleEtCas.startsWith("STOC"));
        assertThat(drawing.states().stream().anyMatch(state -> state.name().equals("MISE_A_DISPOSITION")))
                .isEqualTo(!modeleEtCas.startsWith("OC"));
        for (CycleLayout.State one : drawing.states()) {
            assertThat(one.x() + one.width()).isBetween(0.0, (double) drawing.width());
            assertThat(one.y() + one.height()).isBetween(0.0, (double) drawing.height());
            assertThat(drawing.states().stream()
                            .filter(other -> other.x() < one.x() + one.width()
                                    && one.x() < other.x() + other.width()
                                    && other.y() < one.y() + one.height()
                                    && one.y() < other.y() + other.height()))
                    .containsExactly(one);
        }
        assertThat(drawing.arrows()).allSatisfy(arrow -> {
            assertThat(arrow.path()).matches("M-?\\d+ -?\\d+(L-?\\d+ -?\\d+)+");
            assertThat(arrow.texts()).hasSameSizeAs(arrow.way().said());
        });
    }
}
