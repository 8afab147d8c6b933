package fr.interophub.acces;

import static fr.interophub.acces.Salle.champs;
import static fr.interophub.acces.Salle.demandes;
import static fr.interophub.acces.Salle.sent;
import static fr.interophub.acces.Salle.text;
import static fr.interophub.acces.Salle.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import fr.interophub.Refus;
import fr.interophub.acces.Salle.Affaire;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Un OC et un SI de versions différentes se parlent, chacun dans la sienne")
class VersionsTest {

    private static final String V12 = "1.2";
    private static final String V13 = "1.3";
    private static final String V2022 = "1.3-2022";
    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";

    private static Salle salle(String oc, String si) {
        return new Salle(Essai.version(Essai.OCXA, oc), si);
    }

    private static Lot last(Salle salle) {
        return salle.registre.lots().get(salle.registre.lots().size() - 1);
    }

    private static FluxSheet sheet(String version, String flux) {
        return Salle.CATALOGUE.page("acces", version).feuille(flux);
    }

    /** The one line that leaves for a flux, read back on the sheet of the OC's version. */
    private static Map<String, String> readBack(Lot lot, String version, String flux) throws Exception {
        FluxSheet sheet = sheet(version, flux);
        byte[] file = (sheet.header() + "\n" + text(lot, flux)).getBytes(StandardCharsets.UTF_8);
        CsvFile.FileForm form =
                CsvFile.checkForm(() -> new ByteArrayInputStream(file), List.of(sheet), StandardCharsets.UTF_8, 1);
        try (CsvFile.Lignes lines = CsvFile.read(new ByteArrayInputStream(file), form)) {
            return lines.next().champs();
        }
    }

    /** The CR OK of an affaire as an SI of the latest version says it. */
    private static Map<String, String> crOf2022(Affaire affaire) {
        Map<String, String> cr = new HashMap<>(sheet(V12, "CR_Cmd_Acces")
                .ligne(0, affaire.ofOi("CR_Cmd_Acces", Issue.OK))
                .traduire(sheet(V2022, "CR_Cmd_Acces"))
                .ligne()
                .champs());
        cr.put("TypePBO", "INTERIEUR");
        return cr;
    }

    @Test
    @DisplayName("OC 1.3, SI 1.2 : la vie entière, et ce que le SI n'apprend pas est dit au dossier")
    void anOcOf13AndAnSiOf12() {
        Salle salle = salle(V13, V12);
        Affaire affaire = salle.affaire(
                Modele.STOC,
                CasPto.A_CONSTRUIRE,
                Map.of("IdentifiantImmeuble", "IMB/64445/X/00A1", "OffreAccesCommandee", "ACCES_FTTH"));

        assertThat(demandes(last(salle))).singleElement().satisfies(demande -> {
            assertThat(demande.version()).isEqualTo(V13);
            assertThat(champs(demande)).containsEntry("IdentifiantImmeuble", "IMB/64445/X/00A1");
            assertThat(demande.anomalies())
                    .contains("PERDU_A_LA_TRADUCTION", "IMB/64445/X/00A1", "que la version 1.2 ne porte pas")
                    .doesNotContain("OffreAccesCommandee");
        });
        affaire.oi("CR_Cmd_Acces", Issue.OK).oi("Cmd_STOC", null);
        affaire.oc("CR_STOC", Issue.OK);
        affaire.oi("CR_MAD_LigneFTTH", Issue.OK);
        affaire.oc("CR_MES_LigneFTTH", null);

        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(affaire.dossier().version()).isEqualTo(V13);
        assertThat(salle.registre.lots().stream()
                        .flatMap(lot -> lot.messages().stream())
                        .map(Message::version))
                .containsOnly(V13);
        assertThat(salle.registre.lots().stream()
                        .flatMap(lot -> lot.messages().stream())
                        .filter(message -> message.anomalies() != null)
                        .map(Message::flux))
                .containsExactly("Cmd_Acces");
    }

    @Test
    @DisplayName("OC 1.2, SI de 2022 : la vie entière, et ce que l'OC n'apprend pas est dit au verdict et au dossier")
    void anOcOf12AndAnSiOf2022() throws Exception {
        Salle salle = salle(V12, V2022);
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);
        assertThat(demandes(last(salle)))
                .singleElement()
                .extracting(Message::anomalies)
                .isNull();
        Map<String, String> cr = crOf2022(affaire);

        assertThat(salle.decide("CR_Cmd_Acces", cr)).isInstanceOfSatisfying(Verdict.Ok.class, ok -> {
            assertThat(ok.etat()).isEqualTo("ROUTE_FOURNIE");
            assertThat(ok.detail()).isEqualTo("TypePBO : « INTERIEUR » lu, que la version 1.2 ne porte pas");
        });

