package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.HorlogeDEssai;
import fr.interophub.bacasable.Partie;
import fr.interophub.bacasable.Parties;
import fr.interophub.bacasable.Scenario;
import fr.interophub.bacasable.Scenario.Fichier;
import fr.interophub.bacasable.Scenario.Parc;
import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Prose;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Specimen;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.MemoireRegistre;
import fr.interophub.echange.Message;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Declaration;
import fr.interophub.parc.Declarations;
import fr.interophub.parc.MemoireParc;
import fr.interophub.rdv.MemoirePlan;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
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
    private static final Set<String> DU_HUB = Set.of("AR_Cmd_Acces", "CR_Annulation_Acces", "Notif_Ecrasement");

    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";

    static Stream<Scenario> cases() {
        return Scenarios.load().list().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereTheProtocolSays(Scenario scenario) {
        play(scenario);
    }

    /** Plays a scénario to its end, and gives the steps that its dossiers made in the state tables. */
    static List<Repli.Pas> play(Scenario scenario) {
        Hub hub = new Hub(scenario);
        for (Step step : scenario.steps()) {
            hub.play(step);
            step.etat()
                    .ifPresent(etat -> assertThat(hub.etat(step))
                            .as("%s, ligne %d, %s", scenario.id(), step.ligne(), step)
                            .isEqualTo(etat));
            step.etatRdv()
                    .ifPresent(etat -> assertThat(hub.etatRdv(step))
                            .as("%s, ligne %d, %s, rendez-vous", scenario.id(), step.ligne(), step)
                            .isEqualTo(etat));
        }
        hub.nothingMoreWasSaid();
        hub.nobodyReadOfAnother();
        return hub.statesFollowJournal();
    }

    /** The order room over a memory, and the orders that one scénario plays in it. */
    private static final class Hub {

        private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T10:00:00Z");
        private final MemoireRegistre registre = new MemoireRegistre();
        private final MemoireParc parc = new MemoireParc();
        private final List<Operateur> ocs;
        private final Commandes commandes;
        private final Parties parties;
        /** The lines that left and a step has spoken of; one may count in two dossiers. */
        private final Set<String> taken = new HashSet<>();

        Hub(Scenario scenario) {
            ocs = Essai.OCS.stream()
                    .map(oc -> scenario.contrat()
                            .map(contrat -> Essai.contrat(oc, contrat))
                            .orElse(oc))
                    .toList();
            commandes = Essai.commandes(
                    CATALOGUE, registre, parc, new MemoirePlan(), ocs, List.of(), Alertes.SILENCE, clock);
            parties = new Parties(
                    scenario,
                    new Specimen(clock, "OIDE"),
                    ocs.stream().map(Operateur::code).toList());
        }

        private Optional<Dossier> find(Partie partie) {
            return Optional.ofNullable(registre.get(partie.operateur(), partie.reference()));
        }

        String etat(Step step) {
            return find(parties.of(step)).map(Dossier::etat).orElse(Passage.NEANT);
        }

        String etatRdv(Step step) {
            Partie partie = parties.of(step);
            String demande = partie.oc().get(RendezVous.DEMANDE);
            return registre
                    .listByReference(partie.operateur(), RendezVous.OBJET, RendezVous.DEMANDE, List.of(demande))
                    .stream()
                    .findFirst()
                    .or(() -> registre.find(partie.operateur(), RendezVous.OBJET, List.of(demande)).values().stream()
                            .findFirst())
                    .map(Dossier::etat)
                    .orElse(Passage.NEANT);
        }

        void play(Step step) {
            if (step.geste() instanceof Prose prose) {
                clock.advance(Duration.ofDays(prose.jours()));
                commandes.lapse();
            } else if (step.geste() instanceof Fichier file) {
                refuse(step, file);
            } else if (step.geste() instanceof Parc written) {
                Declaration declaration =
                        new ObjectMapper().convertValue(parties.acces(step, written), Declaration.class);
                assertThat(new Declarations(parc, AnnuaireDEssai.memoire(ocs)).put(declaration))
                        .as("%s", step)
                        .isEmpty();
            } else if (step.geste() instanceof Parole parole) {
                say(step, parole);
            }
        }

        /** A file that cannot be read never comes as far as the order room. */
        private static void refuse(Step step, Fichier file) {
            Path sample = Path.of("samples/acces-1.2", file.nom());
            List<FluxSheet> sheets =
                    PAGE.flux().stream().map(flux -> PAGE.feuille(flux.code())).toList();
            assertThatThrownBy(() -> CsvFile.checkForm(() -> Files.newInputStream(sample), sheets, null, 0))
                    .as("%s", step)
                    .isInstanceOfSatisfying(
                            FichierIllisible.class,
                            why -> assertThat(why.motif())
                                    .isEqualTo(step.refus().orElseThrow()));
        }

        private void say(Step step, Parole parole) {
            Partie partie = parties.of(step);
            Operateur operateur = ocs.get(partie.commande().oc() - 1);
            Optional<Message> said =
                    step.refus().isEmpty() && parole.role() == Role.OI ? waiting(partie, parole) : Optional.empty();
            if (said.isPresent()
                    || parole.duHub()
                    || DU_HUB.contains(parole.flux()) && step.refus().isEmpty()) {
                heard(step, parole, said.orElseThrow());
                return;
            }
            Map<String, String> champs = parties.champs(
                    step,
                    parole,
                    parole.motif().flatMap(PAGE::motif).map(Motif::libelle).orElse(""));
            if (parole.role() == Role.OC) {
                commandes.receive(Essai.lot(CATALOGUE, operateur, parole.flux(), List.of(champs), clock.instant()));
                assertThat(lastLot().quarantaines().stream().map(Quarantaine::motif))
                        .as("%s", step)
                        .containsExactlyElementsOf(step.refus().stream().toList());
            } else {
                decide(step, operateur, parole, champs);
            }
            if (step.refus().isEmpty()) {
                partie.remember(parole.flux(), champs);
            }
        }

        private void decide(Step step, Operateur operateur, Parole parole, Map<String, String> champs) {
            Verdict verdict = commandes.decide(operateur, parole.flux(), champs);
            if (step.refus().isPresent()) {
                assertThat(verdict)
                        .as("%s", step)
                        .isInstanceOfSatisfying(
                                Verdict.Ko.class,
                                ko -> assertThat(ko.motif())
                                        .isEqualTo(step.refus().get()));
            } else {
                assertThat(verdict).as("%s", step).isInstanceOf(Verdict.Ok.class);
                taken.add(line(waiting(parties.of(step), parole).orElseThrow()));
            }
        }

        private Lot lastLot() {
            return registre.lots().get(registre.lots().size() - 1);
        }

        /** What the hub has said to the OC of an order and no step has spoken of yet, if it is of this flux. */
        private Optional<Message> waiting(Partie partie, Parole parole) {
            return registre.messages().stream()
                    .filter(message -> message.sens() == Sens.SORTANT
                            && message.operateur().equals(partie.operateur())
                            && message.flux().equals(parole.flux())
                            && about(partie, message)
                            && message.sortieId() != null
                            && !taken.contains(line(message)))
                    .findFirst();
        }

        private static String line(Message message) {
            return message.sortieId() + " " + message.ligne();
        }

        private static boolean about(Partie partie, Message message) {
            String champ = PAGE.flux(message.flux()).objet().equals(RendezVous.OBJET) ? RendezVous.DEMANDE : REFERENCE;
            return partie.oc().get(champ).equals(Json.read(message.champs()).get(champ));
        }

        private void heard(Step step, Parole parole, Message said) {
            taken.add(line(said));
            Map<String, String> champs = Json.read(said.champs());
            assertThat(Optional.ofNullable(said.issue())).as("%s", step).isEqualTo(parole.issue());
            assertThat(champs).as("%s", step).containsAllEntriesOf(parties.voulus(parole.champs()));
            parole.motif()
                    .ifPresent(code -> assertThat(PAGE.flux(said.flux())
                                    .motif()
                                    .map(champs::get)
                                    .flatMap(PAGE::readMotif)
                                    .map(Motif::code))
                            .as("%s", step)
                            .contains(code));
            parties.of(step).remember(said.flux(), champs);
        }

        void nothingMoreWasSaid() {
            assertThat(registre.messages())
                    .filteredOn(message -> message.sortieId() != null && !taken.contains(line(message)))
                    .isEmpty();
        }

        /** No byte that leaves for an OC holds the code, the SIREN or the name of another (spec §5.10). */
        void nobodyReadOfAnother() {
            registre.lots().stream()
                    .flatMap(lot -> lot.sorties().stream())
                    .forEach(sortie -> ocs.stream()
                            .filter(other -> !other.code().equals(sortie.operateur()))
                            .forEach(other -> assertThat(sortie.contenu().toString())
                                    .as("%s pour %s", sortie.flux(), sortie.operateur())
                                    .doesNotContainIgnoringCase(other.code())
                                    .doesNotContainIgnoringCase(other.siren())
                                    .doesNotContainIgnoringCase(other.nom())));
        }

        List<Repli.Pas> statesFollowJournal() {
            return registre.dossiers().stream()
                    .flatMap(told -> stateFollowsJournal(told).stream())
                    .toList();
        }

        private List<Repli.Pas> stateFollowsJournal(Dossier told) {
            assertThat(new Parcours(CATALOGUE).walk(told, said(told)))
                    .as("the way told on the page of the dossier")
                    .last()
                    .extracting(Chemin.Pas::vers)
                    .isEqualTo(told.etat());
            return Repli.assertFollowsJournal(told, registre.messages(), contrat(told));
        }

        private List<Chemin.Dit> said(Dossier told) {
            return registre.messages().stream()
                    .filter(message -> told.id().equals(message.dossierId()) && message.nature() == null)
                    .sorted(Comparator.comparingInt(Message::rang))
                    .map(message -> new Chemin.Dit(
                            message.sens() == Sens.ENTRANT ? Role.OC : Role.OI,
                            message.flux(),
                            message.issue(),
                            Json.read(message.champs()),
                            message.date()))
                    .toList();
        }

        private Contrat contrat(Dossier told) {
            return ocs.stream()
                    .filter(oc -> oc.code().equals(told.operateur()))
                    .findFirst()
                    .orElseThrow()
                    .contrat();
        }
    }
}
