package fr.interophub.acces;

import static fr.interophub.acces.Salle.champs;
import static fr.interophub.acces.Salle.demandes;
import static fr.interophub.acces.Salle.libelle;
import static fr.interophub.acces.Salle.sent;
import static fr.interophub.acces.Salle.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.acces.Controle.Avis;
import fr.interophub.acces.Salle.Affaire;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.operateur.Operateur;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Les contrôles éliminatoires du CR_Cmd_Acces (spec §3.3)")
class ControlesDuCrTest {

    @Nested
    @DisplayName("2, la surcharge : une autre commande en cours du même OC sur la même PTO")
    class Surcharge {

        private final Salle salle = new Salle();

        private Map<String, String> on(String prise) {
            return with(salle.commande(Modele.STOC, CasPto.IDENTIFIEE), "ReferencePrise", prise);
        }

        private void refused(Lot lot, Map<String, String> commande) {
            assertThat(salle.dossier(commande).vieEnUneLigne())
                    .isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces KO = REJETEE_CR");
            assertThat(sent(lot)).extracting(Message::flux).endsWith("AR_Cmd_Acces", "CR_Cmd_Acces");
            assertThat(champs(sent(lot).get(sent(lot).size() - 1)))
                    .containsEntry("MotifKoCrCommandePrise", libelle("FIMP19"))
                    .containsEntry("ReferencePm", commande.get("ReferencePm"))
                    .containsEntry("ReferenceCommandePriseInterneOC", commande.get("ReferenceCommandePriseInterneOC"));
            assertThat(demandes(lot).get(demandes(lot).size() - 1)).satisfies(told -> {
                assertThat(told.flux()).isEqualTo("CR_Cmd_Acces");
                assertThat(told.dossierId()).isEqualTo(salle.dossier(commande).id());
            });
        }

        @Test
        @DisplayName("AR OK puis CR KO FIMP19, et le SI n'entend que le rejet")
        void isRejectedByTheHub() {
            salle.receive("Cmd_Acces", on("OI-0000-0001"));
            Map<String, String> second = on("oi-0000-0001");

            Lot lot = salle.receive("Cmd_Acces", second);

            refused(lot, second);
            assertThat(demandes(lot)).hasSize(1);
        }

        @Test
        @DisplayName("dans un même lot aussi ; une commande refusée n'occupe pas la prise")
        void withinOneLotToo() {
            Map<String, String> wrong = with(on("OI-0000-0002"), "TypeCommandeDemande", "XXX");
            Map<String, String> first = on("OI-0000-0002");
            Map<String, String> second = on("OI-0000-0002");

            Lot lot = salle.receive("Cmd_Acces", wrong, first, second, on("OI-0000-0003"));

            assertThat(salle.dossier(wrong).etat()).isEqualTo("REJETEE_AR");
            assertThat(salle.dossier(first).etat()).isEqualTo("ACQUITTEE");
            assertThat(salle.dossier(second).etat()).isEqualTo("REJETEE_CR");
            assertThat(demandes(lot))
                    .extracting(Message::flux)
                    .containsExactly("Cmd_Acces", "CR_Cmd_Acces", "Cmd_Acces");
        }

        @Test
        @DisplayName("la prise que l'OI a donnée compte autant que celle de la commande")
        void theSocketThatTheOiGaveCounts() {
            Affaire built = salle.affaire(Modele.STOC, CasPto.A_CONSTRUIRE).oi("CR_Cmd_Acces", Issue.OK);
            Map<String, String> second = on(built.dossier().references().get("ReferencePrise"));

            refused(salle.receive("Cmd_Acces", second), second);
        }

        @Test
        @DisplayName("plus après un reprovisioning vers une autre prise")
        void notOnASocketThatTheOrderHasLeft() {
            Affaire moved = salle.affaire(Modele.OC, CasPto.IDENTIFIEE).oi("CR_Cmd_Acces", Issue.OK);
            String left = moved.dossier().references().get("ReferencePrise");
            salle.decide("Notif_Reprov", with(moved.ofOi("Notif_Reprov", null), "ReferencePrise", "OI-0000-0009"));
            Map<String, String> second = on(left);

            salle.receive("Cmd_Acces", second);

            assertThat(moved.dossier().references()).containsEntry("ReferencePrise", "OI-0000-0009");
            assertThat(salle.dossier(second).etat()).isEqualTo("ACQUITTEE");
        }

