package fr.interophub.bacasable;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case of the protocol, as written in a file of {@code samples/acces-1.2/scenarios}.
 *
 * @param id the case's name (spec Accès 1.2 §6), which is the file's; {@code HUB-} begins those of our own
 * @param titre the words after the id on the first line
 * @param paragraphe where the specification speaks of it, {@code §6.4}; empty where the file does not say
 * @param auDelaDuSeed true for a case built from the protocol's rules rather than written in it (spec §6.18)
 * @param nonObservable what of the case no flux can show, which is played for what can be seen
 * @param contrat the contract values that the case presumes, a JSON object as in an operator's sheet; empty when any will do
 * @param commandes the orders it speaks of, the one that the case is about first
 * @param steps everything that happens, prose included, in order
 */
public record Scenario(
        String id,
        String titre,
        String paragraphe,
        boolean auDelaDuSeed,
        Optional<String> nonObservable,
        Optional<String> contrat,
        List<Commande> commandes,
        List<Step> steps) {

    public Scenario {
        commandes = List.copyOf(commandes);
        steps = List.copyOf(steps);
    }

    /** Who connects the client of the first order. */
    public Modele modele() {
        return commandes.get(0).modele();
    }

    /** What the first order says of the socket. */
    public CasPto cas() {
        return commandes.get(0).cas();
    }

    /** The state that the first order ends in; {@code NEANT} for a case that never comes to an order. */
    public String etatFinal() {
        return etatFinal(commandes.get(0).nom());
    }

    /** The last state said of an order. */
    public String etatFinal(String commande) {
        return steps.stream()
                .filter(step -> step.commande().equals(commande))
                .flatMap(step -> step.etat().stream())
                .reduce((first, last) -> last)
                .orElse("NEANT");
    }

    /**
     * One order of the case.
     *
     * @param nom a capital letter; {@code A} for the first
     * @param oc which OC orders, from 1
     * @param modele who connects the client
     * @param cas what the order says of the socket
     */
    public record Commande(String nom, int oc, Modele modele, CasPto cas) {}

    /**
     * One step.
     *
     * @param ligne where it stands in its file, from 1
     * @param numero the roman numeral, as written ({@code iv})
     * @param commande the order it is about
     * @param geste what happens
     * @param ensemble true when the next step is said in the same breath: same file, and both are then waited for
     * @param refus the motif this step must be refused with
     * @param etat the state the order must be in once the step is played; {@code NEANT} when there must be none
     * @param etatRdv the state its appointment must be in
     */
    public record Step(
            int ligne,
            String numero,
            String commande,
            Geste geste,
            boolean ensemble,
            Optional<String> refus,
            Optional<String> etat,
            Optional<String> etatRdv) {

        /** The flux that is said; empty for anything else. */
        public Optional<Parole> dit() {
            return geste instanceof Parole parole ? Optional.of(parole) : Optional.empty();
        }

        Step withEtat(String attendu) {
            return new Step(ligne, numero, commande, geste, ensemble, refus, Optional.of(attendu), etatRdv);
        }

        Step withEtatRdv(String attendu) {
            return new Step(ligne, numero, commande, geste, ensemble, refus, etat, Optional.of(attendu));
        }

        /** Does a state follow this step? */
        boolean situe() {
            return etat.isPresent() || etatRdv.isPresent();
        }

        /** As the file says it, to tell a person which step did not hold. */
        @Override
        public String toString() {
            return numero + ") " + geste + refus.map(m -> " !! " + m).orElse("");
        }
    }

    /** What may happen in a step. */
    public sealed interface Geste {}

    /**
     * A flux that is said.
     *
     * @param role who says it
     * @param flux its code
     * @param issue OK or KO, for a flux that carries a verdict
     * @param motif the KO motif's code, which goes in the flux's own motif field
     * @param champs the fields that replace the spécimen's; see {@link Parties#voulus}
     * @param duHub true for what the OI says by the hub alone, whoever decides it elsewhere: it is waited for
     */
    public record Parole(
            Role role,
            String flux,
            Optional<Issue> issue,
            Optional<String> motif,
            Map<String, String> champs,
            boolean duHub)
            implements Geste {

        @Override
        public String toString() {
            return role + " " + flux + issue.map(i -> " " + i).orElse("");
        }
    }

    /**
     * A whole file that the OC drops as it is.
     *
     * @param nom its place under {@code samples/acces-1.2}
     */
    public record Fichier(String nom) implements Geste {

        @Override
        public String toString() {
            return "OC fichier " + nom;
        }
    }

    /**
     * The SI writes the access of the order into the register of accesses.
     *
     * @param champs what replaces what both parties have said of it ({@code partagee=false}…)
     */
    public record Parc(Map<String, String> champs) implements Geste {

        @Override
        public String toString() {
            return "SI parc " + champs;
        }
    }

    /**
     * What happens in the field, in words.
     *
     * @param jours how many days it takes, for those who can move the clock: {@code le lendemain}, {@code 3 jours plus
     *     tard}
     */
    public record Prose(String texte, int jours) implements Geste {

        @Override
        public String toString() {
            return "-- " + texte;
        }
    }
}