        assertThat(sent(last(salle))).singleElement().satisfies(message -> {
            assertThat(message.version()).isEqualTo(V12);
            assertThat(message.anomalies()).contains("PERDU_A_LA_TRADUCTION", "TypePBO");
        });
        assertThat(readBack(last(salle), V12, "CR_Cmd_Acces"))
                .isEqualTo(champs(sent(last(salle)).get(0)))
                .contains(entry("ReferencePBO N°1", cr.get("ReferencePBO")))
                .doesNotContainKeys("ReferencePBO", "TypePBO");
        affaire.oi("CR_MAD_LigneFTTH", Issue.OK);
        affaire.oc("CR_MES_LigneFTTH", null);
        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(affaire.dossier().version()).isEqualTo(V12);
    }

    @Test
    @DisplayName("OC de 2022, SI 1.2 : le CR part en 81 colonnes et se relit, les réserves du CR_STOC sont perdues")
    void anOcOf2022AndAnSiOf12() throws Exception {
        Salle salle = salle(V2022, V12);
        Affaire affaire = salle.affaire(Modele.STOC, CasPto.A_CONSTRUIRE);
        Map<String, String> cr = affaire.ofOi("CR_Cmd_Acces", Issue.OK);
        assertThat(salle.decide("CR_Cmd_Acces", cr)).isEqualTo(new Verdict.Ok("ROUTE_FOURNIE", null));

        assertThat(text(last(salle), "CR_Cmd_Acces").split(";", -1)).hasSize(81);
        assertThat(readBack(last(salle), V2022, "CR_Cmd_Acces"))
                .isEqualTo(champs(sent(last(salle)).get(0)))
                .containsEntry("ReferencePBO", cr.get("ReferencePBO N°1"))
                .containsEntry("ConnecteurPriseNumero N°1", cr.get("ConnecteurPriseNumero N°1"));
        affaire.oi("Cmd_STOC", null);

        Lot stoc = salle.receive("CR_STOC", with(affaire.ofOc("CR_STOC", Issue.OK), "Reserve7", "photo"));

        assertThat(affaire.dossier().etat()).isEqualTo("STOC_REALISEE");
        assertThat(demandes(stoc))
                .singleElement()
                .extracting(Message::anomalies)
                .asString()
                .contains("PERDU_A_LA_TRADUCTION", "Reserve7", "version 1.2");
    }

    @Test
    void betweenEqualsNothingIsSaidToBeLost() {
        Salle salle = salle(V13, V13);
        salle.affaire(
                Modele.OC, CasPto.A_CONSTRUIRE, Map.of("IdentifiantImmeuble", "IMB", "OffreAccesCommandee", "PRO"));

        assertThat(demandes(last(salle)))
                .singleElement()
                .extracting(Message::anomalies)
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({"1.2,1.2,ReferencePBO", "1.2,1.3-2022,ReferencePBO N°1", "1.3-2022,1.2,TypePBO"})
    void aDecisionNamesTheFieldsOfTheSisVersionOnly(String oc, String si, String foreign) {
        Salle salle = salle(oc, si);
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);

        assertThat(salle.decide(
                        "CR_Cmd_Acces",
                        Map.of(REFERENCE, affaire.commande.get(REFERENCE), "EtatCrCommandePrise", "OK", foreign, "X")))
                .isEqualTo(new Verdict.Ko(
                        "CHAMP_INCONNU",
                        foreign,
                        "champ %s : inconnu du flux CR_Cmd_Acces en version %s".formatted(foreign, si)));
    }

    @Test
    void aVersionOfTheSiThatNoPageHasStopsTheStart() {
        assertThatThrownBy(() -> AccesWiring.spoken(Salle.CATALOGUE, "1.4"))
                .isInstanceOf(Refus.class)
                .hasMessageContaining("hub.si.version=1.4 n'est pas une version connue du protocole acces")
                .hasMessageContaining("1.3-2022");
    }

    @Test
    void anOcThatChangesItsVersionIsAnsweredInTheNewOneAndItsDossiersKeepTheirPage() {
        Salle salle = salle(V12, V12);
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);
        Salle later = salle.as(Essai.version(Essai.OCXA, V2022));

        assertThat(later.decide("CR_Cmd_Acces", affaire.ofOi("CR_Cmd_Acces", Issue.OK)))
                .isInstanceOf(Verdict.Ok.class);

        assertThat(sent(last(salle))).extracting(Message::version).containsExactly(V2022);
        assertThat(text(last(salle), "CR_Cmd_Acces").split(";", -1)).hasSize(81);
        assertThat(affaire.dossier().version()).isEqualTo(V12);
        assertThat(affaire.dossier().etat()).isEqualTo("ROUTE_FOURNIE");
    }

    @Test
    void anOrderRepeatedInAnotherVersionIsTheSameOrder() {
        Salle salle = salle(V12, V12);
        Map<String, String> commande = salle.commande();
        salle.receive("Cmd_Acces", commande);
        Salle later = salle.as(Essai.version(Essai.OCXA, V13));

        Lot again = later.receive("Cmd_Acces", with(commande, "OffreAccesCommandee", "ACCES_FTTH"));
        assertThat(again.messages()).extracting(Message::nature).containsOnly(Message.Nature.REPETE);

        Lot other = later.receive("Cmd_Acces", with(commande, "NomClient", "Une autre"));
        assertThat(sent(other)).extracting(Message::flux).containsExactly("AR_Cmd_Acces", "CR_Cmd_Acces");
    }

    @Test
    void aContractsColumnsAreThoseOfTheVersionThatItsOperatorSpeaks() {
        Salle salle = new Salle(
                Essai.contrat(
                        Essai.OCXA,
                        Map.of("colonnes", Map.of("CR_Cmd_Acces", Map.of("ordre", List.of("ReferencePBO N°1"))))),
                V2022);
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);

        assertThat(salle.decide("CR_Cmd_Acces", crOf2022(affaire))).isInstanceOf(Verdict.Ok.class);
        assertThat(text(last(salle), "CR_Cmd_Acces"))
                .startsWith(champs(sent(last(salle)).get(0)).get("ReferencePBO N°1") + ";"
                        + affaire.commande.get(REFERENCE));
        assertThat(last(salle).sorties()).extracting(Lot.Sortie::version).containsExactly(V12);
    }
}
