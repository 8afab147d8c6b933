package fr.interophub.acces;

import static fr.interophub.acces.Salle.champs;
import static fr.interophub.acces.Salle.libelle;
import static fr.interophub.acces.Salle.sent;
import static fr.interophub.acces.Salle.text;
import static fr.interophub.acces.Salle.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import fr.interophub.acces.Salle.Affaire;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Sens;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Ce que l'OI décide part si la table l'admet ; sinon rien ne part et rien n'est écrit")
class DecisionsDeCommandeTest {

    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";

    private final Salle salle = new Salle();
    private final Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);

    private Lot last() {
        return salle.registre.lots().get(salle.registre.lots().size() - 1);
    }

    private Map<String, String> said() {
        return champs(sent(last()).get(0));
    }

    private void ok(Verdict verdict, String etat) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Ok.class, ok -> assertThat(ok.etat()).isEqualTo(etat));
    }

    /** Refused for this reason, and the store is as it was. */
    private void ko(String flux, Map<String, String> champs, String motif, String champ, String detail) {
        Dossier before = affaire.dossier();
        int lots = salle.registre.lots().size();

        assertThat(salle.decide(flux, champs)).isInstanceOfSatisfying(Verdict.Ko.class, ko -> {
            assertThat(ko).extracting(Verdict.Ko::motif, Verdict.Ko::champ).containsExactly(motif, champ);
            assertThat(ko.detail()).contains(detail);
        });

        assertThat(salle.registre.lots())
                .as("nothing is written, nothing leaves")
                .hasSize(lots);
        assertThat(affaire.dossier()).usingRecursiveComparison().isEqualTo(before);
    }

    @Test
    void whatTheTableAdmitsLeavesAndMovesTheDossier() {
        ok(salle.decide("CR_Cmd_Acces", affaire.ofOi("CR_Cmd_Acces", Issue.OK)), "ROUTE_FOURNIE");

        assertThat(affaire.dossier().vieEnUneLigne())
                .isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces OK = ROUTE_FOURNIE");
        assertThat(last().messages())
                .extracting(Message::flux, Message::sens, Message::rang, Message::demande)
                .containsExactly(tuple("CR_Cmd_Acces", Sens.SORTANT, 3, false));
        assertThat(text(last(), "CR_Cmd_Acces"))
                .startsWith(affaire.commande.get(REFERENCE) + ";")
                .endsWith("\n");
    }

    @Test
    void fieldsAreReadByTolerantNames() {
        Map<String, String> spoken = new HashMap<>();
        affaire.ofOi("CR_Cmd_Acces", Issue.OK)
                .forEach((name, value) ->
                        spoken.put(name.toUpperCase().replace("N°", "NÂ°").replace(" ", "_"), value));
        spoken.put("ReferenceTechniquePrise", spoken.remove("REFERENCEPRISE"));

        ok(salle.decide("CR_Cmd_Acces", spoken), "ROUTE_FOURNIE");

        assertThat(said()).containsKeys("NomModulePm N°1", "ReferencePrise", "OC 1");
    }

    @Test
    void listValuesLeaveInTheProtocolsSpelling() {
        ok(
                salle.decide(
                        "CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "EtatCrCommandePrise", " ok ")),
                "ROUTE_FOURNIE");

        assertThat(said()).containsEntry("EtatCrCommandePrise", "OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  "})
    void aDateLeftOutIsNow(String date) {
        salle.clock.advance(Duration.ofHours(3));
        salle.decide("CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "DateCrCommandePrise", date));

        assertThat(said()).containsEntry("DateCrCommandePrise", "20261120 14:00");
    }

    @Test
    void aDateGivenIsKept() {
        salle.decide(
                "CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "DateCrCommandePrise", "20141001 11:06"));

        assertThat(said()).containsEntry("DateCrCommandePrise", "20141001 11:06");
    }

    @Test
    void referencesThatTheDossierKnowsAreRepeated() {
        affaire.oi("CR_Cmd_Acces", Issue.OK);
        Map<String, String> cr = said();

        ok(
                salle.decide(
                        "CR_MAD_LigneFTTH",
                        Map.of(REFERENCE, affaire.commande.get(REFERENCE), "EtatCrMadLigneFtth", "OK")),
                "MISE_A_DISPOSITION");

        assertThat(said())
                .containsEntry("ReferencePrestationPrise", cr.get("ReferencePrestationPrise"))
                .containsEntry("ReferencePrise", cr.get("ReferencePrise"))
                .containsEntry("DateCrMadLigneFtth", "20261120 11:00");
    }

    @Test
    void referencesThatAreGivenAreKept() {
        affaire.oi("CR_Cmd_Acces", Issue.OK);
        salle.decide(
                "CR_MAD_LigneFTTH", with(affaire.ofOi("CR_MAD_LigneFTTH", Issue.OK), "ReferencePrise", "OI-9999-9999"));

        assertThat(said()).containsEntry("ReferencePrise", "OI-9999-9999");
        assertThat(salle.registre.findByReference("OCXA", "commande", "ReferencePrise", "oi-9999-9999"))
                .as("and finds the order from now on")
                .isPresent();
    }

    @Test
    void hotlineIsNoReferenceToRepeat() {
        Affaire hotline = salle.affaire(Modele.STOC, CasPto.NON_IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);

        assertThat(hotline.dossier().etat()).isEqualTo("ROUTE_HOTLINE");
        assertThat(hotline.dossier().references()).doesNotContainKey("ReferencePrise");
    }

    @Test
    void aWarningIsToldAndDoesNotRefuse() {
        Map<String, String> cr = affaire.ofOi("CR_Cmd_Acces", Issue.OK);
        cr = with(cr, "NomModulePm N°1", "");

        assertThat(salle.decide("CR_Cmd_Acces", cr))
                .isInstanceOfSatisfying(
                        Verdict.Ok.class, ok -> assertThat(ok.detail()).contains("NomModulePm N°1"));
    }

    // What is refused

    @Test
    void anUnknownFieldIsRefused() {
        ko(
                "CR_Cmd_Acces",
                with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "Couleur", "bleu"),
                "CHAMP_INCONNU",
                "Couleur",
                "Couleur");
    }

    @Test
    void aVerdictLeftOutIsRefused() {
        ko(
                "CR_Cmd_Acces",
                with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "EtatCrCommandePrise", ""),
                "CHAMP_VIDE",
                "EtatCrCommandePrise",
                "obligatoire");
    }

    @Test
    void aKoWithoutMotifIsRefused() {
        ko(
                "CR_Cmd_Acces",
                with(affaire.ofOi("CR_Cmd_Acces", Issue.KO), "MotifKoCrCommandePrise", ""),
                "CHAMP_VIDE",
                "MotifKoCrCommandePrise",
                "EtatCrCommandePrise");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00A0"})
    void aDecisionWithoutReferenceIsRefused(String reference) {
        ko(
                "CR_Cmd_Acces",
                with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), REFERENCE, reference),
                "CHAMP_VIDE",
                REFERENCE,
                REFERENCE);
    }

    @Test
    void aDateThatIsNoneIsRefused() {
        ko(
                "CR_Cmd_Acces",
                with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "DateCrCommandePrise", "2026-11-20"),
                "FORMAT",
                "DateCrCommandePrise",
                "2026-11-20");
    }

    @Test
    void anUnknownOrderIsRefused() {
        ko(
                "CR_Cmd_Acces",
                with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), REFERENCE, "JAMAIS-VUE"),
                "DOSSIER_INCONNU",
                REFERENCE,
                "JAMAIS-VUE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Cmd_Acces", "CR_STOC", "CR_Fantaisie", "cr_cmd_acces", ""})
    void aFluxThatTheOiDoesNotSayIsRefused(String flux) {
        ko(flux, affaire.commande, "FLUX_INCONNU", null, flux);
    }

    @ParameterizedTest
    @CsvSource({
        "CR_MAD_LigneFTTH,OK,CR_MAD_LigneFTTH OK en ACQUITTEE",
        "CR_MAD_LigneFTTH,KO,CR_MAD_LigneFTTH KO en ACQUITTEE",
        "Cmd_STOC,,Cmd_STOC en ACQUITTEE",
        "Notif_Reprov,,Notif_Reprov en ACQUITTEE",
        "Mess_OI_Cmd_Acces,,Mess_OI_Cmd_Acces en ACQUITTEE"
    })
    void whatTheTableDoesNotAdmitIsRefusedAndSaysWhere(String flux, Issue issue, String detail) {
        Map<String, String> champs = new HashMap<>(affaire.ofOi(flux, issue));
        champs.putIfAbsent("ReferencePrestationPrise", "");
        ko(flux, champs, "HORS_SEQUENCE", null, detail);
    }

    @ParameterizedTest
    @CsvSource({"AR_Cmd_Acces,EtatArCommandePrise", "CR_Annulation_Acces,EtatCrAnnResCommandePrise"})
    void whatTheHubSaysItselfIsNotTheSisToSay(String flux, String etat) {
        ko(
                flux,
                Map.of(REFERENCE, affaire.commande.get(REFERENCE), etat, "OK"),
                "HORS_SEQUENCE",
                null,
                flux + " OK en ACQUITTEE");
    }

    @Test
    void aDecisionCannotBeSaidTwice() {
        affaire.oi("CR_Cmd_Acces", Issue.OK);

        ko(
                "CR_Cmd_Acces",
                affaire.ofOi("CR_Cmd_Acces", Issue.OK),
                "HORS_SEQUENCE",
                null,
                "CR_Cmd_Acces OK en ROUTE_FOURNIE");
    }

    // Motifs

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FIMP02",
                "PTO INEXISTANTE DANS LE REFERENTIEL OI",
                "fimp02 - TRAITEMENT IMPOSSIBLE : PTO INEXISTANTE DANS LE REFERENTIEL OI"
            })
    void aMotifOfTheCodificationLeavesInTheContractsForm(String given) {
        ok(
                salle.decide(
                        "CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.KO), "MotifKoCrCommandePrise", given)),
                "REJETEE_CR");

        assertThat(said()).containsEntry("MotifKoCrCommandePrise", libelle("FIMP02"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"le PM a brûlé", "FAUT01 : le PM a brûlé", "FIMP02 / FIMP03", "FIMP02 mais peut-être pas"})
    void whatSaysMoreThanAMotifLeavesWordForWord(String given) {
        ok(
                salle.decide(
                        "CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.KO), "MotifKoCrCommandePrise", given)),
                "REJETEE_CR");

        assertThat(said()).containsEntry("MotifKoCrCommandePrise", given);
    }

    // The example of the protocol itself

    @Test
    @DisplayName("l'exemple du protocole (§3.3) part octet pour octet")
    void theExampleOfTheProtocolLeavesByteForByte() {
        Map<String, String> commande = with(salle.commande(Modele.OI, CasPto.NON_IDENTIFIEE), REFERENCE, "478977");
        salle.receive("Cmd_Acces", commande);
        Map<String, String> cr = new LinkedHashMap<>();
        cr.put(REFERENCE, "478977");
        cr.put("ReferencePrise", "HOTLINE");
        cr.put("ReferencePrestationPrise", "OCXA-FTTH-45099");
        cr.put("EtatCrCommandePrise", "OK");
        cr.put("DateCrCommandePrise", "20141001 11:06");
        cr.put("ReferencePrestationPm", "OCXA-PM-64269BEAR-01");
        cr.put("ReferencePm", "ADR-64269-BEAR-01");
        cr.put("ReferencePmTechnique", "ADR-64269-BEAR-01");
        cr.put("TypeCommandeRetenu", "COFI");
        cr.put("OC 1", "OCXA");
        cr.put("NomModulePm N°1", "HOTLINE");
        cr.put("PositionModulePm N°1", "1");
        cr.put("ReferenceCableModulePm N°1", "NA");
        cr.put("ReferencePBO N°1", "HOTLINE");
        cr.put("InformationTubePBO N°1", "HOTLINE");
        cr.put("InformationFibrePBO N°1", "HOTLINE");
        cr.put("ConnecteurPriseNumero N°1", "1");

        ok(salle.decide("CR_Cmd_Acces", cr), "ROUTE_HOTLINE");

        assertThat(text(last(), "CR_Cmd_Acces"))
                .isEqualTo("478977;HOTLINE;OCXA-FTTH-45099;OK;;20141001 11:06;;OCXA-PM-64269BEAR-01;ADR-64269-BEAR-01;"
                        + "ADR-64269-BEAR-01;;COFI;OCXA;HOTLINE;1;NA;;;HOTLINE;;;HOTLINE;HOTLINE;1"
                        + ";;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;\n");
    }
}
