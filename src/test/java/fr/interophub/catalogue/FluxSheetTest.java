package fr.interophub.catalogue;

import static fr.interophub.catalogue.Specimens.CMD;
import static fr.interophub.catalogue.Specimens.PAGE;
import static fr.interophub.catalogue.Specimens.commande;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("La feuille d'un flux : un spécimen valable, une chose cassée, une anomalie")
class FluxSheetTest {

    @Test
    void theSpecimenIsSound() {
        var ligne = CMD.ligne(2, commande());
        assertThat(CMD.check(ligne)).isEmpty();
        assertThat(CMD.check(ligne))
                .as("no list is made when there is nothing to say")
                .isSameAs(CMD.check(ligne));
    }

    @DisplayName("refuse la ligne")
    @ParameterizedTest(name = "{0} = « {1} » : {2} {3}")
    @CsvSource({
        "TypeRacco, '', CHAMP_VIDE, FIMP15",
        "TypeCommandeDemande, '', CHAMP_VIDE, FIMP15",
        "IdRdv, '', CHAMP_VIDE, FIMP15",
        "TypeRacco, ONO, HORS_LISTE, FIMP16",
        "PriseExistante, X, HORS_LISTE, FIMP16",
        "TypeCommandeDemande, GRATUIT, HORS_LISTE, FIMP12",
        "ReferencePrise, FI-1234-5678, INTERDIT, FIMP16",
        "DateInstall, 2014-10-03 09:00, FORMAT, FIMP16",
        "DateInstall, 20260230 09:00, FORMAT, FIMP16",
        "DateCommandePrise, 20141001, FORMAT, FIMP16",
        "DateCommandePrise, 20141001 24:00, FORMAT, FIMP16",
        "DateCommandePrise, 20230229 10:00, FORMAT, FIMP16",
        "ReferenceCommandePriseInterneOC, 1234567890123456789012345678901, LONGUEUR, FIMP16",
        "ReferencePm, 123456789012345678901, LONGUEUR, FIMP16",
        "CodePostalImmeuble, 640000, LONGUEUR, FIMP16"
    })
    void refuses(String champ, String valeur, String regle, String motif) {
        assertThat(CMD.check(commande(champ, valeur))).singleElement().satisfies(anomalie -> {
            assertThat(anomalie.champ()).isEqualTo(champ);
            assertThat(anomalie.regle()).isEqualTo(regle);
            assertThat(anomalie.motif()).contains(motif);
            assertThat(anomalie.detail()).startsWith(champ + " : ");
            assertThat(anomalie.bloquante()).isTrue();
        });
    }

    @Test
    void priseExistanteEmptyRefuses() {
        // no longer « à construire » then: nothing else is missing
        assertThat(CMD.check(commande("PriseExistante", "")))
                .singleElement()
                .matches(anomalie -> anomalie.motif().equals(Optional.of("FIMP15")));
    }

