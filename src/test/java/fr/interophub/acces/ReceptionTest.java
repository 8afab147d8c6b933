package fr.interophub.acces;

import static fr.interophub.acces.Salle.PAGE;
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
import fr.interophub.catalogue.Champ;
import fr.interophub.catalogue.Forme;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Ce que l'OC dit est jugé ligne à ligne, et le hub répond ce que le protocole veut qu'il réponde")
class ReceptionTest {

    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";

    private final Salle salle = new Salle();

    // A new order

    @ParameterizedTest
    @EnumSource
    void aNewOrderIsAcknowledgedAndTheSiIsTold(CasPto cas) {
        for (Modele modele : Modele.values()) {
            Map<String, String> commande = salle.commande(modele, cas);
            Lot lot = salle.receive("Cmd_Acces", commande);

            assertThat(salle.dossier(commande).vieEnUneLigne()).isEqualTo("Cmd_Acces > AR_Cmd_Acces OK = ACQUITTEE");
            assertThat(text(lot, "AR_Cmd_Acces")).isEqualTo(commande.get(REFERENCE) + ";;OK;20261120 11:00;\n");
            assertThat(demandes(lot))
                    .extracting(Message::flux, Message::dossierId, Message::etat)
                    .containsExactly(tuple("Cmd_Acces", salle.dossier(commande).id(), "ACQUITTEE"));
        }
    }

    @Test
    void anOrderIsFoundByEveryReferenceItGives() {
        Map<String, String> commande = salle.commande();
        salle.receive("Cmd_Acces", commande);

        assertThat(salle.registre.findByReference(
                        "OCXA", "commande", "IdRdv", commande.get("IdRdv").toLowerCase()))
                .isPresent();
    }

    /** One thing broken in a valid order: every way in which the sheet says that a field refuses its line. */
    record Faute(String champ, String valeur, String motif) {
        @Override
        public String toString() {
            return champ + " = " + (valeur.length() > 20 ? valeur.length() + " caractères" : "« " + valeur + " »")
                    + " : " + motif;
        }
    }

    static Stream<Faute> blockingFaults() {
        List<Faute> fautes = new ArrayList<>();
        for (Champ champ : PAGE.feuille("Cmd_Acces").champs()) {
            boolean reference = champ.nom().equals(REFERENCE);
            champ.vide().filter(any -> !reference).ifPresent(motif -> fautes.add(new Faute(champ.nom(), "", motif)));
            champ.faux().ifPresent(motif -> {
                if (champ.forme().genre() == Forme.Genre.LISTE) {
                    fautes.add(new Faute(champ.nom(), "ZZZ", motif));
                }
                if (champ.forme().genre() == Forme.Genre.DATE_HEURE) {
                    fautes.add(new Faute(champ.nom(), "20260230 09:00", motif));
                    fautes.add(new Faute(champ.nom(), "30/11/2026", motif));
                }
                if (champ.longueurTracee() && champ.longueur() > 0) {
                    fautes.add(new Faute(champ.nom(), "9".repeat(champ.longueur() + 1), motif));
                }
                if (champ.sauf().ecrite()) {
                    fautes.add(new Faute(champ.nom(), "OI-ABCD-0001", motif));
                }
                if (!reference) {
                    fautes.add(new Faute(champ.nom(), "a\u0001b", motif));
                }
            });
        }
        return fautes.stream();
    }

    @DisplayName("une seule faute bloquante : AR KO, son motif, et rien d'autre")
    @ParameterizedTest(name = "{0}")
    @MethodSource("blockingFaults")
    void oneBlockingFaultRefusesTheOrder(Faute faute) {
        Map<String, String> commande = with(salle.commande(), faute.champ, faute.valeur);
        Lot lot = salle.receive("Cmd_Acces", commande);

        Message ar = sent(lot).get(0);
        assertThat(champs(ar))
                .containsEntry("EtatArCommandePrise", "KO")
                .containsEntry("MotifKoArCommandePrise", libelle(faute.motif))
                .containsEntry(REFERENCE, commande.get(REFERENCE));
        assertThat(sent(lot)).hasSize(1);
        assertThat(salle.dossier(commande).vieEnUneLigne()).isEqualTo("Cmd_Acces > AR_Cmd_Acces KO = REJETEE_AR");
        assertThat(demandes(lot)).as("nothing the hub refused reaches the SI").isEmpty();
        assertThat(lot.messages().get(0).anomalies()).contains(faute.champ);
    }

