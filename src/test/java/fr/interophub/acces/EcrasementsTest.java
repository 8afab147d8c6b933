package fr.interophub.acces;

import static fr.interophub.acces.Salle.champs;
import static fr.interophub.acces.Salle.demandes;
import static fr.interophub.acces.Salle.sent;
import static fr.interophub.acces.Salle.with;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.acces.Salle.Affaire;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Acces.Etat;
import fr.interophub.parc.Site;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("L'écrasement, et le parc que les commandes remplissent (spec §5.10)")
class EcrasementsTest {

    private static final Instant MES = Instant.parse("2026-01-31T11:00:00Z");

    private final Salle perdant = new Salle();
    private final Salle gagnant = perdant.as(Essai.OCXB);

    /** An order of model OC in service. */
    private static Affaire enService(Affaire affaire) {
        affaire.oi("CR_Cmd_Acces", Issue.OK).oc("CR_MES_LigneFTTH", null);
        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");
        return affaire;
    }

    private static String prise(Affaire affaire) {
        return affaire.dossier().references().get("ReferencePrise");
    }

    private Acces acces(Affaire affaire) {
        return perdant.parc
                .list(affaire.dossier().references().get("ReferencePrestationPrise"))
                .get(0);
    }

    private Affaire on(Salle salle, String prise) {
        return salle.affaire(Modele.OC, CasPto.IDENTIFIEE, Map.of("ReferencePrise", prise));
    }

    private List<Message> told(String operateur) {
        return perdant.registre.messages().stream()
                .filter(message -> message.flux().equals("Notif_Ecrasement")
                        && message.operateur().equals(operateur))
                .toList();
    }

