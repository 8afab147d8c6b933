package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Commande;
import fr.interophub.bacasable.Scenario.Parc;
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

    private static final Pattern D_UNE_COMMANDE = Pattern.compile("(\\w+) de ([A-Z])");

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

    /**
     * The fields that a step imposes. {@code ReferencePrise de A} gives what the OC of order A knows, {@code operateur de
     * A} that OC's code, {@code nouvelle de A} a reference that nobody has used, the same one each time it is said of A.
     */
    public Map<String, String> voulus(Map<String, String> champs) {
        Map<String, String> voulus = new LinkedHashMap<>();
        champs.forEach((champ, valeur) -> {
            Matcher quoted = D_UNE_COMMANDE.matcher(valeur);
            boolean known = quoted.matches() && parties.containsKey(quoted.group(2));
            voulus.put(champ, known ? quoted(quoted.group(1), parties.get(quoted.group(2))) : valeur);
        });
        return voulus;
    }

    private static String quoted(String what, Partie partie) {
        return switch (what) {
            case "operateur" -> partie.operateur();
            case "nouvelle" -> "N-" + partie.reference();
            default -> partie.oc().get(what);
        };
    }

    /**
     * The access of an order as the SI writes it into the register, by the names of the front door.
     *
     * @param parc what replaces what has been said of it; {@code oui} and {@code non} for {@code partagee}
     */
    public Map<String, String> acces(Step step, Parc parc) {
        Vie known = of(step).oi();
        Map<String, String> acces = new LinkedHashMap<>();
        acces.put("operateur", known.operateur());
        acces.put("ReferencePrestationPrise", known.get("ReferencePrestationPrise"));
        acces.put("ReferencePrise", known.get("ReferencePrise"));
        acces.put("dateMes", Specimen.iso(known.get("DateMesLigneFtth")));
        acces.putAll(voulus(parc.champs()));
        acces.merge("partagee", "oui", (said, any) -> said);
        acces.computeIfPresent("partagee", (champ, said) -> String.valueOf(said.equals("oui")));
        return acces;
    }
}
