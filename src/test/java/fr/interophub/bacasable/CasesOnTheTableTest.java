package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Prose;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
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
    private static final Cycle CYCLE = new Cycle(PAGE.cycle("commande"));
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
                    .ifPresent(etat -> assertThat(walk.etat)
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
        private final Vie vie;
        private String etat = Passage.NEANT;
        private String before = Passage.NEANT;
        private boolean stocOuvert;
        private boolean annulation;
        private Optional<Boolean> aPoser = Optional.empty();
        private String rdv = Passage.NEANT;
        private boolean modification;
        private boolean gel;

        Walk(Scenario scenario, Parties parties, Step first) {
            this.scenario = scenario;
            this.parties = parties;
            this.vie = parties.of(first).oc();
        }

        void say(Step step, Parole parole) {
            Map<String, String> champs =
                    Set.of("AR_Cmd_Acces", "CR_Annulation_Acces").contains(parole.flux())
                            ? new HashMap<>(parole.champs())
                            : parties.champs(step, parole, "");
            Issue issue =
                    PAGE.flux(parole.flux()).etat().isPresent() ? parole.issue().orElseThrow() : null;
            Optional<String> to =
                    CYCLE.advance(etat, parole.flux(), issue, condition -> holds(condition, parole, champs));
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
            assertThat(to).as("%s, %s en %s", scenario.id(), step, etat).isPresent();
            String next = to.get().equals(Passage.PRECEDENT) ? before : to.get();
            if (!next.equals(etat)) {
                before = etat;
                etat = next;
            }
            parties.of(step).remember(parole.flux(), champs);
            switch (parole.flux()) {
                case "Cmd_STOC" -> stocOuvert = true;
                case "Annulation_Acces" -> annulation = true;
                case "CR_Annulation_Acces" -> annulation = false;
                case "CR_STOC" -> {
                    stocOuvert = false;
                    aPoser = Optional.of(issue == Issue.KO
                            && champs.get("PrisePosee").equals("NON")
                            && !parole.motif().equals(Optional.of("FIMP18")));
                }
                default -> {}
            }
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

        private boolean holds(String condition, Parole parole, Map<String, String> champs) {
            return switch (condition) {
                case "modele-OI", "modele-STOC", "modele-OC" ->
                    condition.endsWith("-" + vie.modele().name());
                case "a-construire" -> vie.cas() == CasPto.A_CONSTRUIRE;
                case "identifiee" -> vie.cas() == CasPto.IDENTIFIEE;
                case "non-identifiee" -> vie.cas() == CasPto.NON_IDENTIFIEE;
                case "route-reelle" -> !"HOTLINE".equals(champs.get("ReferencePrise"));
                case "route-hotline" -> "HOTLINE".equals(champs.get("ReferencePrise"));
                case "reprov-chaud" -> "CHAUD".equals(champs.get("TypeReprov"));
                case "reprov-froid" -> "FROID".equals(champs.get("TypeReprov"));
                case "operation-annul" -> "ANNUL".equals(champs.get("TypeOperation"));
                case "operation-resil" -> "RESIL".equals(champs.get("TypeOperation"));
                case "emis-par-OI" -> parole.role() == Role.OI;
                case "emis-par-OC" -> parole.role() == Role.OC;
                case "stoc-ouvert" -> stocOuvert;
                case "apres-echec-stoc" -> before.equals("STOC_EN_ECHEC");
                case "pto-a-poser" -> aPoser.orElse(vie.cas() == CasPto.A_CONSTRUIRE);
                case "cr-ko-avec-annulation" ->
                    scenario.contrat()
                                    .filter(values -> values.contains("crKoAvecAnnulation"))
                                    .isPresent()
                            && !vie.knows("EtatCrCommandePrise");
                case "prestation-connue" -> vie.knows("ReferencePrestationPrise");
                case "annulation-en-cours" -> annulation;
                default -> throw new AssertionError("condition inconnue de ce test : " + condition);
            };
        }
    }
}
