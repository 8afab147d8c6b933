package fr.interophub.bacasable;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A case of the protocol, as written in a file of {@code samples/acces-1.2/scenarios}.
 *
 * @param id the case's name (spec Accès 1.2 §6), which is the file's; alternatives of one case end in {@code -A},
 *     {@code -B}…
 * @param titre the words after the id on the first line
 * @param modele who connects the client
 * @param cas what the order says of the socket
 * @param auDelaDuSeed true for a case built from the protocol's rules rather than written in it (spec §6.18)
 * @param steps everything that happens, prose included, in order
 */
public record Scenario(String id, String titre, Modele modele, CasPto cas, boolean auDelaDuSeed, List<Step> steps) {

    public Scenario {
        steps = List.copyOf(steps);
    }

    /** The state the dossier ends in. */
    public String etatFinal() {
        return steps.get(steps.size() - 1).etat().orElseThrow();
    }

    /**
     * One step: a flux that is said, or prose.
     *
     * @param ligne where it stands in its file, from 1
     * @param numero the roman numeral, as written ({@code iv})
     * @param dit the flux that is said; empty for prose
     * @param prose what happens in the field, in words; empty for a flux
     * @param refus the motif this step must be refused with
     * @param etat the state the dossier must be in once the step is played
     */
    public record Step(
            int ligne,
            String numero,
            Optional<Parole> dit,
            String prose,
            Optional<String> refus,
            Optional<String> etat) {

        Step withEtat(String attendu) {
            return new Step(ligne, numero, dit, prose, refus, Optional.of(attendu));
        }

        /** As the file says it, to tell a person which step did not hold. */
        @Override
        public String toString() {
            return numero + ") "
                    + dit.map(Parole::toString).orElse("-- " + prose)
                    + refus.map(m -> " !! " + m).orElse("");
        }
    }

    /**
     * A flux that is said.
     *
     * @param role who says it
     * @param flux its code
     * @param issue OK or KO, for a flux that carries a verdict
     * @param motif the KO motif's code, which goes in the flux's own motif field
     * @param champs the fields that replace the spécimen's, in the order of the file
     */
    public record Parole(
            Role role, String flux, Optional<Issue> issue, Optional<String> motif, Map<String, String> champs) {

        @Override
        public String toString() {
            return role + " " + flux + issue.map(i -> " " + i).orElse("");
        }
    }
}
