package fr.interophub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.ChampDAction.Obligation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les champs, les codes et les clôtures d'un protocole d'appels")
class GrilleTest {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final Grille GRILLE = grille("2.1");

    private static Grille grille(String version) {
        return CATALOGUE.page("sav", version).grille().orElseThrow();
    }

    @Test
    void everyFieldOfTheSpecificationIsThereWithItsEvidence() {
        assertThat(GRILLE.champs())
                .hasSize(45)
                .allMatch(champ -> !champ.preuve().isBlank());
        assertThat(GRILLE.clotures()).hasSize(18);
        assertThat(GRILLE.champ("defectResponsibility").map(ChampDAction::nom)).contains("defectResponsability");
        assertThat(GRILLE.champ("inconnu")).isEmpty();
    }

    @Test
    void aLaterVersionReplacesRowsAndAddsSome() {
        Grille later = grille("3.0");
        assertThat(later.champs()).hasSize(45 + 18);
        assertThat(later.champ("defectLocalization").orElseThrow().valeurs())
                .contains("PRDM", "BRAM")
                .doesNotContain("HORIZONTALE RESEAU");
        assertThat(later.cloture("EXC01")).isPresent();
        assertThat(GRILLE.cloture("EXC01")).isEmpty();
        assertThat(later.canonique("appointmentMode", "manuel (plus de dispo)")).isEqualTo("MANUEL");
        assertThat(later.retour("RDV_INDISPONIBLE").orElseThrow().codes())
                .containsEntry("V21", 17)
                .containsEntry("H18", 101);
    }

