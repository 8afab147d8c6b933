package fr.interophub.console;

import fr.interophub.acces.Parcours;
import fr.interophub.acces.Parcours.Attendu;
import fr.interophub.acces.Parcours.Pas;
import fr.interophub.api.Dossiers;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.CycleDiagram;
import fr.interophub.cycle.CycleLayout;
import fr.interophub.cycle.CycleLayout.Way;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Contrat;
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

/** The plan of a dossier: its state table drawn, the way it has come, what may be said now and by whom. */
@Component
class Plans {

    private final Catalogue catalogue;
    private final Parcours parcours;
    private final Registre registre;

    /** Drawings are few: one per part of a table, and per way that leaves it. */
    private final Map<List<Way>, CycleLayout> drawings = new ConcurrentHashMap<>();

    Plans(Catalogue catalogue, Parcours parcours, Registre registre) {
        this.catalogue = catalogue;
        this.parcours = parcours;
        this.registre = registre;
    }

    /**
     * What the page of a dossier shows beside its messages.
     *
     * @param etats those it went through, in the order of its life
     * @param pas the step that each message made, by message; those that count only
     * @param attendus what may be said now, what is owed first
     */
    record Plan(String etat, List<String> etats, Map<UUID, Pas> pas, List<Attendu> attendus, CycleLayout dessin) {

        /** How a state is drawn: where the dossier is, where it has been, or neither. */
        public String ton(CycleLayout.State state) {
            if (state.name().equals(etat)) {
                return "present";
            }
            return state.name().equals(Passage.NEANT) || etats.contains(state.name()) ? "atteint" : "";
        }

        /** How an arrow is drawn: walked or not. */
        public String ton(CycleLayout.Arrow arrow) {
            return pas.containsValue(new Pas(arrow.way().from(), arrow.way().to())) ? "suivie" : "";
        }

        /** The states it went through, in words. */
        public String chemin() {
            return String.join(", ", etats);
        }

        /** What is owed (or may only be said) by one party. */
        public List<Attendu> attendus(String emetteur, boolean du) {
            return attendus.stream()
                    .filter(one -> one.emetteur() == Role.valueOf(emetteur) && one.du() == du)
                    .toList();
        }
    }

    /**
     * @param messages what was said about the dossier, from the beginning
     * @return empty when the page that the dossier was opened under has left the catalogue
     */
    Optional<Plan> find(Dossiers.Vue vue, List<Dossiers.MessageVue> messages, Contrat contrat) {
        Dossier dossier =
                registre.find(vue.operateur(), vue.objet(), Set.of(vue.cle())).get(vue.cle());
        return catalogue.find(vue.protocole(), vue.version()).map(page -> {
            List<Dossiers.MessageVue> counted = messages.stream()
                    .filter(message -> message.nature() == null)
                    .toList();
            List<Pas> walked =
                    parcours.walk(dossier, counted.stream().map(Plans::dit).toList());
            List<String> etats = new ArrayList<>();
            walked.stream().filter(one -> !one.de().equals(one.vers())).forEach(one -> etats.add(one.vers()));
            Map<UUID, Pas> pas = new HashMap<>();
            for (int i = 0; i < walked.size(); i++) {
                pas.put(counted.get(i).id(), walked.get(i));
            }
            return new Plan(
                    vue.etat(), etats, pas, parcours.expect(dossier, contrat), draw(page, dossier, counted, walked));
        });
    }

    private static Parcours.Dit dit(Dossiers.MessageVue message) {
        return new Parcours.Dit(
                message.sens().equals("entrant") ? Role.OC : Role.OI,
                message.flux(),
                message.issue() == null ? null : Issue.valueOf(message.issue()),
                message.champs(),
                message.date().toInstant());
    }

    /** The part of the table that is this dossier's, and the ways it went that are not drawn there (an annulation). */
    private CycleLayout draw(Page page, Dossier dossier, List<Dossiers.MessageVue> counted, List<Pas> walked) {
        Parcours.Cadre cadre = parcours.frame(dossier);
        List<Way> ways = new ArrayList<>(
                CycleLayout.ways(CycleDiagram.arrows(page.cycle(dossier.objet()), cadre.vraies(), cadre.fausses())));
        Set<Pas> drawn = new HashSet<>();
        ways.forEach(way -> drawn.add(new Pas(way.from(), way.to())));
        for (int i = 0; i < walked.size(); i++) {
            Pas pas = walked.get(i);
            if (!pas.de().equals(pas.vers()) && drawn.add(pas)) {
                ways.add(new Way(pas.de(), pas.vers(), List.of(said(counted.get(i)))));
            }
        }
        return drawings.computeIfAbsent(ways, any -> CycleLayout.of(page.etats(dossier.objet()), ways));
    }

    private static String said(Dossiers.MessageVue message) {
        return message.issue() == null ? message.flux() : message.flux() + " " + message.issue();
    }
}