    @Test
    @DisplayName("une mise en service entre au parc, avec sa date, l'adresse commandée et le dernier PM dit")
    void aLineInServiceEntersTheRegister() {
        Affaire affaire = perdant.affaire(
                Modele.OC,
                CasPto.A_CONSTRUIRE,
                Map.of(
                        "NumeroVoieImmeuble", "0",
                        "ComplementNumeroVoieImmeuble", "",
                        "TypeVoieImmeuble", "Chemin",
                        "LibelleVoieImmeuble", "de l'Étang",
                        "CodePostalImmeuble", "64000",
                        "CommuneImmeuble", "Pau",
                        "Batiment", "B2",
                        "ReferencePm", "PM-COMMANDE"));
        perdant.decide("CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "ReferencePm", "PM-DU-CR"));
        Map<String, String> mes = with(affaire.ofOc("CR_MES_LigneFTTH", null), "DateMesLigneFtth", "20261118 09:30");

        perdant.receive("CR_MES_LigneFTTH", mes);

        assertThat(acces(affaire))
                .isEqualTo(new Acces(
                        "OCXA",
                        affaire.dossier().references().get("ReferencePrestationPrise"),
                        prise(affaire),
                        new Site("PM-DU-CR", "Chemin de l'Étang, 64000 Pau"),
                        Instant.parse("2026-11-18T08:30:00Z"),
                        null,
                        true,
                        Etat.EN_SERVICE,
                        affaire.dossier().id()));
    }

    @Test
    @DisplayName("l'écrasé est prévenu, lui seul ; le SI aussi ; rien ne nomme l'écraseur")
    void theLoserIsToldAndNothingNamesTheWinner() {
        Affaire first = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        Affaire second = on(gagnant, prise(first)).oi("CR_Cmd_Acces", Issue.OK);
        assertThat(told("OCXA")).as("not before the CR_MES").isEmpty();

        second.oc("CR_MES_LigneFTTH", null);

        assertThat(first.dossier().vieEnUneLigne()).endsWith("> CR_MES_LigneFTTH > Notif_Ecrasement = ECRASEE");
        assertThat(second.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(acces(first).etat()).isEqualTo(Etat.ECRASEE);
        assertThat(acces(second).etat()).isEqualTo(Etat.EN_SERVICE);
        assertThat(told("OCXB")).isEmpty();
        Message said = told("OCXA").get(0);
        assertThat(champs(said))
                .containsOnlyKeys(
                        "ReferenceCommandePriseInterneOC",
                        "ReferencePrestationPrise",
                        "ReferencePrise",
                        "OperateurEcrase",
                        "DateEcrasement")
                .containsEntry(
                        "ReferenceCommandePriseInterneOC", first.dossier().cle())
                .containsEntry("ReferencePrestationPrise", acces(first).prestation())
                .containsEntry("ReferencePrise", prise(first))
                .containsEntry("OperateurEcrase", "OCXA");
        assertThat(said.demande()).isTrue();
        assertThat(said.dossierId()).isEqualTo(first.dossier().id());
        Lot lot = perdant.registre.lots().get(perdant.registre.lots().size() - 1);
        assertThat(lot.id()).isEqualTo(said.lotId());
        assertThat(lot.messages())
                .as("the winner's messages are in a lot of their own")
                .containsExactly(said);
        assertThat(Salle.text(lot, "Notif_Ecrasement"))
                .doesNotContain("OCXB", "920000007", "Bêta", second.dossier().cle());
    }

    @Test
    @DisplayName("après un reprovisioning, c'est la prise finale qui compte")
    void theLastSocketCounts() {
        Affaire left = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        Affaire taken = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        Affaire second = on(gagnant, prise(left)).oi("CR_Cmd_Acces", Issue.OK);
        gagnant.decide("Notif_Reprov", with(second.ofOi("Notif_Reprov", null), "ReferencePrise", prise(taken)));

        second.oc("CR_MES_LigneFTTH", null);

        assertThat(left.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(taken.dossier().etat()).isEqualTo("ECRASEE");
        assertThat(acces(second).prise()).isEqualTo(prise(taken));
    }

    @Test
    @DisplayName("jamais sur une fibre dédiée, ni contre un accès du même OC")
    void neverADedicatedFibreNorOnesOwnAccess() {
        Affaire first = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        Acces known = acces(first);
        perdant.parc.write(List.of(new Acces(
                known.operateur(),
                known.prestation(),
                known.prise(),
                known.dateMes(),
                "PT10H",
                false,
                known.etat(),
                known.dossierId())));

        enService(on(gagnant, prise(first)));
        enService(on(perdant, prise(first)));

        assertThat(first.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(acces(first).etat()).isEqualTo(Etat.EN_SERVICE);
        assertThat(told("OCXA")).isEmpty();
        assertThat(told("OCXB"))
                .as("whose shared access the third order has taken")
                .hasSize(1);
    }

    @Test
    @DisplayName("un accès plus ancien que le hub est écrasé aussi, hors de tout dossier")
    void anAccessOlderThanTheHubIsLostToo() {
        perdant.parc.write(
                List.of(new Acces("OCXA", "P-OLD", "oi-0000-0001", MES, "PT10H", true, Etat.EN_SERVICE, null)));

        enService(on(gagnant, "OI-0000-0001"));

        assertThat(perdant.parc.list("P-OLD"))
                .containsExactly(new Acces("OCXA", "P-OLD", "oi-0000-0001", MES, "PT10H", true, Etat.ECRASEE, null));
        Message said = told("OCXA").get(0);
        assertThat(said.dossierId()).isNull();
        assertThat(said.nature()).isEqualTo(Nature.HORS_DOSSIER);
        assertThat(said.demande()).isTrue();
        assertThat(champs(said))
                .containsEntry("ReferencePrestationPrise", "P-OLD")
                .doesNotContainKey("ReferenceCommandePriseInterneOC");
    }

    @Test
    @DisplayName("à tort : l'écrasé commande à nouveau et reprend la ligne")
    void aWrongfulOneIsUndoneByANewOrder() {
        Affaire first = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        Affaire second = enService(on(gagnant, prise(first)));

        Affaire again = enService(on(perdant, prise(first)));

        assertThat(first.dossier().etat()).isEqualTo("ECRASEE");
        assertThat(second.dossier().etat()).isEqualTo("ECRASEE");
        assertThat(again.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(told("OCXA")).hasSize(1);
        assertThat(told("OCXB")).hasSize(1);
    }

    @Test
    @DisplayName("un accès déjà rendu n'est pas écrasé ; un accès écrasé ne se rend plus")
    void whatIsOverIsNotOverwrittenNorGivenBack() {
        Affaire first = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        String prise = prise(first);
        first.oc("Annulation_Acces", null);
        assertThat(acces(first).etat()).isEqualTo(Etat.RESILIEE);

        Affaire second = enService(on(gagnant, prise));
        assertThat(told("OCXA")).isEmpty();
        enService(on(perdant, prise));
        Lot late = second.oc("Annulation_Acces", null);

        assertThat(sent(late).get(0).issue()).isEqualTo(Issue.KO);
        assertThat(demandes(late)).isEmpty();
        assertThat(acces(second).etat()).isEqualTo(Etat.ECRASEE);
    }

    @Test
    @DisplayName("une résiliation avant la mise en service ne touche pas le parc")
    void anOrderThatNeverServedIsNotInTheRegister() {
        Affaire affaire = perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE).oi("CR_Cmd_Acces", Issue.OK);

        affaire.oc("Annulation_Acces", null);

        assertThat(affaire.dossier().etat()).isEqualTo("RESILIEE");
        assertThat(perdant.parc.list(affaire.dossier().references().get("ReferencePrestationPrise")))
                .isEmpty();
    }

    @Test
    @DisplayName("le SI ne peut pas la dire : le hub seul l'émet")
    void theSiMayNotSayIt() {
        Affaire first = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));

        assertThat(perdant.decide("Notif_Ecrasement", first.ofOi("Notif_Ecrasement", null)))
                .isInstanceOfSatisfying(Verdict.Ko.class, ko -> {
                    assertThat(ko.motif()).isEqualTo("FLUX_INTERDIT");
                    assertThat(ko.detail()).contains("le hub seul");
                });
        assertThat(first.dossier().etat()).isEqualTo("EN_SERVICE");
    }

    @Test
    @DisplayName("un CR_MES refusé n'écrase rien")
    void aRefusedCrMesTakesNothing() {
        Affaire first = enService(perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE));
        Affaire second = on(gagnant, prise(first));

        second.oc("CR_MES_LigneFTTH", null);

        assertThat(second.dossier().etat()).isEqualTo("ACQUITTEE");
        assertThat(first.dossier().etat()).isEqualTo("EN_SERVICE");
    }

    @Test
    @DisplayName("l'opérateur qui perd la ligne n'a plus de fiche : une alerte, l'accès est écrasé quand même")
    void aLoserThatIsNoMoreIsNotTold() {
        perdant.parc.write(List.of(new Acces("OCXZ", "P-Z", "OI-0000-0002", MES, null, true, Etat.EN_SERVICE, null)));

        enService(on(gagnant, "OI-0000-0002"));

        assertThat(perdant.parc.list("P-Z")).extracting(Acces::etat).containsExactly(Etat.ECRASEE);
        assertThat(told("OCXZ")).isEmpty();
        assertThat(perdant.alertes)
                .singleElement()
                .asString()
                .startsWith("ECRASEMENT_NON_DIT")
                .contains("P-Z");
    }

    @Test
    @DisplayName("une mise en service sans ReferencePrestationPrise n'entre pas au parc : une alerte")
    void aLineWithoutAReferenceIsNotInTheRegister() {
        Affaire affaire = perdant.affaire(Modele.OC, CasPto.A_CONSTRUIRE);
        perdant.decide("CR_Cmd_Acces", with(affaire.ofOi("CR_Cmd_Acces", Issue.OK), "ReferencePrestationPrise", ""));

        affaire.oc("CR_MES_LigneFTTH", null);

        assertThat(affaire.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(perdant.alertes).singleElement().asString().startsWith("ACCES_SANS_REFERENCE");
    }

    @Test
    @DisplayName("HOTLINE n'est pas une prise : deux lignes en service sous ce mot ne s'écrasent pas")
    void hotlineIsNoSocket() {
        Affaire first = perdant.affaire(Modele.OC, CasPto.NON_IDENTIFIEE);
        first.oi("CR_Cmd_Acces", Issue.OK);
        reprovisioned(perdant, first, "");
        perdant.receive("CR_MES_LigneFTTH", with(first.ofOc("CR_MES_LigneFTTH", null), "ReferencePrise", "HOTLINE"));
        assertThat(acces(first).prise()).isNull();

        Affaire second = gagnant.affaire(Modele.OC, CasPto.NON_IDENTIFIEE);
        second.oi("CR_Cmd_Acces", Issue.OK);
        reprovisioned(gagnant, second, "");
        gagnant.receive("CR_MES_LigneFTTH", with(second.ofOc("CR_MES_LigneFTTH", null), "ReferencePrise", "HOTLINE"));

        assertThat(first.dossier().etat()).isEqualTo("EN_SERVICE");
        assertThat(second.dossier().etat()).isEqualTo("EN_SERVICE");
    }

    @Test
    @DisplayName("la prise que l'OC dit compte quand l'OI n'en a dit aucune")
    void theSocketOfTheOcCountsWhereTheOiHasSaidNone() {
        Affaire affaire = perdant.affaire(Modele.OC, CasPto.NON_IDENTIFIEE);
        affaire.oi("CR_Cmd_Acces", Issue.OK);
        reprovisioned(perdant, affaire, "");

        perdant.receive(
                "CR_MES_LigneFTTH", with(affaire.ofOc("CR_MES_LigneFTTH", null), "ReferencePrise", "OI-0000-0003"));

        assertThat(acces(affaire).prise()).isEqualTo("OI-0000-0003");
    }

    private static void reprovisioned(Salle salle, Affaire affaire, String prise) {
        assertThat(salle.decide(
                        "Notif_Reprov",
                        with(with(affaire.ofOi("Notif_Reprov", null), "TypeReprov", "CHAUD"), "ReferencePrise", prise)))
                .isInstanceOf(Verdict.Ok.class);
    }
}
