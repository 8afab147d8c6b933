package fr.interophub.cycle;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Passage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Walks a state table. Decides nothing the table does not say. Immutable.
 *
 * <p>The table is unambiguous ({@code CatalogueCheck} proves it), so the order of its lines does not matter.
 */
public final class Cycle {

    private static final String PAS = "pas ";

    private final Map<String, Map<String, List<Passage>>> table = new HashMap<>();

    public Cycle(List<Passage> passages) {
        for (var passage : passages) {
            table.computeIfAbsent(passage.en(), any -> new HashMap<>())
                    .computeIfAbsent(passage.sur(), any -> new ArrayList<>())
                    .add(passage);
        }
    }

    /**
     * The line that applies.
     *
     * @param etat the dossier's state, {@link Passage#NEANT} when there is no dossier yet
     * @param flux what was said, or {@link Passage#DELAI}
     * @param issue what it says; {@code null} when it carries no verdict
     * @param condition tells whether a named condition holds; asked with the bare name, {@code pas} being handled here
     * @return empty when the table does not admit it
     */
    public Optional<Passage> find(String etat, String flux, Issue issue, Predicate<String> condition) {
        for (var passage : table.getOrDefault(etat, Map.of()).getOrDefault(flux, List.of())) {
            if (passage.exit(issue).isPresent() && holds(passage, condition)) {
                return Optional.of(passage);
            }
        }
        return Optional.empty();
    }

    /** Where the dossier goes, {@link Passage#PRECEDENT} meaning back to the state before; empty when the table does not admit it. */
    public Optional<String> advance(String etat, String flux, Issue issue, Predicate<String> condition) {
        return find(etat, flux, issue, condition).flatMap(passage -> passage.exit(issue));
    }

    /** The flux that some line admits in this state under these conditions, whatever they say. */
    public Set<String> fluxAdmis(String etat, Predicate<String> condition) {
        var admis = new LinkedHashSet<String>();
        table.getOrDefault(etat, Map.of()).forEach((flux, passages) -> {
            if (passages.stream().anyMatch(passage -> holds(passage, condition))) {
                admis.add(flux);
            }
        });
        return admis;
    }

    private static boolean holds(Passage passage, Predicate<String> condition) {
        for (var si : passage.si()) {
            boolean negated = si.startsWith(PAS);
            if (condition.test(negated ? si.substring(PAS.length()) : si) == negated) {
                return false;
            }
        }
        return true;
    }
}
