package fr.interophub.acces;

import static fr.interophub.acces.Salle.champs;
import static fr.interophub.acces.Salle.demandes;
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
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayName("Ce que le contrat d'un OC change à la façon dont il est servi")
class ContratTest {

    private static Salle salle(Map<String, ?> contrat) {
        return new Salle(Essai.contrat(Essai.OCXA, contrat));
    }

    private static Salle permis(Map<String, ?> commande) {
        return salle(Map.of("commande", commande));
    }

    // What it may order

    @ParameterizedTest
    @EnumSource
    void aModelThatIsNotAllowedIsRefusedByTheAr(Modele modele) {
        Salle salle = permis(Map.of("modeles", List.of("STOC")));
        Map<String, String> commande = salle.commande(modele, CasPto.IDENTIFIEE);
        Lot lot = salle.receive("Cmd_Acces", commande);

        if (modele == Modele.STOC) {
            assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
            return;
        }
        assertThat(salle.dossier(commande).vieEnUneLigne()).isEqualTo("Cmd_Acces > AR_Cmd_Acces KO = REJETEE_AR");
        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", libelle("FIMP16"));
        assertThat(demandes(lot)).isEmpty();
        assertThat(lot.messages().get(0).anomalies())
                .as("the desk reads why")
                .contains("le contrat ne permet pas le modèle " + modele.name());
    }

    @ParameterizedTest
    @CsvSource({
        "AR, A_CONSTRUIRE, Cmd_Acces > AR_Cmd_Acces KO = REJETEE_AR",
        "AR, NON_IDENTIFIEE, Cmd_Acces > AR_Cmd_Acces KO = REJETEE_AR",
        "AR, IDENTIFIEE, Cmd_Acces > AR_Cmd_Acces OK = ACQUITTEE",
        "CR, A_CONSTRUIRE, Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces KO = REJETEE_CR",
        "CR, NON_IDENTIFIEE, Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces KO = REJETEE_CR",
        "CR, IDENTIFIEE, Cmd_Acces > AR_Cmd_Acces OK = ACQUITTEE"
    })
    void aPtoCaseThatIsNotAllowedIsRefusedWhereTheContractSays(String refus, CasPto cas, String vie) {
        Salle salle = permis(Map.of("casPto", List.of("identifiee"), "refusPto", refus));
        Map<String, String> commande = salle.commande(Modele.STOC, cas);
        Lot lot = salle.receive("Cmd_Acces", commande);

        assertThat(salle.dossier(commande).vieEnUneLigne()).isEqualTo(vie);
        if (cas != CasPto.IDENTIFIEE) {
            Message last = sent(lot).get(sent(lot).size() - 1);
            assertThat(champs(last)).containsValue(libelle("FIMP01"));
            assertThat(demandes(lot))
                    .as("the SI is told of what the hub rejected in its place, not of what it did not take")
                    .extracting(Message::flux)
                    .isEqualTo(refus.equals("CR") ? List.of("CR_Cmd_Acces") : List.of());
        }
    }

    @Test
    void theContractIsAskedOfASoundOrderOnly() {
        Salle salle = permis(Map.of("modeles", List.of("STOC")));
        Lot lot = salle.receive("Cmd_Acces", with(salle.commande(), "TypeCommandeDemande", "TOUT"));

        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", libelle("FIMP12"));
        assertThat(lot.messages().get(0).anomalies()).doesNotContain("CONTRAT");
    }

    @Test
    void theSameOrderGetsItsFirstArWhateverTheContractHasBecome() {
        Salle salle = new Salle();
        Map<String, String> commande = salle.commande();
        salle.receive("Cmd_Acces", commande);

        Salle stricter = salle.as(Essai.contrat(Essai.OCXA, Map.of("commande", Map.of("modeles", List.of("OC")))));
        Lot again = stricter.receive("Cmd_Acces", commande);

        assertThat(sent(again)).extracting(Message::issue).containsExactly(Issue.OK);
    }

    // What its lines must hold

    @Test
    void aPresenceThatTheContractMakesBlockingRefusesTheLine() {
        Map<String, Object> prenom = Map.of("presence", "O", "vide", "FIMP15");
        Salle salle = salle(Map.of("colonnes", Map.of("Cmd_Acces", Map.of("champs", Map.of("PrenomClient", prenom)))));
        Map<String, String> commande = with(salle.commande(), "PrenomClient", "");

        Lot lot = salle.receive("Cmd_Acces", commande);

        assertThat(salle.dossier(commande).etat()).isEqualTo("REJETEE_AR");
        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", libelle("FIMP15"));
        Salle other = new Salle();
        other.receive("Cmd_Acces", commande);
        assertThat(other.dossier(commande).etat())
                .as("by default it may be empty")
                .isEqualTo("ACQUITTEE");
    }

