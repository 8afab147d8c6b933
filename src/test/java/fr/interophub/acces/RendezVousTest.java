package fr.interophub.acces;

import static fr.interophub.acces.Salle.champs;
import static fr.interophub.acces.Salle.libelle;
import static fr.interophub.acces.Salle.sent;
import static fr.interophub.acces.Salle.with;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Quarantaine;
import fr.interophub.operateur.Operateur;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Les rendez-vous : qui répond quoi, et ce qu'une commande en fait")
class RendezVousTest {

    private static final String DEMANDE = "ReferenceDemandeOC";
    private static final String MOTIF = "MotifReponseRdvKo";

    /** A Friday, as {@link Salle} begins. */
    private static final Instant VENDREDI = Instant.parse("2026-11-20T10:00:00Z");

    /** What an OC and the OI know of one appointment, and of the order that will carry it. */
    private static final class Affaire {
        final Salle salle;
        final Vie oc;
        final Vie oi;

        Affaire(Salle salle) {
            this.salle = salle;
            this.oc = salle.specimen.open(salle.oc.code(), Modele.OI, CasPto.A_CONSTRUIRE);
            this.oi = salle.specimen.facing(oc);
        }

        /** The day of the first slot that the specimen asks for, a Saturday, and then others. */
        Map<String, String> demande(Instant... dates) {
            return slots(salle.specimen.champs("DemandeRdv", null, "", oc, Map.of()), dates);
        }

        Map<String, String> modification(Instant... dates) {
            return slots(salle.specimen.champs("Demande_Modif_RDV", null, "", oc, Map.of()), dates);
        }

        private static Map<String, String> slots(Map<String, String> champs, Instant... dates) {
            Map<String, String> changed = new HashMap<>(champs);
            for (int slot = 1; slot <= 3; slot++) {
                changed.put("DateRdv" + slot, slot <= dates.length ? Dates.format(dates[slot - 1]) : "");
            }
            return changed;
        }

        /** The OC says it; what the hub answers. */
        Optional<Message> ask(String flux, Map<String, String> champs) {
            heard(flux, champs);
            Optional<Message> reponse =
                    sent(salle.receive(flux, champs)).stream().findFirst();
            reponse.ifPresent(message -> heard("ReponseRdv", champs(message)));
            return reponse;
        }

        void heard(String flux, Map<String, String> champs) {
            oc.remember(flux, champs);
            oi.remember(flux, champs);
        }

        Verdict decide(Issue issue, Map<String, String> voulus) {
            Map<String, String> champs = salle.specimen.champs("ReponseRdv", issue, "", oi, voulus);
            Verdict verdict = salle.decide("ReponseRdv", champs);
            if (verdict instanceof Verdict.Ok) {
                heard("ReponseRdv", champs);
            }
            return verdict;
        }

        Map<String, String> commande() {
            return salle.specimen.cmdAcces(oc);
        }

        Dossier rdv() {
            return salle.registre.dossiers().stream()
                    .filter(dossier -> dossier.objet().equals("rdv"))
                    .reduce((first, last) -> last)
                    .orElseThrow();
        }
    }

    private static Salle salle(Map<String, ?> rdv) {
        Operateur oc = Essai.contrat(Essai.OCXA, Map.of("rdv", rdv, "gelDegel", true));
        return new Salle(oc);
    }

    private static Instant in(int days) {
        return VENDREDI.plus(days, ChronoUnit.DAYS);
    }

    @Nested
    @DisplayName("sans plan de charge, le SI répond")
    class SansPlan {

        private final Salle salle = salle(Map.of("delaiCommande", 72, "reportsMax", 1));
        private final Affaire affaire = new Affaire(salle);

        @Test
        void theHubSaysNothingAndTellsTheSi() {
            Map<String, String> demande = affaire.demande(in(8));

            Lot lot = salle.receive("DemandeRdv", demande);

            assertThat(sent(lot)).isEmpty();
            assertThat(Salle.demandes(lot)).singleElement().satisfies(told -> {
                assertThat(told.etat()).isEqualTo("DEMANDE");
                assertThat(champs(told)).containsEntry(DEMANDE, demande.get(DEMANDE));
            });
            assertThat(affaire.rdv().cle()).isEqualTo(demande.get(DEMANDE));
        }

