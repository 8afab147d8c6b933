package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Commande;
import fr.interophub.bacasable.Scenario.Parole;
import fr.interophub.bacasable.Scenario.Step;
import fr.interophub.catalogue.Role;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Every order of a scénario while it is played, and what is said of each. */
public final class Parties {

    private static final Pattern D_UNE_AUTRE = Pattern.compile("(\\w+) de ([A-Z])");

    private final Specimen specimen;
    private final Map<String, Partie> parties = new LinkedHashMap<>();

    /**
     * @param operateurs the codes of the OCs: the first plays OC1
     * @throws IllegalArgumentException if the scénario has more OCs than that
     */
    public Parties(Scenario scenario, Specimen specimen, List<String> operateurs) {
        this.specimen = specimen;
        for (Commande commande : scenario.commandes()) {
            if (commande.oc() > operateurs.size()) {
                throw new IllegalArgumentException(
                        "%s demande %d OC, il y en a %d".formatted(scenario.id(), commande.oc(), operateurs.size()));
            }
            Vie oc = specimen.open(operateurs.get(commande.oc() - 1), commande.modele(), commande.cas());
            parties.put(commande.nom(), new Partie(commande, oc, specimen.facing(oc)));
        }
    }

    /** The order that the scénario is about. */
    public Partie first() {
        return parties.values().iterator().next();
    }

    /** The order that a step is about. */
    public Partie of(Step step) {
        return parties.get(step.commande());
    }

    public Collection<Partie> all() {
        return parties.values();
    }

    /**
     * The fields of what is said in a step, by the party that says it.
     *
     * @param motif the text of the KO motif; empty for the flux's usual one, where it needs one
     */
    public Map<String, String> champs(Step step, Parole parole, String motif) {
        Partie partie = of(step);
        return specimen.champs(
                parole.flux(),
                parole.issue().orElse(null),
                motif,
                parole.role() == Role.OC ? partie.oc() : partie.oi(),
                voulus(parole.champs()));
    }

    /** The fields that a step imposes; {@code ReferencePrise de A} gives what the OC of order A knows. */
    public Map<String, String> voulus(Map<String, String> champs) {
        Map<String, String> voulus = new LinkedHashMap<>();
        champs.forEach((champ, valeur) -> {
            Matcher other = D_UNE_AUTRE.matcher(valeur);
            boolean known = other.matches() && parties.containsKey(other.group(2));
            voulus.put(champ, known ? parties.get(other.group(2)).oc().get(other.group(1)) : valeur);
        });
        return voulus;
    }
}