    @ParameterizedTest
    @CsvSource({
        "defectPrelocalization, Horizontale Réseau, HORIZONTALE RESEAU",
        "description, oc case information notification, SP CASE INFORMATION NOTIFICATION",
        "messageType, CONFIRMATION RDV, REPONSE RDV",
        "defectResponsability, Tiers, TIERS",
        "defectPrelocalization, TOIT, TOIT",
        "messageContent, Bonjour, Bonjour"
    })
    void valuesAreReadWhateverTheirSpelling(String champ, String written, String read) {
        assertThat(GRILLE.canonique(champ, written)).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({
        "defectClassId, 1,",
        "defectClassId, 3, HORS_LISTE",
        "defectClassId, un, FORMAT",
        "serviceProviderID, 91000000, FORMAT",
        "troubleDetectionTime, 2015-01-12T08:30:00,",
        "troubleDetectionTime, 2015-01-12T08:30:00.5+01:00,",
        "troubleDetectionTime, 13/01/2015, FORMAT",
        "closureDuration, PT10H,",
        "closureDuration, 10h, FORMAT",
        "troubleTicketClosureCode, RET011, LONGUEUR",
        "messageType, BONJOUR, HORS_LISTE"
    })
    void valuesAreHeldToTheirForm(String champ, String valeur, String fault) {
        assertThat(GRILLE.champ(champ).orElseThrow().check(valeur)).isEqualTo(Optional.ofNullable(fault));
    }

    @Test
    void aDateWithoutOffsetIsOfParis() {
        assertThat(ChampDAction.date("2026-07-01T08:00:00")).hasToString("2026-07-01T08:00+02:00");
    }

    @Test
    void theColumnIsThatOfTheActionAndItsType() {
        String information = "SP CASE INFORMATION NOTIFICATION";
        assertThat(GRILLE.colonne(information, "INFO").map(Grille.Colonne::nom)).contains("PI");
        assertThat(GRILLE.colonne(information, "AVANCEMENT INTERVENTION")).isEmpty();
        assertThat(GRILLE.champ("appointmentMode").orElseThrow().regle("PI").obligation())
                .isEqualTo(Obligation.EXCLU);
    }

    static Stream<Arguments> faults() {
        String page = "sav-2.1.yaml";
        String champs = "sav-2.1/champs.csv";
        String codes = "sav-2.1/codes-retour.csv";
        String clotures = "sav-2.1/clotures.csv";
        return Stream.of(
                Arguments.of(page, "service: create", "service: put", "colonne CR : service « put », attendu create"),
                Arguments.of(
                        page,
                        "service: create, flux: CASE CREATE REQUEST",
                        "service: create, flux: CASE OPEN",
                        "colonne CR : CASE OPEN n'est pas un flux de la page"),
                Arguments.of(
                        page,
                        "service: create, flux: CASE CREATE REQUEST",
                        "service: create",
                        "flux CASE CREATE REQUEST : aucune colonne de champs.csv"),
                Arguments.of(
                        page,
                        "types: [DEMANDE RDV]",
                        "types: [DEMANDE]",
                        "colonne SI : SU CASE INFORMATION NOTIFICATION DEMANDE a déjà une colonne"),
                Arguments.of(page, "types: [DEMANDE RDV]", "types: [RDV]", "colonne SD : RDV n'est pas une valeur"),
                Arguments.of(page, "colonne: CR", "colonne: CX", "sav-2.1/champs.csv : colonnes champ;"),
                Arguments.of(page, "{ nom: C13,", "{ nom: C99,", "condition C13 : non déclarée"),
                Arguments.of(page, "{ nom: C13,", "{ nom: C99,", "condition C99 : aucun champ ne l'emploie"),
                Arguments.of(champs, "technicalId;", "commercialId;", "champs.csv : commercialId écrit deux fois"),
                Arguments.of(champs, "defectResponsibility", "offerId", "champ offerId : nom ou alias écrit deux fois"),
                Arguments.of(champs, "siren;9", "numero;9", "type « numero » inconnu"),
                Arguments.of(champs, "F:ERR07", "Z", "cellule « Z », attendu O, F, X"),
                Arguments.of(champs, "O:QUEUED", "O:OUVERT", "colonne CR : OUVERT n'est pas une de ses valeurs"),
                Arguments.of(champs, "PTO|RACCO", "PTO|Pto|RACCO", "valeur Pto écrite deux fois"),
                Arguments.of(codes, "ACCEPTE;0", "ACCEPTE;zéro", "code « zéro », attendu un nombre"),
                Arguments.of(codes, "HORS_PARC;", "INCONNU;", "codes-retour.csv : INCONNU écrit deux fois"),
                Arguments.of(clotures, "GENERALISE (DERANGEMENT COLLECTIF);SO", "GENERALISE;ZZ", "RET03 : colonne ZZ"),
                Arguments.of(clotures, "SO;rdv;X", "SO;visite;X", "ticket « visite », attendu rdv, expertise"),
                Arguments.of(clotures, "SO;rdv;X", "SO;rdv;=", "« = », attendu O, F ou X"),
                Arguments.of(
                        "sav-2.1/alias.csv",
                        "SP CASE INFORMATION NOTIFICATION;X4",
                        "SP CASE;X4",
                        "alias CO CASE INFORMATION NOTIFICATION : SP CASE n'est pas une valeur de description"));
    }

    @DisplayName("chaque faute est dite")
    @ParameterizedTest(name = "{3}")
    @MethodSource("faults")
    void tellsTheFault(String file, String wanted, String instead, String fault) {
        String text = text(file).orElseThrow();
        assertThat(text).contains(wanted);
        List<String> faults = Catalogue.examine(path ->
                        path.equals(file) ? Optional.of(text.replaceFirst(quoted(wanted), instead)) : text(path))
                .faults();
        assertThat(faults).anyMatch(told -> told.contains(fault));
    }

    @Test
    void aMissingFileIsAFault() {
        assertThat(Catalogue.examine(path -> path.endsWith("clotures.csv") ? Optional.empty() : text(path))
                        .faults())
                .contains("sav-2.1 : clotures.csv : fichier absent");
    }

    private static String quoted(String text) {
        return Pattern.quote(text);
    }

    private static Optional<String> text(String path) {
        try (var in = Catalogue.class.getResourceAsStream("/catalogue/" + path)) {
            return in == null ? Optional.empty() : Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
