package fr.interophub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Une ligne se dit dans une autre version, et ce qui se perd est dit")
class TraductionTest {

    private static final Catalogue CATALOGUE = Catalogue.load();

    private static FluxSheet sheet(String version, String flux) {
        return CATALOGUE.page("acces", version).feuille(flux);
    }

    private static Traduite said(String flux, String from, String to, Map<String, String> champs) {
        return sheet(from, flux).ligne(7, champs).traduire(sheet(to, flux));
    }

    static List<String> lost(Traduite said) {
        return said.pertes().stream().map(Anomalie::champ).toList();
    }

    @Test
    void anOrderOf12GainsTheOfferThatTheDefaultNames() {
        var said = said("Cmd_Acces", "1.2", "1.3", Specimens.commande());

        assertThat(said.ligne().feuille()).isSameAs(sheet("1.3", "Cmd_Acces"));
        assertThat(said.ligne().numero()).isEqualTo(7);
        assertThat(said.ligne().champs())
                .containsAllEntriesOf(Specimens.commande())
                .hasSize(Specimens.commande().size() + 1)
                .containsEntry("OffreAccesCommandee", "ACCES_FTTH");
        assertThat(said.pertes()).isEmpty();
    }

    @Test
    void anOrderOf13LosesItsBuildingAndAnOfferThatIsNotTheDefault() {
        var commande = Specimens.commande();
        commande.put("IdentifiantImmeuble", "IMB/64445/X/00A1");
        commande.put("OffreAccesCommandee", "ACCES_PRO");

        var said = said("Cmd_Acces", "1.3", "1.2", commande);

        assertThat(said.ligne().champs())
                .isEqualTo(Specimens.CMD.ligne(7, Specimens.commande()).champs());
        assertThat(said.pertes())
                .extracting(Anomalie::champ, Anomalie::valeur, Anomalie::regle, Anomalie::bloquante, Anomalie::detail)
                .containsExactly(
                        tuple(
                                "IdentifiantImmeuble",
                                "IMB/64445/X/00A1",
                                "PERDU_A_LA_TRADUCTION",
                                false,
                                "IdentifiantImmeuble : « IMB/64445/X/00A1 » lu, que la version 1.2 ne porte pas"),
                        tuple(
                                "OffreAccesCommandee",
                                "ACCES_PRO",
                                "PERDU_A_LA_TRADUCTION",
                                false,
                                "OffreAccesCommandee : « ACCES_PRO » lu, que la version 1.2 ne porte pas"));
    }

    @Test
    void theDefaultIsNotLost() {
        var commande = Specimens.commande();
        commande.put("OffreAccesCommandee", "ACCES_FTTH");

        assertThat(said("Cmd_Acces", "1.3", "1.2", commande).pertes()).isEmpty();
    }

    @Test
    void anOfferLeftOutStaysOutBetweenVersionsThatHaveIt() {
        assertThat(said("Cmd_Acces", "1.3", "1.3-2022", Specimens.commande())
                        .ligne()
                        .champs())
                .doesNotContainKey("OffreAccesCommandee");
    }

    @Test
    void theBranchingPointLeavesTheFirstBlock() {
        var said = said(
                "CR_Cmd_Acces",
                "1.2",
                "1.3-2022",
                Map.of("ReferencePBO N°1", "PBO-1", "LocalisationPBO N°1", "palier", "ConnecteurPriseNumero N°1", "1"));

        assertThat(said.ligne().champs())
                .containsOnly(
                        entry("ReferencePBO", "PBO-1"),
                        entry("LocalisationPBO", "palier"),
                        entry("ConnecteurPriseNumero N°1", "1"));
        assertThat(said.pertes()).isEmpty();
    }

    @Test
    void theBranchingPointEntersTheFirstBlockAndThoseThatMustHaveOne() {
        var said = said(
                "CR_Cmd_Acces",
                "1.3-2022",
                "1.2",
                Map.of("ReferencePBO", "PBO-1", "LocalisationPBO", "palier", "OC 1", "NA", "OC 3", "OCXA"));

        assertThat(said.ligne().champs())
                .containsOnly(
                        entry("ReferencePBO N°1", "PBO-1"),
                        entry("ReferencePBO N°3", "PBO-1"),
                        entry("LocalisationPBO N°1", "palier"),
                        entry("OC 1", "NA"),
                        entry("OC 3", "OCXA"));
        assertThat(said.pertes()).isEmpty();
    }

    @Test
    void aSecondBranchingPointIsLost() {
        var said = said(
                "CR_Cmd_Acces",
                "1.2",
                "1.3-2022",
                Map.of("OC 2", "NA", "ReferencePBO N°1", "PBO-1", "ReferencePBO N°2", "PBO-2"));

        assertThat(said.ligne().get("ReferencePBO")).isEqualTo("PBO-1");
        assertThat(lost(said)).containsExactly("ReferencePBO N°2");
    }

    @Test
    void theSameBranchingPointInEveryBlockIsNotLost() {
        var said = said(
                "CR_Cmd_Acces",
                "1.3",
                "1.3-2022",
                Map.of("OC 2", "NA", "ReferencePBO N°1", "PBO-1", "ReferencePBO N°2", "PBO-1"));

        assertThat(said.pertes()).isEmpty();
    }

    @Test
    void whatOnlyTheLaterVersionSaysIsLost() {
        var said = said(
                "CR_Cmd_Acces",
                "1.3-2022",
                "1.2",
                Map.of("ReferencePBO", "PBO-1", "TypePBO", "INTERIEUR", "RaccordementLong", "NON"));
        assertThat(lost(said)).containsExactly("TypePBO", "RaccordementLong");

        assertThat(lost(said(
                        "CR_STOC", "1.3-2022", "1.3", Map.of("Reserve1", "a", "Reserve17", "b", "PrisePosee", "OUI"))))
                .containsExactly("Reserve1", "Reserve17");
    }

    @Test
    void aContractsOwnOrderOfColumnsIsTranslatedByName() {
        var own = sheet("1.3", "Cmd_Acces")
                .with(new SurchargeFeuille(List.of("OffreAccesCommandee", "NomClient"), null, null));
        var line = own.ligne(2, Specimens.commande("NomClient", "Durand").champs());

        var said = line.traduire(Specimens.CMD);

        assertThat(said.ligne().champs())
                .isEqualTo(Specimens.commande("NomClient", "Durand").champs());
        assertThat(said.ligne().traduire(own).ligne().get("NomClient")).isEqualTo("Durand");
    }

    @Test
    void onItsOwnSheetALineIsItself() {
        var line = Specimens.commande("NomClient", "Durand");

        assertThat(line.traduire(Specimens.CMD).ligne()).isSameAs(line);
    }
}
