package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Scenario;
import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Sens;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les cas du protocole, joués tels qu'ils sont écrits, en mémoire")
class CasEnMemoireTest {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final Page PAGE = CATALOGUE.page("acces", "1.2");

    /** Said by the hub itself, at once. */
    private static final Set<String> DU_HUB = Set.of("AR_Cmd_Acces", "CR_Annulation_Acces");

    /** Every case but those that go through an appointment, which this version does not serve. */
    static Stream<Scenario> cases() {
        return Scenarios.load().list().stream()
                .filter(scenario -> scenario.steps().stream()
                        .flatMap(step -> step.dit().stream())
                        .allMatch(parole -> PAGE.flux(parole.flux()).objet().equals("commande")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereTheProtocolSays(Scenario scenario) {
        Hub hub = new Hub();
        Specimen specimen = new Specimen(Essai.CLOCK, "OIDE");
        Vie oc = specimen.open("OCXA", scenario.modele(), scenario.cas());
        Vie oi = specimen.facing(oc);
        for (Step step : scenario.steps()) {
            step.dit().ifPresent(parole -> hub.say(step, parole, specimen, oc, oi));
            step.etat()
                    .ifPresent(etat -> assertThat(hub.dossier(oc).etat())
                            .as("%s, ligne %d, %s", scenario.id(), step.ligne(), step)
                            .isEqualTo(etat));
        }
        hub.stateFollowsJournal(oc);
    }

    /** The order room over a memory. */
    private static final class Hub {

        private final MemoireRegistre registre = new MemoireRegistre();
        private final Commandes commandes = Essai.commandes(CATALOGUE, registre, Alertes.SILENCE);

        Dossier dossier(Vie vie) {
            return registre.get(vie.operateur(), vie.reference());
        }

        void say(Step step, Parole parole, Specimen specimen, Vie oc, Vie oi) {
            if (DU_HUB.contains(parole.flux())) {
                Message said = last(oc);
                assertThat(said.flux()).as("%s", step).isEqualTo(parole.flux());
                assertThat(Optional.ofNullable(said.issue())).as("%s", step).isEqualTo(parole.issue());
                oc.remember(said.flux(), Json.read(said.champs()));
                oi.remember(said.flux(), Json.read(said.champs()));
                return;
            }
            Vie speaker = parole.role() == Role.OC ? oc : oi;
            Map<String, String> champs = new HashMap<>(specimen.champs(
                    parole.flux(),
                    parole.issue().orElse(null),
                    parole.motif()
                            .flatMap(PAGE::motif)
                            .map(motif -> motif.libelle())
                            .orElse(""),
                    speaker,
                    parole.champs()));
            if (parole.role() == Role.OC) {
                commandes.receive(Essai.lot(CATALOGUE, parole.flux(), List.of(champs)));
            } else {
                Verdict verdict = commandes.decide(Essai.OCXA, parole.flux(), champs);
                if (step.refus().isPresent()) {
                    assertThat(verdict)
                            .as("%s", step)
                            .isInstanceOfSatisfying(
                                    Verdict.Ko.class,
                                    ko -> assertThat(ko.motif())
                                            .isEqualTo(step.refus().get()));
                    return;
                }
                assertThat(verdict).as("%s", step).isInstanceOf(Verdict.Ok.class);
            }
            oc.remember(parole.flux(), champs);
            oi.remember(parole.flux(), champs);
        }

        private Message last(Vie vie) {
            return messages(vie).get(messages(vie).size() - 1);
        }

        private List<Message> messages(Vie vie) {
            return registre.messages().stream()
                    .filter(message -> dossier(vie).id().equals(message.dossierId()))
                    .sorted(Comparator.comparingInt(Message::rang))
                    .toList();
        }

        /** Replaying the messages of a dossier over the page gives its state, and all that is remembered of it. */
        void stateFollowsJournal(Vie vie) {
            Dossier told = dossier(vie);
            Suivi suivi = new Suivi(CATALOGUE);
            Dossier again = Dossier.open(
                    told.objet(),
                    told.protocole(),
                    told.version(),
                    told.operateur(),
                    told.cle(),
                    told.empreinte(),
                    Passage.NEANT,
                    told.creeLe());
            for (Message message : messages(vie)) {
                if (message.nature() == null) {
                    Flux flux = PAGE.flux(message.flux());
                    Ligne ligne = PAGE.feuille(flux.code()).ligne(0, Json.read(message.champs()));
                    Role role = message.sens() == Sens.ENTRANT ? Role.OC : Role.OI;
                    suivi.advance(again, flux, role, message.issue(), ligne, new Lot("rest"), message.date());
                }
            }
            assertThat(again.vieEnUneLigne()).isEqualTo(told.vieEnUneLigne());
            assertThat(again.faits()).isEqualTo(told.faits());
            assertThat(again.references()).isEqualTo(told.references());
        }
    }
}