    @ParameterizedTest
    @CsvSource({
        "TypeRacco,'',FIMP15",
        "TypeRacco,XXX,FIMP16",
        "TypeCommandeDemande,TOUT,FIMP12",
        "PriseExistante,'',FIMP15",
        "IdRdv,'',FIMP15",
        "ReferencePrise,OI-ABCD-0001,FIMP16",
        "DateCommandePrise,hier,FIMP16"
    })
    void theMotifIsTheOneOfTheSpecification(String champ, String valeur, String motif) {
        Lot lot = salle.receive("Cmd_Acces", with(salle.commande(), champ, valeur));

        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", libelle(motif));
    }

    @ParameterizedTest
    @CsvSource({
        "CommuneImmeuble,''",
        "CodePostalImmeuble,6400A",
        "NumeroVoieImmeuble,douze",
        "NomClient,''",
        "DateCommandePrise,''",
        "Batiment,b\uFFFDtiment"
    })
    void aWarningDoesNotRefuse(String champ, String valeur) {
        Map<String, String> commande = with(salle.commande(), champ, valeur);
        Lot lot = salle.receive("Cmd_Acces", commande);

        assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
        assertThat(lot.messages().get(0).anomalies()).as("but it is noted").contains(champ);
        assertThat(demandes(lot)).hasSize(1);
    }

    // The same reference again

    @Test
    void theSameOrderAgainGetsTheFirstAnswerAgainAndNothingElse() {
        Map<String, String> commande = salle.commande();
        String first = text(salle.receive("Cmd_Acces", commande), "AR_Cmd_Acces");
        String before = salle.dossier(commande).vieEnUneLigne();
        salle.clock.advance(Duration.ofDays(1));

        Lot again = salle.receive("Cmd_Acces", with(commande, "DateCommandePrise", "20261121 11:00"));

        assertThat(text(again, "AR_Cmd_Acces")).isEqualTo(first);
        assertThat(again.messages()).hasSize(2).allMatch(message -> message.nature() == Nature.REPETE);
        assertThat(demandes(again)).isEmpty();
        assertThat(salle.dossier(commande).vieEnUneLigne()).isEqualTo(before);
        assertThat(salle.registre.dossiers()).hasSize(1);
    }