        @Test
        void aDecisionIsFoundByEitherReference() {
            affaire.ask("DemandeRdv", affaire.demande(in(8), in(9)));

            assertThat(salle.decide("ReponseRdv", Map.of(DEMANDE, "autre", "ValidDate1", "OK")))
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("DOSSIER_INCONNU"));
            assertThat(salle.decide("ReponseRdv", Map.of("ValidDate1", "OK")))
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("CHAMP_VIDE"));
            assertThat(affaire.decide(Issue.OK, Map.of("IdRdv", "LEUR-1"))).isEqualTo(new Verdict.Ok("RESERVE", null));
            assertThat(affaire.rdv().references()).containsEntry("IdRdv", "LEUR-1");

            affaire.ask("Demande_Modif_RDV", affaire.modification(in(10), in(11)));
            assertThat(salle.decide("ReponseRdv", Map.of("IdRdv", "leur-1", "ValidDate2", "OK")))
                    .isInstanceOfSatisfying(
                            Verdict.Ok.class, ok -> assertThat(ok.etat()).isEqualTo("RESERVE"));
            Message said = sent(salle.registre.lots().get(salle.registre.lots().size() - 1))
                    .get(0);
            assertThat(champs(said))
                    .containsEntry(DEMANDE, affaire.oc.get(DEMANDE))
                    .containsEntry("ValidDate1", "KO")
                    .containsEntry("ValidDate2", "OK")
                    .doesNotContainKey("ValidDate3");
            assertThat(affaire.rdv().faits())
                    .containsEntry(Faits.REPORTS, "1")
                    .containsEntry(Faits.DATE_RDV, Dates.format(in(11)));
        }

        @Test
        void theHubIssuesTheIdRdvThatTheSiLeavesOut() {
            affaire.ask("DemandeRdv", affaire.demande(in(8)));

            assertThat(affaire.decide(Issue.OK, Map.of("IdRdv", "")))
                    .isInstanceOfSatisfying(
                            Verdict.Ok.class, ok -> assertThat(ok.detail()).contains("OIDE-RDV-000001"));
            assertThat(affaire.rdv().references()).containsEntry("IdRdv", "OIDE-RDV-000001");
        }

        @Test
        void whatNoOiMaySayIsRefused() {
            affaire.ask("DemandeRdv", affaire.demande(in(8), in(9)));

            refused(Map.of("ValidDate1", "OK", "ValidDate2", "OK"), "PLUSIEURS_CRENEAUX");
            refused(Map.of("ValidDate1", "KO", "ValidDate2", "KO", "ValidDate3", "OK"), "CRENEAU_NON_DEMANDE");
            assertThat(affaire.decide(Issue.KO, Map.of(MOTIF, "")))
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.champ()).isEqualTo(MOTIF));
            affaire.decide(Issue.OK, Map.of("IdRdv", "LEUR-1"));
            affaire.ask("Demande_Modif_RDV", affaire.modification(in(10)));
            refused(Map.of("IdRdv", "LEUR-2"), "IDRDV_DIFFERENT");
            refused(Map.of(DEMANDE, affaire.rdv().cle()), "HORS_SEQUENCE");
            Affaire other = new Affaire(salle);
            other.ask("DemandeRdv", other.demande(in(8)));
            assertThat(other.decide(Issue.OK, Map.of("IdRdv", "LEUR-1")))
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("IDRDV_DEJA_DONNE"));
        }

        private void refused(Map<String, String> voulus, String motif) {
            assertThat(affaire.decide(Issue.OK, voulus))
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo(motif));
        }

        @Test
        void theIdRdvOfAnOrderIsNotJudged() {
            Lot lot = salle.receive("Cmd_Acces", affaire.commande());

            assertThat(sent(lot)).extracting(Message::flux).containsExactly("AR_Cmd_Acces");
        }

        @Test
        void theSameRequestAgainGetsTheFirstAnswerAgain() {
            Map<String, String> demande = affaire.demande(in(8));
            affaire.ask("DemandeRdv", demande);
            assertThat(sent(salle.receive("DemandeRdv", demande))).isEmpty();
            affaire.decide(Issue.OK, Map.of("IdRdv", "LEUR-1"));
            String before = affaire.rdv().vieEnUneLigne();

            Lot again = salle.receive("DemandeRdv", demande);

            assertThat(again.messages()).hasSize(2).allMatch(message -> message.nature() == Nature.REPETE);
            assertThat(Salle.demandes(again)).isEmpty();
            assertThat(champs(sent(again).get(0))).containsEntry("IdRdv", "LEUR-1");
            assertThat(affaire.rdv().vieEnUneLigne()).isEqualTo(before);
        }

        @Test
        void aReferenceUsedAgainIsSetAsideAndAnsweredAllKo() {
            Map<String, String> demande = affaire.demande(in(8), in(9));
            Lot lot = salle.receive("DemandeRdv", List.of(demande, with(demande, "NomClient", "AUTRE")));

            assertThat(lot.quarantaines()).extracting(Quarantaine::motif).containsExactly("REFERENCE_DEJA_UTILISEE");
            assertThat(sent(lot)).singleElement().satisfies(said -> {
                assertThat(said.dossierId()).isNull();
                assertThat(champs(said))
                        .containsEntry("ValidDate1", "KO")
                        .containsEntry("ValidDate2", "KO")
                        .containsEntry(MOTIF, libelle("FAUT01"))
                        .doesNotContainKey("ValidDate3")
                        .doesNotContainKey("IdRdv");
            });
            affaire.heard("DemandeRdv", demande);
            affaire.decide(Issue.OK, Map.of("IdRdv", "LEUR-1"));
            Map<String, String> modification = with(affaire.modification(in(10)), DEMANDE, demande.get(DEMANDE));

            Lot reused = salle.receive("Demande_Modif_RDV", modification);

            assertThat(reused.quarantaines()).hasSize(1);
            assertThat(sent(reused)).extracting(Message::issue).containsExactly(Issue.KO);
            assertThat(affaire.rdv().faits()).doesNotContainKey(Faits.MODIFICATION);
        }

        @Test
        void aRequestAboutNothingWeKnowIsSetAside() {
            Lot lot = salle.receive("Demande_Modif_RDV", with(affaire.modification(in(8)), "IdRdv", "INCONNU"));

            assertThat(lot.quarantaines()).extracting(Quarantaine::motif).containsExactly("DOSSIER_INCONNU");
            assertThat(salle.receive("DemandeRdv", with(affaire.demande(in(8)), "DateRdv1", "demain"))
                            .quarantaines())
                    .hasSize(1);
            assertThat(salle.registre.dossiers()).isEmpty();
        }

        @Test
        void aModificationForAnOrderAloneMovesTheOrderAlone() {
            Map<String, String> commande = affaire.commande();
            affaire.heard("Cmd_Acces", commande);
            salle.receive("Cmd_Acces", commande);
            decide("CR_Cmd_Acces", Issue.OK);
            assertThat(salle.receive("Demande_Modif_RDV", affaire.modification(in(8)))
                            .quarantaines())
                    .extracting(Quarantaine::motif)
                    .containsExactly("HORS_SEQUENCE");
            decide("Notif_Racc_KO", null);
            assertThat(salle.dossier(commande).etat()).isEqualTo("RDV_A_REPRENDRE");

            affaire.ask("Demande_Modif_RDV", affaire.modification(in(8)));
            assertThat(affaire.decide(Issue.OK, Map.of())).isEqualTo(new Verdict.Ok("ROUTE_FOURNIE", null));

            assertThat(salle.dossier(commande).faits()).containsEntry(Faits.REPORTS, "1");
        }

        private void decide(String flux, Issue issue) {
            Map<String, String> champs = salle.specimen.champs(flux, issue, "", affaire.oi, Map.of());
            assertThat(salle.decide(flux, champs)).isInstanceOf(Verdict.Ok.class);
            affaire.heard(flux, champs);
        }

        @Test
        void anotherOrderDoesNotCancelTheAppointmentOfTheFirst() {
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            affaire.decide(Issue.OK, Map.of());
            salle.receive("Cmd_Acces", affaire.commande());
            assertThat(affaire.rdv().etat()).isEqualTo("CONFIRME");
            Vie second = salle.specimen.open("OCXA", Modele.OI, CasPto.A_CONSTRUIRE);
            second.remember("ReponseRdv", Map.of("IdRdv", affaire.oc.get("IdRdv")));
            Map<String, String> commande = salle.specimen.cmdAcces(second);
            salle.receive("Cmd_Acces", commande);

            salle.receive("Annulation_Acces", salle.specimen.champs("Annulation_Acces", null, "", second, Map.of()));

            assertThat(affaire.rdv().etat()).isEqualTo("CONFIRME");
            assertThat(salle.dossier(commande).etat()).isEqualTo("ANNULEE");
            salle.receive(
                    "Annulation_Acces", salle.specimen.champs("Annulation_Acces", null, "", affaire.oc, Map.of()));
            assertThat(affaire.rdv().etat()).isEqualTo("ANNULE");
        }

        @Test
        void aSlotWithoutOrderIsFreedAtTheContractsDelay() {
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            affaire.decide(Issue.OK, Map.of());
            salle.clock.advance(Duration.ofHours(71));
            assertThat(salle.commandes.lapse()).isZero();
            assertThat(affaire.rdv().etat()).isEqualTo("RESERVE");

            salle.clock.advance(Duration.ofHours(1));
            assertThat(salle.commandes.lapse()).isEqualTo(1);
            assertThat(salle.commandes.lapse()).isZero();

            assertThat(affaire.rdv().vieEnUneLigne()).isEqualTo("DemandeRdv > ReponseRdv OK > DELAI = LIBERE");
        }

        @Test
        void andNotAfterTheAppointmentItself() {
            affaire.ask("DemandeRdv", affaire.demande(in(1)));
            affaire.decide(Issue.OK, Map.of());

            salle.clock.advance(Duration.ofDays(1));
            salle.commandes.lapse();

            assertThat(affaire.rdv().etat()).isEqualTo("LIBERE");
        }

        @Test
        void anOrderKeepsItsSlot() {
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            affaire.decide(Issue.OK, Map.of());
            salle.receive("Cmd_Acces", affaire.commande());

            salle.clock.advance(Duration.ofDays(30));
            assertThat(salle.commandes.lapse()).isZero();

            assertThat(affaire.rdv().etat()).isEqualTo("CONFIRME");
        }
    }

    @Nested
    @DisplayName("avec un plan de charge, le hub répond")
    class AvecPlan {

        private final Salle salle = salle(Map.of("prevenance", 48, "reportsMax", 2, "preavis", 2, "delaiCommande", 72));
        private final Affaire affaire = new Affaire(salle);

        private Salle open(int days, int capacite) {
            salle.plan.add(
                    PlanDeCharge.PARTOUT,
                    in(days).minus(1, ChronoUnit.HOURS),
                    in(days).plus(1, ChronoUnit.HOURS),
                    capacite);
            return salle;
        }

        private Map<String, String> answered(Optional<Message> reponse) {
            return champs(reponse.orElseThrow());
        }

        @Test
        void oneSlotAtMostAndTheSiIsTold() {
            open(8, 1);
            open(9, 1);

            Lot lot = salle.receive("DemandeRdv", affaire.demande(in(7), in(8), in(9)));

            assertThat(sent(lot))
                    .singleElement()
                    .satisfies(said -> assertThat(champs(said))
                            .containsEntry("ValidDate1", "KO")
                            .containsEntry("ValidDate2", "OK")
                            .containsEntry("ValidDate3", "KO")
                            .containsEntry("IdRdv", "OIDE-RDV-000001")
                            .doesNotContainKey(MOTIF));
            assertThat(Salle.demandes(lot)).extracting(Message::flux).containsExactly("DemandeRdv", "ReponseRdv");
            assertThat(affaire.rdv().etat()).isEqualTo("RESERVE");
            assertThat(salle.plan.taken()).isEqualTo(1);
        }

        @Test
        void noneFreeIsARefusalAndTheSiHasNothingToSayAnyMore() {
            open(8, 0);

            Map<String, String> said = answered(affaire.ask("DemandeRdv", affaire.demande(in(8))));

            assertThat(said).containsEntry("ValidDate1", "KO").containsEntry(MOTIF, libelle("FRDV02"));
            assertThat(affaire.rdv().etat()).isEqualTo("REFUSE");
            assertThat(affaire.decide(Issue.OK, Map.of()))
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.motif()).isEqualTo("HORS_SEQUENCE"));
        }

        @Test
        void aSlotBeforeTheLeadTimeIsRefused() {
            open(1, 5);
            open(2, 5);

            Map<String, String> early = answered(affaire.ask("DemandeRdv", affaire.demande(in(1))));
            Map<String, String> due = answered(affaire.ask("DemandeRdv", affaire.demande(in(1), in(2))));

            assertThat(early).containsEntry("ValidDate1", "KO").containsEntry(MOTIF, libelle("FRDV02"));
            assertThat(early.get("Commentaire")).contains("48 h");
            assertThat(due).containsEntry("ValidDate1", "KO").containsEntry("ValidDate2", "OK");
        }

        @Test
        void aModificationKeepsTheIdRdvAndFreesTheFirstSlot() {
            open(8, 1);
            open(10, 1);
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            salle.receive("Cmd_Acces", affaire.commande());

            Map<String, String> said = answered(affaire.ask("Demande_Modif_RDV", affaire.modification(in(10))));

            assertThat(said).containsEntry("IdRdv", "OIDE-RDV-000001").containsEntry("ValidDate1", "OK");
            assertThat(affaire.rdv().etat()).isEqualTo("CONFIRME");
            assertThat(affaire.rdv().faits()).containsEntry(Faits.REPORTS, "1");
            Affaire next = new Affaire(salle);
            assertThat(answered(next.ask("DemandeRdv", next.demande(in(8))))).containsEntry("ValidDate1", "OK");
        }

        @Test
        void onlySlotsReallyBookedCountAndTheLimitIsTheContracts() {
            open(8, 1);
            open(10, 1);
            open(12, 1);
            open(14, 1);
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            affaire.ask("Demande_Modif_RDV", affaire.modification(in(20)));
            assertThat(affaire.rdv().faits()).doesNotContainKey(Faits.REPORTS);
            affaire.ask("Demande_Modif_RDV", affaire.modification(in(10)));
            affaire.ask("Demande_Modif_RDV", affaire.modification(in(12)));

            Map<String, String> third = answered(affaire.ask("Demande_Modif_RDV", affaire.modification(in(14))));

            assertThat(third).containsEntry(MOTIF, libelle("FRDV01")).containsEntry("ValidDate1", "KO");
            assertThat(affaire.rdv().etat()).isEqualTo("RESERVE");
            assertThat(affaire.rdv().faits())
                    .containsEntry(Faits.REPORTS, "2")
                    .containsEntry(Faits.DATE_RDV, Dates.format(in(12)));
            assertThat(salle.plan.taken()).isEqualTo(1);
        }

        @Test
        @DisplayName("deux jours ouvrés avant un mardi : le vendredi encore, le lundi plus")
        void theNoticeIsInWorkingDays() {
            open(4, 1);
            open(10, 9);
            affaire.ask("DemandeRdv", affaire.demande(in(4)));
            assertThat(answered(affaire.ask("Demande_Modif_RDV", affaire.modification(in(10)))))
                    .containsEntry("ValidDate1", "OK");
            Affaire late = new Affaire(salle);
            late.ask("DemandeRdv", late.demande(in(4)));

            salle.clock.advance(Duration.ofDays(3));

            assertThat(answered(late.ask("Demande_Modif_RDV", late.modification(in(10)))))
                    .containsEntry(MOTIF, libelle("FAUT01"));
            salle.receive("AnnulationRdv", salle.specimen.champs("AnnulationRdv", null, "", late.oc, Map.of()));
            assertThat(late.rdv().etat()).isEqualTo("ANNULE");
            assertThat(salle.alertes).anyMatch(alerte -> alerte.startsWith("ANNULATION_TARDIVE"));
        }

        @Test
        void anAppointmentThatIsOverGivesItsSlotBack() {
            open(8, 1);
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            salle.receive("AnnulationRdv", salle.specimen.champs("AnnulationRdv", null, "", affaire.oc, Map.of()));
            assertThat(salle.plan.taken()).isZero();

            Affaire forgotten = new Affaire(salle);
            forgotten.ask("DemandeRdv", forgotten.demande(in(8)));
            assertThat(salle.plan.taken()).isEqualTo(1);
            salle.clock.advance(Duration.ofDays(3));
            salle.commandes.lapse();
            assertThat(salle.plan.taken()).isZero();

            Affaire ordered = new Affaire(salle);
            ordered.ask("DemandeRdv", ordered.demande(in(8)));
            salle.receive("Cmd_Acces", ordered.commande());
            salle.receive(
                    "Annulation_Acces", salle.specimen.champs("Annulation_Acces", null, "", ordered.oc, Map.of()));
            assertThat(ordered.rdv().etat()).isEqualTo("ANNULE");
            assertThat(salle.plan.taken()).isZero();
        }

        private void rejected(Map<String, String> commande, String motif) {
            Lot lot = salle.receive("Cmd_Acces", commande);
            assertThat(sent(lot)).extracting(Message::flux).containsExactly("AR_Cmd_Acces", "CR_Cmd_Acces");
            assertThat(sent(lot)).extracting(Message::issue).containsExactly(Issue.OK, Issue.KO);
            assertThat(champs(sent(lot).get(1))).containsEntry("MotifKoCrCommandePrise", libelle(motif));
            assertThat(salle.dossier(commande).etat()).isEqualTo("REJETEE_CR");
        }

        @Test
        void theIdRdvOfAnOrderIsJudged() {
            open(8, 9);
            rejected(affaire.commande(), "FRDV03");

            Affaire elsewhere = new Affaire(salle);
            elsewhere.ask("DemandeRdv", elsewhere.demande(in(8)));
            rejected(with(elsewhere.commande(), "NumeroVoieImmeuble", "99"), "FRDV06");
            assertThat(elsewhere.rdv().etat()).isEqualTo("RESERVE");

            Affaire twice = new Affaire(salle);
            twice.ask("DemandeRdv", twice.demande(in(8)));
            Map<String, String> good = twice.commande();
            Map<String, String> again = with(good, "ReferenceCommandePriseInterneOC", "AUTRE-1");
            Lot both = salle.receive("Cmd_Acces", List.of(good, again));
            assertThat(sent(both))
                    .extracting(Message::flux)
                    .containsExactly("AR_Cmd_Acces", "AR_Cmd_Acces", "CR_Cmd_Acces");
            assertThat(champs(sent(both).get(2))).containsEntry("MotifKoCrCommandePrise", libelle("FRDV04"));
            assertThat(twice.rdv().etat()).isEqualTo("CONFIRME");

            Affaire freed = new Affaire(salle);
            freed.ask("DemandeRdv", freed.demande(in(8)));
            salle.clock.advance(Duration.ofDays(3));
            salle.commandes.lapse();
            rejected(freed.commande(), "FRDV03");
            assertThat(freed.rdv().etat()).isEqualTo("LIBERE");
        }

        @Test
        void anotherOcsAppointmentDoesNotExist() {
            open(8, 9);
            affaire.ask("DemandeRdv", affaire.demande(in(8)));
            Salle other = salle.as(Essai.OCXB);
            Vie vie = other.specimen.open("OCXB", Modele.OI, CasPto.A_CONSTRUIRE);
            vie.remember("ReponseRdv", Map.of("IdRdv", affaire.oc.get("IdRdv")));

            Lot lot = other.receive("Cmd_Acces", other.specimen.cmdAcces(vie));

            assertThat(champs(sent(lot).get(1))).containsEntry("MotifKoCrCommandePrise", libelle("FRDV03"));
            assertThat(affaire.rdv().etat()).isEqualTo("RESERVE");
        }

        @Test
        void anOrderOfAnotherModelHasNoAppointmentToJudge() {
            open(8, 9);

            Lot lot = salle.receive("Cmd_Acces", salle.commande(Modele.STOC, CasPto.A_CONSTRUIRE));

            assertThat(sent(lot)).extracting(Message::flux).containsExactly("AR_Cmd_Acces");
        }
    }
}
