package fr.interophub.console;

import fr.interophub.acces.Parcours;
import fr.interophub.api.Dossiers;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin.Attendu;
import fr.interophub.cycle.Chemin.Cadre;
import fr.interophub.cycle.Chemin.Dit;
import fr.interophub.cycle.Chemin.Pas;
import fr.interophub.cycle.CycleDiagram;
import fr.interophub.cycle.CycleLayout;
import fr.interophub.cycle.CycleLayout.Way;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Contrat;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/**
 * The plan of a dossier: its state tables drawn (a ticket walks two at once), the way it has come, what may be said now and
 * by whom.
 */
@Component
class Plans {

    private final Catalogue catalogue;
    private final Parcours commandes;
    private final fr.interophub.sav.Parcours tickets;
    private final Registre registre;
    private final Clock clock;

    /** Drawings are few: one per part of a table, and per way that leaves it. */
    private final Map<List<Way>, CycleLayout> drawings = new ConcurrentHashMap<>();

    Plans(Catalogue catalogue, Parcours commandes, fr.interophub.sav.Parcours tickets, Registre registre, Clock clock) {
        this.catalogue = catalogue;
        this.commandes = commandes;
        this.tickets = tickets;
        this.registre = registre;
        this.clock = clock;
    }

    /**
     * What the page of a dossier shows beside its messages.
     *
     * @param cycles its state tables, its own first
     * @param pas where each message led, by message; those that count only
     * @param attendus what may be said now, what is owed first
     */
    record Plan(List<Cycle> cycles, Map<UUID, List<Pas>> pas, List<Attendu> attendus) {

        /** What is owed (or may only be said) by one party. */
        public List<Attendu> attendus(String emetteur, boolean du) {
            return attendus.stream()
                    .filter(one -> one.emetteur() == Role.valueOf(emetteur) && one.du() == du)
                    .toList();
        }

        /** Would this leave the dossier where it is? */
        public boolean reste(String vers) {
            return cycles.stream().anyMatch(cycle -> cycle.etat().equals(vers));
        }
    }

    /**
     * One state table of a dossier.
     *
     * @param objet whose states they are
     * @param etats those it went through, in the order of its life
     * @param pas the steps it has made
     */
    record Cycle(String objet, String etat, List<String> etats, Set<Pas> pas, CycleLayout dessin) {

        /** How a state is drawn: where the dossier is, where it has been, or neither. */
        public String ton(CycleLayout.State state) {
            if (state.name().equals(etat)) {
                return "present";
            }
            return state.name().equals(Passage.NEANT) || etats.contains(state.name()) ? "atteint" : "";
        }

        /** How an arrow is drawn: walked or not. */
        public String ton(CycleLayout.Arrow arrow) {
            return pas.contains(new Pas(arrow.way().from(), arrow.way().to())) ? "suivie" : "";
        }

        /** The states it went through, in words. */
        public String chemin() {
            return String.join(", ", etats);
        }
    }

    /**
     * @param messages what was said about the dossier, from the beginning
     * @return empty when the page that the dossier was opened under has left the catalogue
     */
    Optional<Plan> find(Dossiers.Vue vue, List<Dossiers.MessageVue> messages, Contrat contrat) {
        return catalogue.find(vue.protocole(), vue.version()).map(page -> {
            Dossier dossier = registre.find(vue.operateur(), vue.objet(), Set.of(vue.cle()))
                    .get(vue.cle());
            List<Dossiers.MessageVue> counted = messages.stream()
                    .filter(message -> message.nature() == null)
                    .toList();
            List<Dit> dits = counted.stream().map(Plans::dit).toList();
            boolean ticket = page.grille().isPresent();
            Map<String, List<Pas>> walked = ticket
                    ? tickets.walk(dossier, dits, contrat)
                    : Map.of(dossier.objet(), commandes.walk(dossier, dits));
            Cadre cadre = ticket ? tickets.frame(dossier) : commandes.frame(dossier);
            List<Cycle> cycles = new ArrayList<>();
            Map<UUID, List<Pas>> pas = new HashMap<>();
            walked.forEach((objet, steps) -> {
                String etat = ticket ? fr.interophub.sav.Parcours.etat(dossier, objet) : dossier.etat();
                cycles.add(new Cycle(
                        objet,
                        etat,
                        steps.stream().filter(Pas::change).map(Pas::vers).toList(),
                        Set.copyOf(steps),
                        draw(page, objet, cadre, counted, steps)));
                for (int i = 0; i < steps.size(); i++) {
                    if (steps.get(i).change()) {
                        pas.computeIfAbsent(counted.get(i).id(), any -> new ArrayList<>())
                                .add(steps.get(i));
                    }
                }
            });
            return new Plan(
                    cycles,
                    pas,
                    ticket ? tickets.expect(dossier, contrat, clock.instant()) : commandes.expect(dossier, contrat));
        });
    }

    private static Dit dit(Dossiers.MessageVue message) {
        return new Dit(
                message.sens().equals("entrant") ? Role.OC : Role.OI,
                message.flux(),
                message.issue() == null ? null : Issue.valueOf(message.issue()),
                message.champs(),
                message.date().toInstant());
    }

    /** The part of the table that is this dossier's, and the ways it went that are not drawn there (an annulation). */
    private CycleLayout draw(
            Page page, String objet, Cadre cadre, List<Dossiers.MessageVue> counted, List<Pas> walked) {
        List<Way> ways = new ArrayList<>(
                CycleLayout.ways(CycleDiagram.arrows(page.cycle(objet), cadre.vraies(), cadre.fausses())));
        Set<Pas> drawn = new HashSet<>();
        ways.forEach(way -> drawn.add(new Pas(way.from(), way.to())));
        for (int i = 0; i < walked.size(); i++) {
            Pas pas = walked.get(i);
            if (pas.change() && drawn.add(pas)) {
                ways.add(new Way(pas.de(), pas.vers(), List.of(said(counted.get(i)))));
            }
        }
        return drawings.computeIfAbsent(ways, any -> CycleLayout.of(page.etats(objet), ways));
    }

    private static String said(Dossiers.MessageVue message) {
        return message.issue() == null ? message.flux() : message.flux() + " " + message.issue();
    }
}