    @DisplayName("avertit sans refuser")
    @ParameterizedTest(name = "{0} = « {1} » : {2}")
    @CsvSource({
        "CommuneImmeuble, '', CHAMP_VIDE",
        "DateInstall, '', CHAMP_VIDE",
        "DateCommandePrise, '', CHAMP_VIDE",
        "NomClient, '', CHAMP_VIDE",
        "ContactClient1, '', CHAMP_VIDE",
        "CodeVoieRivoliImmeuble, '', CHAMP_VIDE",
        "ReferencePm, '', CHAMP_VIDE",
        "CodePostalImmeuble, 2A004, FORMAT",
        "ComplementNumeroVoieImmeuble, 2, FORMAT",
        "NumeroVoieImmeuble, 12-14, FORMAT",
        "TypeVoieImmeuble, 123456789012345678901, LONGUEUR",
        "NomClient, Mart\uFFFDn, CARACTERE"
    })
    void warns(String champ, String valeur, String regle) {
        assertThat(CMD.check(commande(champ, valeur)))
                .filteredOn(anomalie -> anomalie.champ().equals(champ))
                .singleElement()
                .satisfies(anomalie -> {
                    assertThat(anomalie.regle()).isEqualTo(regle);
                    assertThat(anomalie.bloquante()).isFalse();
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mar\0tin", "Mar\u0007tin", "Mar\u007Ftin", "Mar\u0085tin"})
    void aControlCharacterRefuses(String nom) {
        var ligne = commande("NomClient", nom);
        assertThat(CMD.check(ligne)).singleElement().satisfies(anomalie -> {
            assertThat(anomalie.regle()).isEqualTo("CARACTERE");
            assertThat(anomalie.motif()).contains("FIMP16");
        });
        assertThat(ligne.get("NomClient")).doesNotContain("\0");
        assertThat(CMD.check(ligne.with("NumeroVoieImmeuble", "13")))
                .singleElement()
                .matches(Anomalie::bloquante);
    }

    @Test
    void tabsAndLineBreaksAreNoControlCharacters() {
        assertThat(CMD.check(commande("CommentaireCmdAcces", "au fond\tà droite\r\npuis à gauche")))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"oi, OI", "Stoc, STOC"})
    void listsAreReadInAnyCase(String read, String kept) {
        assertThat(commande("TypeRacco", read).get("TypeRacco")).isEqualTo(kept);
        assertThat(PAGE.feuille("CR_STOC")
                        .ligne(0, Map.of("PrisePosee", " Oui "))
                        .get("PrisePosee"))
                .isEqualTo("OUI");
    }

    @Test
    void inConstructionWithoutRdvOnlyModelOiNeedsIt() {
        var champs = commande();
        champs.put("TypeRacco", "STOC");
        champs.put("IdRdv", "");
        assertThat(CMD.check(CMD.ligne(2, champs))).noneMatch(Anomalie::bloquante);
    }

    @DisplayName("un KO demande son motif, un verdict doit être dit")
    @Test
    void verdicts() {
        for (var flux : PAGE.flux()) {
            if (flux.etat().isPresent()) {
                var sheet = PAGE.feuille(flux.code());
                var ko = sheet.ligne(0, Map.of(flux.etat().get(), "KO"));
                assertThat(ko.issue()).isEqualTo(Issue.KO);
                assertThat(sheet.check(ko))
                        .as(flux.code())
                        .anyMatch(
                                anomalie -> anomalie.champ().equals(flux.motif().get())
                                        && anomalie.regle().equals("CHAMP_VIDE")
                                        && anomalie.bloquante());
                var silent = sheet.ligne(0, Map.of());
                assertThat(silent.issue()).isNull();
                assertThat(sheet.check(silent))
                        .anyMatch(
                                anomalie -> anomalie.champ().equals(flux.etat().get()) && anomalie.bloquante());
            }
        }
    }

    @Test
    void oneSlotAcceptedIsEnough() {
        var sheet = PAGE.feuille("ReponseRdv");
        assertThat(sheet.ligne(0, Map.of("ValidDate1", "KO", "ValidDate2", "ok", "ValidDate3", "KO"))
                        .issue())
                .isEqualTo(Issue.OK);
        assertThat(sheet.ligne(0, Map.of("ValidDate1", "KO", "ValidDate2", "KO"))
                        .issue())
                .isEqualTo(Issue.KO);
    }

    @DisplayName("l'en-tête se reconnaît quel que soit l'ordre, la casse, les accents, les espaces")
    @Test
    void recognisesTheHeader() {
        var header = CMD.header().split(";");
        assertThat(CMD.recognise(header)).isPresent();
        for (int i = 0; i < header.length; i++) {
            header[i] = " \""
                    + header[i]
                            .toUpperCase(java.util.Locale.ROOT)
                            .replace("È", "E")
                            .replace(" ", "_") + "\" ";
        }
        java.util.Collections.reverse(java.util.Arrays.asList(header));
        assertThat(CMD.recognise(header))
                .hasValueSatisfying(
                        columns -> assertThat(columns).startsWith(34, 33).endsWith(1, 0));
        header[0] = header[1];
        assertThat(CMD.recognise(header)).isEmpty();
        assertThat(CMD.recognise(new String[] {"IdRdv"})).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Info Cmd Accès 1, 27",
        "info cmd acces 1, 27",
        "InfoCmdAccÃ¨s1, 27",
        "Info Cmd AccÃƒÂ¨s 1, 27",
        "NomVoieImmeuble, 8",
        "typeracco, 13"
    })
    void findsAFieldHoweverItIsWritten(String name, int index) {
        assertThat(CMD.find(name)).hasValue(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NomModulePm N°1",
                "NomModulePm NÂ°1",
                "NomModulePm N1",
                "nommodulepm nº1",
                "NomModulePm NÃ‚Â°1",
                "NOMMODULEPM_N°1"
            })
    void findsNumberedFields(String name) {
        assertThat(Specimens.CR.find(name)).hasValue(13);
    }

    @Test
    void anUnknownFieldIsNamed() {
        assertThatThrownBy(() -> CMD.ligne(0, Map.of("Foo", "1")))
                .isInstanceOfSatisfying(
                        ChampInconnu.class,
                        inconnu -> assertThat(inconnu.champ()).isEqualTo("Foo"))
                .hasMessage("champ Foo : inconnu du flux Cmd_Acces");
        assertThatThrownBy(() -> CMD.ligne(0, Map.of()).get("Foo")).isInstanceOf(ChampInconnu.class);
        assertThat(CMD.indexOf("typeracco")).isEqualTo(-1);
        assertThat(CMD.find("Foo")).isEmpty();
    }

    @DisplayName("le contrat d'un opérateur change la feuille")
    @Test
    void contract() {
        var ar = PAGE.feuille("AR_Cmd_Acces");
        var theirs = ar.with(new SurchargeFeuille(
                List.of("EtatArCommandePrise", "ReferenceCommandePriseInterneOC"),
                Set.of("ReferencePrestationPrise"),
                Map.of("EtatArCommandePrise", new SurchargeChamp(List.of("Etat"), null, null, null, null))));
        assertThat(theirs.header())
                .isEqualTo(
                        "EtatArCommandePrise;ReferenceCommandePriseInterneOC;DateArCommandePrise;MotifKoArCommandePrise");
        assertThat(theirs.recognise(new String[] {
                    "etat", "motifkoarcommandeprise", "datearcommandeprise", "referencecommandepriseinterneoc"
                }))
                .isPresent();
        assertThat(theirs.recognise(ar.header().split(";"))).isEmpty();
        var values = Map.of(
                "ReferenceCommandePriseInterneOC",
                "1",
                "EtatArCommandePrise",
                "OK",
                "ReferencePrestationPrise",
                "P",
                "DateArCommandePrise",
                "20260101 00:00");
        var out = new StringBuilder();
        theirs.ligne(0, values).writeCsv(out);
        assertThat(out).hasToString("OK;1;20260101 00:00;\n");
        assertThat(theirs.ligne(0, values).get("ReferencePrestationPrise")).isEqualTo("P");
        assertThat(theirs.ligne(0, values).empreinte(Set.of()))
                .isEqualTo(ar.ligne(0, values).empreinte(Set.of()));
    }

    @Test
    void contractMakesAFieldBlockingOrNot() {
        var strict = CMD.with(new SurchargeFeuille(
                null,
                null,
                Map.of(
                        "NomClient", new SurchargeChamp(null, 5, Presence.O, "FIMP15", "FIMP16"),
                        "TypeCommandeDemande", new SurchargeChamp(null, null, Presence.F, "", ""))));
        assertThat(strict.check(strict.ligne(2, without("NomClient"))))
                .singleElement()
                .matches(a -> a.motif().equals(Optional.of("FIMP15")));
        assertThat(strict.check(
                        strict.ligne(2, commande("NomClient", "Martinet").champs())))
                .singleElement()
                .matches(a -> a.regle().equals("LONGUEUR") && a.bloquante());
        assertThat(strict.check(strict.ligne(2, without("TypeCommandeDemande"))))
                .filteredOn(a -> a.champ().equals("TypeCommandeDemande"))
                .isEmpty();
    }

    private static Map<String, String> without(String champ) {
        var champs = commande();
        champs.remove(champ);
        return champs;
    }

    @Test
    void aContractThatCannotBeIsToldAtOnce() {
        assertThatThrownBy(() -> CMD.with(new SurchargeFeuille(
                        List.of("Foo", "IdRdv", "IdRdv"),
                        Set.of("ReferenceCommandePriseInterneOC"),
                        Map.of("IdRdv", new SurchargeChamp(List.of("typeracco"), null, null, null, null)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(
                        "champ Foo inconnu",
                        "écrite deux fois",
                        "c'est la référence",
                        "« TypeRacco » désigne à la fois");
    }
}