    @Test
    void aPresenceThatTheContractRelaxesOnlyWarns() {
        Salle salle =
                salle(Map.of("colonnes", Map.of("Cmd_Acces", Map.of("champs", Map.of("IdRdv", Map.of("vide", ""))))));
        Map<String, String> commande = with(salle.commande(), "IdRdv", "");

        Lot lot = salle.receive("Cmd_Acces", commande);

        assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
        assertThat(lot.messages().get(0).anomalies()).contains("IdRdv");
    }

    @Test
    void whatLeavesHasTheColumnsOfTheContract() {
        Salle salle = salle(Map.of(
                "colonnes",
                Map.of(
                        "AR_Cmd_Acces",
                        Map.of(
                                "ordre",
                                List.of("EtatArCommandePrise"),
                                "absents",
                                List.of("ReferencePrestationPrise")))));
        Map<String, String> commande = salle.commande();

        Lot lot = salle.receive("Cmd_Acces", commande);

        assertThat(text(lot, "AR_Cmd_Acces"))
                .isEqualTo("OK;" + commande.get("ReferenceCommandePriseInterneOC") + ";20261120 11:00;\n");
    }

    // What the hub says beside

    @Test
    void anAnnulationBeforeTheCrBringsACrKoWhereTheContractAsks() {
        Salle salle = salle(Map.of("crKoAvecAnnulation", true));
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE);

        Lot lot = affaire.oc("Annulation_Acces", null);

        assertThat(sent(lot))
                .extracting(Message::flux, Message::issue)
                .containsExactly(tuple("CR_Annulation_Acces", Issue.OK), tuple("CR_Cmd_Acces", Issue.KO));
        assertThat(affaire.dossier().etat()).isEqualTo("ANNULEE");
    }

    @Test
    void anAnnulationAfterTheCrBringsNone() {
        Salle salle = salle(Map.of("crKoAvecAnnulation", true));
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);

        assertThat(sent(affaire.oc("Annulation_Acces", null)))
                .extracting(Message::flux)
                .containsExactly("CR_Annulation_Acces");
    }

    @Test
    void byDefaultAnAnnulationHasItsCrAlone() {
        Affaire affaire = new Salle().affaire(Modele.OI, CasPto.IDENTIFIEE);

        assertThat(sent(affaire.oc("Annulation_Acces", null)))
                .extracting(Message::flux)
                .containsExactly("CR_Annulation_Acces");
    }

    @Test
    void whatComesOutOfSequenceIsToldWhereTheContractAsks() {
        Salle salle = salle(Map.of("messOiHorsSequence", true));
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);

        Lot lot = affaire.oc("Notif_Racc_KO", null);

        assertThat(sent(lot)).extracting(Message::flux).containsExactly("Mess_OI_Cmd_Acces");
        assertThat(champs(sent(lot).get(0)))
                .containsEntry(
                        "Message",
                        "Votre Notif_Racc_KO reçu le 20261120 11:00 est sans effet : la commande est en ROUTE_FOURNIE.")
                .containsEntry(
                        "ReferencePrestationPrise",
                        affaire.dossier().references().get("ReferencePrestationPrise"));
        assertThat(affaire.dossier().etat()).isEqualTo("ROUTE_FOURNIE");
        assertThat(lot.messages().get(0).acheminement()).isEqualTo(Acheminement.EN_QUARANTAINE);
        assertThat(lot.quarantaines()).hasSize(1);
    }

    @Test
    void whereTheTableAdmitsNoMessageNothingIsTold() {
        Affaire affaire = salle(Map.of("messOiHorsSequence", true)).affaire(Modele.OI, CasPto.IDENTIFIEE);

        Lot lot = affaire.oc("Notif_Racc_KO", null);

        assertThat(sent(lot)).as("no ReferencePrestationPrise yet (T11)").isEmpty();
        assertThat(lot.quarantaines()).hasSize(1);
    }

    @Test
    void byDefaultWhatComesOutOfSequenceHasNoAnswer() {
        Affaire affaire = new Salle().affaire(Modele.OI, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);

        assertThat(sent(affaire.oc("Notif_Racc_KO", null))).isEmpty();
    }

    @Test
    void gelIsSaidOnlyWhereItIsPractised() {
        Affaire usual = new Salle().affaire(Modele.OI, CasPto.IDENTIFIEE);
        Map<String, String> gel = usual.ofOi("Gel_Degel", null);
        Salle salle = salle(Map.of("gelDegel", true));
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE);

        assertThat(new Salle().decide("Gel_Degel", gel))
                .isInstanceOfSatisfying(
                        Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("FLUX_NON_PRATIQUE"));
        affaire.oi("Gel_Degel", null);
        assertThat(affaire.dossier().vieEnUneLigne()).isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > Gel_Degel = ACQUITTEE");
    }

    @Test
    void theSiIsMetAsTheContractSays() {
        Salle salle = salle(Map.of("siMode", "jms"));

        assertThat(salle.receive("Cmd_Acces", salle.commande()).siMode()).isEqualTo("jms");
        assertThat(new Salle().receive("Cmd_Acces", salle.commande()).siMode()).isEqualTo("rest");
    }
}
