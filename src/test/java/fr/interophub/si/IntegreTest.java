package fr.interophub.si;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Json;
import fr.interophub.infra.InfraDEssai;
import fr.interophub.infra.Terrain;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Mode integre : le référentiel décide par la porte du SI, le reste attend une personne")
class IntegreTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Promesses {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Promesses {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }

    abstract static class Promesses extends SurUneBase {

        private final Terrain terrain = new Terrain("MONO", 2);

        Promesses(BaseDEssai base) {
            super(base);
        }

        private Contexte hub(Map<String, ?> commande) {
            return new Contexte(
                    base(),
                    AnnuaireDEssai.with("OCXA", Contrat.of(Map.of("siMode", "integre", "commande", commande))),
                    "1.2");
        }

        private Contexte hub() {
            return hub(Map.of());
        }

        /** An order at an address that the network reaches. */
        private Vie order(Contexte hub, Modele modele, CasPto cas) {
            Vie vie = hub.order(modele, cas);
            Map<String, String> champs = hub.specimen.cmdAcces(vie);
            terrain.admit(champs);
            InfraDEssai.network(base(), terrain);
            hub.say(vie, "Cmd_Acces", champs);
            return vie;
        }

        /** What there is to answer, once numbered. */
        private static int answer(Contexte hub) {
            hub.demandes.number();
            return hub.integre.answer();
        }

        /** What the OC says next, knowing what it was told. */
        private void say(Contexte hub, Vie vie, String flux, Issue issue) {
            base()
                    .jdbc()
                    .queryForList(
                            "select champs from message where flux = 'CR_Cmd_Acces' order by id desc", String.class)
                    .stream()
                    .findFirst()
                    .ifPresent(cr -> vie.remember("CR_Cmd_Acces", Json.read(cr)));
            hub.say(vie, flux, hub.specimen.champs(flux, issue, "", vie, Map.of()));
            answer(hub);
        }

        private List<String> waiting(Contexte hub) {
            return hub.aDecider.list(null, 100).stream()
                    .map(ADecider.Entree::flux)
                    .toList();
        }

        @Test
        void aConstructionInModelStocIsOrderedAtOnce() {
            Contexte hub = hub();
            Vie vie = order(hub, Modele.STOC, CasPto.A_CONSTRUIRE);

            assertThat(answer(hub)).isOne();

            assertThat(hub.etat(vie))
                    .isEqualTo("Cmd_Acces > AR_Cmd_Acces OK > CR_Cmd_Acces OK > Cmd_STOC = STOC_COMMANDEE");
            assertThat(base().count("infra_attribution where etat = 'RESERVEE'"))
                    .isOne();
            assertThat(answer(hub)).as("each demande once").isZero();
            assertThat(waiting(hub)).isEmpty();
        }

        @Test
        void itsLifeGoesOnWithoutAnybody() {
            Contexte hub = hub();
            Vie vie = order(hub, Modele.STOC, CasPto.A_CONSTRUIRE);
            answer(hub);
            vie.remember("Cmd_STOC", Map.of("ReferenceCommandeSousTraitantOI", "OIDE-STOC-000001"));

            say(hub, vie, "CR_STOC", Issue.OK);
            assertThat(hub.etat(vie)).endsWith("CR_STOC OK > CR_MAD_LigneFTTH OK = MISE_A_DISPOSITION");

            say(hub, vie, "CR_MES_LigneFTTH", null);
            assertThat(hub.etat(vie)).endsWith("= EN_SERVICE");
            assertThat(base().count("infra_attribution where etat = 'EN_SERVICE' and construite"))
                    .isOne();

            say(hub, vie, "Annulation_Acces", null);
            assertThat(hub.etat(vie)).endsWith("= RESILIEE");
            assertThat(base().count("infra_attribution")).isZero();
            assertThat(base().count("infra_pto")).as("the socket stays").isOne();
        }

        @Test
        void anExistingSocketIsMadeAvailableBehindItsCr() {
            Contexte hub = hub();
            Vie stoc = order(hub, Modele.STOC, CasPto.IDENTIFIEE);
            Vie oi = order(hub, Modele.OI, CasPto.IDENTIFIEE);
            Vie oc = order(hub, Modele.OC, CasPto.IDENTIFIEE);

            answer(hub);

            assertThat(hub.etat(stoc)).endsWith("CR_Cmd_Acces OK > CR_MAD_LigneFTTH OK = MISE_A_DISPOSITION");
            assertThat(hub.etat(oi)).endsWith("CR_Cmd_Acces OK > CR_MAD_LigneFTTH OK = MISE_A_DISPOSITION");
            assertThat(hub.etat(oc)).endsWith("CR_Cmd_Acces OK = ROUTE_FOURNIE");
            assertThat(waiting(hub)).isEmpty();
        }