        @Test
        @DisplayName("ni une fois la première close, ni pour un autre OC")
        void notOnceTheFirstIsOverNorForAnotherOc() {
            Affaire first = salle.affaire(Modele.STOC, CasPto.IDENTIFIEE);
            String prise = first.commande.get("ReferencePrise");
            Salle other = salle.as(Essai.OCXB);
            Map<String, String> ofOther = with(other.commande(Modele.STOC, CasPto.IDENTIFIEE), "ReferencePrise", prise);

            other.receive("Cmd_Acces", ofOther);
            first.oc("Annulation_Acces", null);
            Map<String, String> again = on(prise);
            salle.receive("Cmd_Acces", again);

            assertThat(other.dossier(ofOther).etat()).isEqualTo("ACQUITTEE");
            assertThat(salle.dossier(again).etat()).isEqualTo("ACQUITTEE");
        }

        @Test
        @DisplayName("la même commande dite deux fois n'est pas une surcharge")
        void theSameOrderAgainIsNone() {
            Map<String, String> commande = on("OI-0000-0004");
            salle.receive("Cmd_Acces", commande, commande);

            assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
        }
    }

    /** Says of every order what it was told to say, and remembers what it was asked. */
    private static final class Dit implements Controle {
        private final Nom nom;
        private final Avis avis;
        private final List<Integer> asked = new ArrayList<>();

        private Dit(Nom nom, Avis avis) {
            this.nom = nom;
            this.avis = avis;
        }

        @Override
        public Nom nom() {
            return nom;
        }

        @Override
        public List<Avis> judge(Operateur operateur, List<Ligne> commandes) {
            asked.add(commandes.size());
            return commandes.stream().map(commande -> avis).toList();
        }
    }

    @Nested
    @DisplayName("3 à 6, derrière leurs ports")
    class DerriereLesPorts {

        private final Dit passe = new Dit(Controle.Nom.ELIGIBILITE, new Avis.Passe());
        private final Dit refuse = new Dit(Controle.Nom.ADRESSE, new Avis.Refuse("FADR01"));

        @Test
        @DisplayName("le premier qui refuse donne le motif, une question par lot")
        void theFirstThatRefusesGivesTheMotif() {
            Dit never = new Dit(Controle.Nom.FINANCEMENT, new Avis.Refuse("FIMP06"));
            Salle salle = new Salle(Essai.OCXA, never, refuse, passe);
            Map<String, String> commande = salle.commande();

            Lot lot = salle.receive("Cmd_Acces", commande, salle.commande());

            assertThat(salle.dossier(commande).etat()).isEqualTo("REJETEE_CR");
            assertThat(champs(sent(lot).get(1))).containsEntry("MotifKoCrCommandePrise", libelle("FADR01"));
            assertThat(demandes(lot)).extracting(Message::flux).containsExactly("CR_Cmd_Acces", "CR_Cmd_Acces");
            assertThat(passe.asked).containsExactly(2);
            assertThat(refuse.asked).containsExactly(2);
            assertThat(never.asked).isEmpty();
        }

        @Test
        @DisplayName("un contrôle indécis, ou sans répondant, laisse la suite au SI")
        void anUndecidedCheckLeavesTheRestToTheSi() {
            for (Salle salle : List.of(
                    new Salle(Essai.OCXA, new Dit(Controle.Nom.ELIGIBILITE, new Avis.Indecis()), refuse),
                    new Salle(Essai.OCXA, refuse),
                    new Salle(Essai.OCXA, passe))) {
                Map<String, String> commande = salle.commande();

                Lot lot = salle.receive("Cmd_Acces", commande);

                assertThat(salle.dossier(commande).etat()).isEqualTo("ACQUITTEE");
                assertThat(demandes(lot)).extracting(Message::flux).containsExactly("Cmd_Acces");
            }
            assertThat(refuse.asked).isEmpty();
        }

        @Test
        @DisplayName("la surcharge passe avant")
        void overloadComesFirst() {
            Salle salle = new Salle(Essai.OCXA, new Dit(Controle.Nom.ELIGIBILITE, new Avis.Refuse("FIMP09")));
            Salle free = salle.as(Essai.OCXA);
            Map<String, String> first = free.commande(Modele.STOC, CasPto.IDENTIFIEE);
            salle.receive("Cmd_Acces", first);

            assertThat(salle.dossier(first).etat()).isEqualTo("REJETEE_CR");
        }

        @Test
        @DisplayName("personne ne répond deux fois au même contrôle")
        void nobodyAnswersTwice() {
            assertThatThrownBy(() -> new Controles(List.of(refuse, refuse)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("ADRESSE");
        }
    }
}