    @Test
    void theSameOrderAgainGetsTheFirstAnswerAgainHoweverFarItHasGone() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);
        String first = text(salle.registre.lots().get(0), "AR_Cmd_Acces");
        affaire.oi("CR_Cmd_Acces", Issue.OK).oi("CR_MAD_LigneFTTH", Issue.OK);
        affaire.oc("CR_MES_LigneFTTH", null);

        Lot again = salle.receive("Cmd_Acces", affaire.commande);

        assertThat(text(again, "AR_Cmd_Acces")).isEqualTo(first);
        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");
    }

    @Test
    void aRefusedOrderAgainIsRefusedInTheSameWords() {
        Map<String, String> commande = with(salle.commande(), "TypeRacco", "XXX");
        String first = text(salle.receive("Cmd_Acces", commande), "AR_Cmd_Acces");
        salle.clock.advance(Duration.ofDays(1));

        assertThat(text(salle.receive("Cmd_Acces", commande), "AR_Cmd_Acces")).isEqualTo(first);
    }

    @Test
    void anotherOrderUnderAnOpenReferenceIsAnOverloadOutsideTheFirstDossier() {
        Map<String, String> commande = salle.commande();
        salle.receive("Cmd_Acces", commande);
        Dossier first = salle.dossier(commande);

        Lot lot = salle.receive("Cmd_Acces", with(commande, "NomClient", "Autre"));

        assertThat(sent(lot))
                .extracting(Message::flux, Message::issue, Message::dossierId)
                .containsExactly(tuple("AR_Cmd_Acces", Issue.OK, null), tuple("CR_Cmd_Acces", Issue.KO, null));
        assertThat(champs(sent(lot).get(1)))
                .containsEntry("MotifKoCrCommandePrise", libelle("FIMP13"))
                .containsEntry(REFERENCE, commande.get(REFERENCE));
        assertThat(lot.messages()).allMatch(message -> message.nature() == Nature.HORS_DOSSIER);
        assertThat(demandes(lot))
                .extracting(Message::flux, Message::dossierId)
                .containsExactly(tuple("CR_Cmd_Acces", null));
        assertThat(salle.registre.dossiers()).hasSize(1);
        assertThat(salle.dossier(commande)).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void anOverloadDoesNotChangeWhatTheFirstOrderIsRecognisedBy() {
        Map<String, String> commande = salle.commande();
        salle.receive("Cmd_Acces", commande);
        salle.receive("Cmd_Acces", with(commande, "NomClient", "Autre"));

        Lot again = salle.receive("Cmd_Acces", commande);

        assertThat(again.messages()).hasSize(2).allMatch(message -> message.nature() == Nature.REPETE);
    }

    @Test
    void aFaultyOrderUnderAnOpenReferenceIsRefusedForItsFault() {
        Map<String, String> commande = salle.commande();
        salle.receive("Cmd_Acces", commande);

        Lot lot = salle.receive("Cmd_Acces", with(commande, "TypeRacco", "XXX"));

        assertThat(sent(lot)).hasSize(1);
        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", libelle("FIMP16"));
        assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
    }

    @Test
    void anotherOrderUnderAClosedReferenceIsRefusedAtOnce() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE).oi("CR_Cmd_Acces", Issue.KO);
        Dossier first = affaire.dossier();

        Lot lot = salle.receive("Cmd_Acces", with(affaire.commande, "NomClient", "Autre"));

        assertThat(sent(lot))
                .extracting(Message::flux, Message::issue)
                .containsExactly(tuple("AR_Cmd_Acces", Issue.KO));
        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", libelle("FIMP13"));
        assertThat(demandes(lot)).isEmpty();
        assertThat(affaire.dossier()).usingRecursiveComparison().isEqualTo(first);
    }

    @Test
    void theSameOrderTwiceInOneLotIsOneOrderWithTwoAnswers() {
        Map<String, String> commande = salle.commande();
        Lot lot = salle.receive("Cmd_Acces", commande, commande);

        String[] lines = text(lot, "AR_Cmd_Acces").split("\n");
        assertThat(lines).hasSize(2);
        assertThat(lines[1]).isEqualTo(lines[0]);
        assertThat(lot.nouveaux()).hasSize(1);
        assertThat(demandes(lot)).hasSize(1);
    }

    @Test
    void twoOrdersUnderOneReferenceInOneLotAreAnOrderAndAnOverload() {
        Map<String, String> commande = salle.commande();
        Lot lot = salle.receive("Cmd_Acces", commande, with(commande, "NomClient", "Autre"));

        assertThat(sent(lot))
                .extracting(Message::flux, Message::issue)
                .containsExactly(
                        tuple("AR_Cmd_Acces", Issue.OK),
                        tuple("AR_Cmd_Acces", Issue.OK),
                        tuple("CR_Cmd_Acces", Issue.KO));
        assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
    }

    @Test
    void referencesAreToldApartToTheLetter() {
        Map<String, String> commande = salle.commande();
        Map<String, String> other =
                with(commande, REFERENCE, commande.get(REFERENCE).toLowerCase());
        salle.receive("Cmd_Acces", commande, other);

        assertThat(salle.registre.dossiers())
                .hasSize(2)
                .allMatch(dossier -> dossier.etat().equals("ACQUITTEE"));
    }

    @Test
    void aMixedLotIsAnsweredInTheOrderOfItsLines() {
        List<Map<String, String>> commandes = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            commandes.add(i % 2 == 0 ? salle.commande() : with(salle.commande(), "TypeRacco", "XXX"));
        }
        Lot lot = salle.receive("Cmd_Acces", commandes);

        assertThat(sent(lot))
                .extracting(message -> champs(message).get(REFERENCE))
                .containsExactlyElementsOf(commandes.stream()
                        .map(commande -> commande.get(REFERENCE))
                        .toList());
        assertThat(sent(lot))
                .extracting(Message::issue)
                .containsExactly(Issue.OK, Issue.KO, Issue.OK, Issue.KO, Issue.OK, Issue.KO);
        assertThat(sent(lot)).extracting(Message::ligne).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(demandes(lot)).hasSize(3);
    }

    // Another flux

    @Test
    void whatTheTableAdmitsMovesTheDossierAndReachesTheSi() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("CR_MAD_LigneFTTH", Issue.OK);

        Lot lot = affaire.oc("CR_MES_LigneFTTH", null);

        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(demandes(lot))
                .extracting(Message::flux, Message::etat)
                .containsExactly(tuple("CR_MES_LigneFTTH", "EN_SERVICE"));
        assertThat(sent(lot)).as("the protocol has no answer to it").isEmpty();
    }

    private void isKeptAside(Lot lot, String motif, String detail, String alerte) {
        assertThat(lot.quarantaines())
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail()).contains(detail))
                .extracting("motif", "fichier", "ligne", "messageId")
                .containsExactly(
                        motif,
                        lot.messages().get(0).flux() + ".csv",
                        2L,
                        lot.messages().get(0).id());
        assertThat(lot.messages())
                .singleElement()
                .extracting(Message::acheminement, Message::nature, Message::demande)
                .containsExactly(Acheminement.EN_QUARANTAINE, Nature.HORS_SEQUENCE, false);
        assertThat(salle.alertes).singleElement().asString().startsWith(alerte).contains("ligne 2", "OCXA");
    }

    @Test
    void anUnknownOrderIsKeptAsideAndTold() {
        Affaire elsewhere = new Salle().affaire(Modele.OI, CasPto.A_CONSTRUIRE);

        Lot lot = salle.receive("CR_MES_LigneFTTH", elsewhere.ofOc("CR_MES_LigneFTTH", null));

        isKeptAside(lot, "DOSSIER_INCONNU", "commande inconnue", "LIGNE_EN_QUARANTAINE");
        assertThat(salle.registre.dossiers()).isEmpty();
    }

    @Test
    void whatTheTableDoesNotAdmitIsKeptAsideAndTold() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);
        String before = affaire.dossier().vieEnUneLigne();

        Lot lot = affaire.oc("CR_MES_LigneFTTH", null);

        isKeptAside(lot, "HORS_SEQUENCE", "CR_MES_LigneFTTH en ACQUITTEE", "HORS_SEQUENCE");
        assertThat(affaire.dossier().vieEnUneLigne()).isEqualTo(before);
        assertThat(lot.messages().get(0).dossierId())
                .as("it is shown with its dossier")
                .isEqualTo(affaire.dossier().id());
    }

    @Test
    void aLineWithABlockingFaultIsKeptAsideAndTold() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("CR_MAD_LigneFTTH", Issue.OK);

        Lot lot = salle.receive(
                "CR_MES_LigneFTTH", with(affaire.ofOc("CR_MES_LigneFTTH", null), "DateMesLigneFtth", "demain"));

        isKeptAside(lot, "FORMAT", "DateMesLigneFtth", "LIGNE_EN_QUARANTAINE");
        assertThat(affaire.dossier().etat()).isEqualTo("MISE_A_DISPOSITION");
    }

    @Test
    void aVerdictThatSaysNeitherOkNorKoIsKeptAside() {
        Affaire affaire = salle.affaire(Modele.STOC, CasPto.A_CONSTRUIRE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("Cmd_STOC", null);

        Lot lot = salle.receive("CR_STOC", with(affaire.ofOc("CR_STOC", Issue.OK), "CrRaccordementPrise", ""));

        assertThat(lot.quarantaines()).hasSize(1);
        assertThat(affaire.dossier().etat()).isEqualTo("STOC_COMMANDEE");
    }

    @Test
    void theDeskIsToldOnceOfManyLinesSetAside() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.A_CONSTRUIRE);
        Map<String, String> early = affaire.ofOc("CR_MES_LigneFTTH", null);

        Lot lot = salle.receive("CR_MES_LigneFTTH", early, early, early);

        assertThat(lot.quarantaines()).hasSize(3);
        assertThat(salle.alertes).singleElement().asString().contains("3 ligne(s)", "ligne 2");
    }

    @Test
    void aBadLineNeverHarmsItsNeighbours() {
        Affaire good = salle.affaire(Modele.OI, CasPto.IDENTIFIEE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("CR_MAD_LigneFTTH", Issue.OK);
        Affaire early = salle.affaire(Modele.OI, CasPto.IDENTIFIEE);

        salle.receive("CR_MES_LigneFTTH", early.ofOc("CR_MES_LigneFTTH", null), good.ofOc("CR_MES_LigneFTTH", null));

        assertThat(early.dossier().etat()).isEqualTo("ACQUITTEE");
        assertThat(good.dossier().etat()).isEqualTo("EN_SERVICE");
    }

    // Annulation

    private static void qualified(Lot lot, String operation) {
        assertThat(sent(lot))
                .singleElement()
                .satisfies(cr -> assertThat(champs(cr))
                        .containsEntry("EtatCrAnnResCommandePrise", "OK")
                        .containsEntry("TypeOperation", operation)
                        .containsEntry("DateCrCommandeAnnulPrise", "20261120 11:00")
                        .doesNotContainKey("MotifKoCrAnnResCommandePrise"));
        assertThat(demandes(lot)).extracting(Message::flux).containsExactly("Annulation_Acces");
    }

    @ParameterizedTest
    @EnumSource
    void beforeTheCrAnAnnulationCancels(Modele modele) {
        Affaire affaire = salle.affaire(modele, CasPto.IDENTIFIEE);

        qualified(affaire.oc("Annulation_Acces", null), "ANNUL");

        assertThat(affaire.dossier().etat()).isEqualTo("ANNULEE");
    }

    @ParameterizedTest
    @CsvSource({"OI,ANNUL,ANNULEE", "STOC,ANNUL,ANNULEE", "OC,RESIL,RESILIEE"})
    void afterTheCrItCancelsButInModelOcWhereItTerminates(Modele modele, String operation, String etat) {
        Affaire affaire = salle.affaire(modele, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);

        qualified(affaire.oc("Annulation_Acces", null), operation);

        assertThat(affaire.dossier().etat()).isEqualTo(etat);
    }

    @ParameterizedTest
    @EnumSource(names = {"OI", "STOC"})
    void fromTheFirstMadOnAnAnnulationTerminates(Modele modele) {
        Affaire affaire = salle.affaire(modele, CasPto.IDENTIFIEE)
                .oi("CR_Cmd_Acces", Issue.OK)
                .oi("CR_MAD_LigneFTTH", Issue.OK);

        qualified(affaire.oc("Annulation_Acces", null), "RESIL");

        assertThat(affaire.dossier().etat()).isEqualTo("RESILIEE");
    }

    @ParameterizedTest
    @EnumSource
    void inServiceAnAnnulationTerminates(Modele modele) {
        Affaire affaire = salle.affaire(modele, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);
        if (modele != Modele.OC) {
            affaire.oi("CR_MAD_LigneFTTH", Issue.OK);
        }
        affaire.oc("CR_MES_LigneFTTH", null);
        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");

        qualified(affaire.oc("Annulation_Acces", null), "RESIL");

        assertThat(affaire.dossier().etat()).isEqualTo("RESILIEE");
    }

    private static void refused(Lot lot, String motif) {
        assertThat(sent(lot))
                .singleElement()
                .satisfies(cr -> assertThat(champs(cr))
                        .containsEntry("EtatCrAnnResCommandePrise", "KO")
                        .containsEntry("MotifKoCrAnnResCommandePrise", libelle(motif))
                        .doesNotContainKey("TypeOperation"));
        assertThat(demandes(lot)).isEmpty();
    }

    @Test
    void anAnnulationOfAnUnknownOrderIsRefused() {
        Affaire elsewhere = new Salle().affaire(Modele.OI, CasPto.IDENTIFIEE);

        refused(salle.receive("Annulation_Acces", elsewhere.ofOc("Annulation_Acces", null)), "FIMP14");

        assertThat(salle.registre.dossiers()).isEmpty();
    }

    @Test
    void anAnnulationOfAClosedOrderIsRefusedAndNothingMoves() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.KO);

        refused(affaire.oc("Annulation_Acces", null), "FAUT01");

        assertThat(affaire.dossier().etat()).isEqualTo("REJETEE_CR");
    }

    @Test
    void anAnnulationWithABlockingFaultIsRefusedForItAndTheOrderGoesOn() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE);

        refused(
                salle.receive(
                        "Annulation_Acces",
                        with(affaire.ofOc("Annulation_Acces", null), "DateAnnulation", "20260230 09:00")),
                "FAUT01");

        assertThat(affaire.dossier().etat()).isEqualTo("ACQUITTEE");
        affaire.oi("CR_Cmd_Acces", Issue.OK);
        assertThat(affaire.dossier().etat()).as("as before (spec D1)").isEqualTo("ROUTE_FOURNIE");
    }

    @Test
    void ofTwoAnnulationsTheSecondIsRefused() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE);
        Map<String, String> annulation = affaire.ofOc("Annulation_Acces", null);

        Lot lot = salle.receive("Annulation_Acces", annulation, annulation);

        assertThat(sent(lot)).extracting(Message::issue).containsExactly(Issue.OK, Issue.KO);
        assertThat(affaire.dossier().vieEnUneLigne())
                .isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > Annulation_Acces > CR_Annulation_Acces OK"
                        + " > Annulation_Acces > CR_Annulation_Acces KO = ANNULEE");
    }

    @Test
    void afterAnAnnulationTheOiSaysNothingMore() {
        Affaire affaire = salle.affaire(Modele.OI, CasPto.IDENTIFIEE);
        affaire.oc("Annulation_Acces", null);

        assertThat(salle.decide("CR_Cmd_Acces", affaire.ofOi("CR_Cmd_Acces", Issue.OK)))
                .isInstanceOfSatisfying(
                        Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("HORS_SEQUENCE"));
    }

    // The contract, and what does not fit

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "libelle      | TRAITEMENT IMPOSSIBLE : CHAMPS INCOHERENTS",
                "code         | FIMP16",
                "code-libelle | FIMP16 - TRAITEMENT IMPOSSIBLE : CHAMPS INCOHERENTS"
            })
    void aMotifIsWrittenAsTheContractWants(String form, String written) {
        Salle other = new Salle(Salle.motifs(form));
        Lot lot = other.receive("Cmd_Acces", with(other.commande(), "TypeRacco", "XXX"));

        assertThat(champs(sent(lot).get(0))).containsEntry("MotifKoArCommandePrise", written);
    }

    @Test
    void anOverlongReferenceIsRefusedAndNeverMeetsAnother() {
        String begin = "R".repeat(200);
        Map<String, String> one = with(salle.commande(), REFERENCE, begin + "1");
        Map<String, String> two = with(salle.commande(), REFERENCE, begin + "2");

        Lot lot = salle.receive("Cmd_Acces", one, two);

        assertThat(sent(lot))
                .hasSize(2)
                .allSatisfy(ar -> assertThat(champs(ar)).containsEntry("MotifKoArCommandePrise", libelle("FIMP16")));
        assertThat(lot.nouveaux())
                .extracting(Dossier::cle)
                .doesNotHaveDuplicates()
                .allSatisfy(cle -> assertThat(cle).hasSize(Dossier.CLE_MAX).startsWith("RRR"));
        assertThat(salle.receive("Cmd_Acces", one).messages())
                .as("and again, it is the same order")
                .allMatch(message -> message.nature() == Nature.REPETE);
    }

    @Test
    void anOverlongReferenceIsNeverCutInTheMiddleOfACharacter() {
        for (int before = 60; before < 70; before++) {
            String reference = "R".repeat(before) + "📶".repeat(40);
            Lot lot = salle.receive("Cmd_Acces", with(salle.commande(), REFERENCE, reference));

            String cle = lot.nouveaux().get(0).cle();
            assertThat(new String(cle.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .as("what the store gives back is what it was given")
                    .isEqualTo(cle);
        }
    }
}