        @Test
        void whatNeedsAPersonWaitsUntilTheDossierMovesOn() {
            Contexte hub = hub(Map.of("brassage", "OI"));
            Vie construire = order(hub, Modele.OI, CasPto.A_CONSTRUIRE);
            Vie hotline = order(hub, Modele.STOC, CasPto.NON_IDENTIFIEE);
            Vie brassee = order(hub, Modele.STOC, CasPto.IDENTIFIEE);

            answer(hub);

            assertThat(hub.etat(construire)).endsWith("= ROUTE_FOURNIE");
            assertThat(hub.etat(hotline)).endsWith("= ROUTE_HOTLINE");
            assertThat(waiting(hub)).containsExactly("Cmd_Acces", "Cmd_Acces", "Cmd_Acces");

            hub.decisions.decide(new Decision(
                    "mad",
                    "OCXA",
                    "CR_MAD_LigneFTTH",
                    Map.of("ReferenceCommandePriseInterneOC", brassee.reference(), "EtatCrMadLigneFtth", "OK")));

            assertThat(hub.aDecider.list(null, 100))
                    .extracting(ADecider.Entree::reference)
                    .containsExactly(construire.reference(), hotline.reference());
            UUID first = hub.aDecider.list(null, 1).get(0).id();
            assertThat(hub.aDecider.close(first)).isTrue();
            assertThat(hub.aDecider.close(first)).isFalse();
        }

        @Test
        void anOrderThatAPersonEndsGivesItsRouteBack() {
            Contexte hub = hub();
            Vie vie = order(hub, Modele.OI, CasPto.A_CONSTRUIRE);
            answer(hub);

            hub.decisions.decide(new Decision(
                    "mad",
                    "OCXA",
                    "CR_MAD_LigneFTTH",
                    Map.of(
                            "ReferenceCommandePriseInterneOC", vie.reference(),
                            "EtatCrMadLigneFtth", "KO",
                            "MotifKoCrMadLigneFtth", "FINT13",
                            "PrisePosee", "NON")));

            assertThat(hub.etat(vie)).endsWith("= REJETEE_MAD");
            assertThat(base().count("infra_attribution")).isZero();
            assertThat(base().count("infra_route_optique where reference_prise <> ''"))
                    .isZero();
        }

        @Test
        void aRefusalSaysItsMotifAndHoldsNothing() {
            Contexte hub = hub();
            Vie vie = hub.acknowledged(Modele.OC, CasPto.A_CONSTRUIRE, Map.of());

            answer(hub);

            assertThat(hub.etat(vie)).endsWith("CR_Cmd_Acces KO = REJETEE_CR");
            assertThat(base().jdbc()
                            .queryForObject("select champs from message where flux = 'CR_Cmd_Acces'", String.class))
                    .contains("PM INEXISTANT DANS LE REFERENTIEL OI");
            assertThat(base().count("infra_attribution")).isZero();
        }

        @Test
        void anOrderCancelledBeforeItsAnswerGivesItsRouteBack() {
            Contexte hub = hub();
            Vie vie = order(hub, Modele.STOC, CasPto.A_CONSTRUIRE);
            hub.say(vie, "Annulation_Acces", hub.specimen.champs("Annulation_Acces", null, "", vie, Map.of()));

            answer(hub);
            answer(hub);

            assertThat(hub.etat(vie)).endsWith("CR_Annulation_Acces OK = ANNULEE");
            assertThat(base().count("infra_attribution")).isZero();
            assertThat(base().count("infra_route_optique where reference_prise <> ''"))
                    .isZero();
            assertThat(waiting(hub)).isEmpty();
        }

        @Test
        @DisplayName("une demande qui fait échouer son lot va seule à une personne, les autres ont leur réponse")
        void whatPoisonsALotGoesToAPerson() {
            Contexte hub = hub();
            Vie good = order(hub, Modele.OC, CasPto.A_CONSTRUIRE);
            Vie bad = order(hub, Modele.OC, CasPto.A_CONSTRUIRE);
            Vie after = order(hub, Modele.OC, CasPto.A_CONSTRUIRE);
            base().jdbc()
                    .update(
                            "insert into infra_attribution values ('OCXA', ?, ?, 'OC', '', '', '', '', '', '', false,"
                                    + " 'RESERVEE', current_timestamp)",
                            bad.reference(),
                            UUID.randomUUID());

            assertThat(answer(hub) + answer(hub) + answer(hub)).isEqualTo(3);

            assertThat(hub.etat(good)).endsWith("= ROUTE_FOURNIE");
            assertThat(hub.etat(after)).endsWith("= ROUTE_FOURNIE");
            assertThat(hub.etat(bad)).endsWith("= ACQUITTEE");
            assertThat(hub.aDecider.list(null, 10))
                    .extracting(ADecider.Entree::reference)
                    .containsExactly(bad.reference());
        }
    }
}
