package fr.interophub.cycle;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Role;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** What is read of a dossier on a state table of its page: the way it has come, what may be said now, what is owed. */
public final class Chemin {

    private Chemin() {}

    /** Something said that counts in the life of a dossier. */
    public record Dit(Role emetteur, String flux, Issue issue, Map<String, String> champs, Instant date) {}

    /** A step: from one state to the next, which may be the same. */
    public record Pas(String de, String vers) {

        /** Did it lead anywhere? */
        public boolean change() {
            return !de.equals(vers);
        }
    }

    /** What a verdict leads to; {@code issue} is null for a flux that carries none. */
    public record Effet(Issue issue, String vers) {}

    /**
     * What a party may say now.
     *
     * @param du true when it owes it to the other party; of several that are owed one is enough
     * @param effets none when no state changes
     */
    public record Attendu(Role emetteur, String flux, boolean du, Set<Effet> effets) {}

    /** The conditions that stay as they are for the whole life of a dossier, or for what is left of it. */
    public record Cadre(Set<String> vraies, Set<String> fausses) {}
}
