package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Prose;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Motif;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.cycle.Cycle;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each case of the protocol, walked over the page's own state table, ends where the protocol says. */
class CasesOnTheTableTest {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");
    private static final Cycle RDV = new Cycle(PAGE.cycle("rdv"));

    static Stream<Scenario> scenarios() {
        return Scenarios.load().list().stream();
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void endsWhereTheProtocolSays(Scenario scenario) {
        Parties parties = new Parties(scenario, new Specimen(Clock.systemUTC(), "OIDE"), List.of("OCXA", "OCXB"));
        Map<String, Walk> walks = new HashMap<>();
        Set<String> outside = outsideTheTable(scenario);
        for (Step step : scenario.steps()) {
            if (outside.contains(step.commande())) {
                continue;
            }
            Walk walk = walks.computeIfAbsent(step.commande(), any -> new Walk(scenario, parties, step));
            step.dit().ifPresent(parole -> walk.say(step, parole));
            // No delay of any case is over on the next day.
            if (step.geste() instanceof Prose prose && prose.jours() > 1) {
                walk.wait(scenario);
            }
            step.etatRdv()
                    .ifPresent(etat -> assertThat(walk.rdv)
                            .as("%s, ligne %d, %s, rendez-vous", scenario.id(), step.ligne(), step)
                            .isEqualTo(etat));
            step.etat()
                    .ifPresent(etat -> assertThat(walk.pion.etat())
                            .as("%s, ligne %d, %s", scenario.id(), step.ligne(), step)
                            .isEqualTo(etat));
        }
    }

    /** What is said of an order that was never made, or under the reference of another, belongs to no dossier. */
    private static Set<String> outsideTheTable(Scenario scenario) {
        Set<String> outside =
                scenario.commandes().stream().map(Scenario.Commande::nom).collect(Collectors.toSet());
        for (Step step : scenario.steps()) {
            step.dit()
                    .filter(parole -> parole.flux().equals("Cmd_Acces")
                            && !parole.champs().containsKey("ReferenceCommandePriseInterneOC"))
                    .ifPresent(parole -> outside.remove(step.commande()));
        }
        return outside;
    }

    /** One dossier's life on paper: what the conditions of the table ask of it. */
    private static final class Walk {

        private final Scenario scenario;
        private final Parties parties;
        private final Pion pion;
        private String rdv = Passage.NEANT;
        private boolean modification;
        private boolean gel;

        Walk(Scenario scenario, Parties parties, Step first) {
            this.scenario = scenario;
            this.parties = parties;
            Vie vie = parties.of(first).oc();
            boolean crKo = scenario.contrat()
                    .filter(values -> values.contains("crKoAvecAnnulation"))
                    .isPresent();
            this.pion = new Pion(PAGE, vie.modele(), vie.cas(), crKo);
        }

        void say(Step step, Parole parole) {
            Map<String, String> champs =
                    Set.of("AR_Cmd_Acces", "CR_Annulation_Acces").contains(parole.flux())
                            ? parole.champs()
                            : parties.champs(
                                    step,
                                    parole,
                                    parole.motif()
                                            .flatMap(PAGE::motif)
                                            .map(Motif::libelle)
                                            .orElse(""));
            Issue issue =
                    PAGE.flux(parole.flux()).etat().isPresent() ? parole.issue().orElseThrow() : null;
            Optional<String> to = pion.find(parole.role(), parole.flux(), issue, champs);
            if (step.refus().isPresent() && !step.refus().equals(Optional.of("HORS_SEQUENCE"))) {
                return;
            }
            if (step.refus().isPresent()) {
                assertThat(to).as("%s, %s", scenario.id(), step).isEmpty();
                return;
            }
            boolean appointed = appoint(parole, issue);
            if (to.isEmpty() && PAGE.flux(parole.flux()).objet().equals("rdv")) {
                assertThat(appointed || parole.duHub())
                        .as("%s, %s, rendez-vous en %s", scenario.id(), step, rdv)
                        .isTrue();
                parties.of(step).remember(parole.flux(), champs);
                return;
            }
            assertThat(to).as("%s, %s en %s", scenario.id(), step, pion.etat()).isPresent();
            pion.say(parole.role(), parole.flux(), issue, champs);
            parties.of(step).remember(parole.flux(), champs);
        }

        /** The appointment follows what is said of it, and of the order that carries it. */
        private boolean appoint(Parole parole, Issue issue) {
            String from = parole.flux().equals("DemandeRdv") ? Passage.NEANT : rdv;
            Optional<String> to = RDV.advance(from, parole.flux(), issue, this::holdsOfRdv);
            to.ifPresent(state -> rdv = state);
            if (parole.flux().equals("Gel_Degel")) {
                gel = !"DEGEL".equals(parole.champs().get("TypeGel"));
            }
            modification = to.isPresent() && parole.flux().equals("Demande_Modif_RDV");
            return to.isPresent();
        }

        /** Time passes: what the contract of the case, or a frozen address, makes of it. */
        void wait(Scenario scenario) {
            scenario.contrat()
                    .flatMap(contrat -> RDV.advance(rdv, Passage.DELAI, null, this::holdsOfRdv))
                    .ifPresent(state -> rdv = state);
        }

        private boolean holdsOfRdv(String condition) {
            return switch (condition) {
                case "modification-demandee" -> modification;
                case "gele" -> gel;
                default -> throw new AssertionError("condition inconnue de ce test : " + condition);
            };
        }
    }
}
