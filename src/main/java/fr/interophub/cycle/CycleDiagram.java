package fr.interophub.cycle;

import fr.interophub.catalogue.Passage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Draws a state table as a Mermaid {@code stateDiagram-v2}; the same table always gives the same text. */
public final class CycleDiagram {

    private static final Set<String> RESERVED = Set.of(Passage.PRECEDENT, Passage.NEANT);

    private CycleDiagram() {}

    /** The whole table. */
    public static String draw(List<Passage> passages) {
        return draw(passages, Set.of(), Set.of());
    }

    /**
     * What a dossier can live when some conditions hold and others do not: one diagram per model, for instance.
     *
     * @param vraies conditions that hold
     * @param fausses conditions that do not
     * @return the lines that remain, from the states that remain reachable; conditions given here are not repeated on arrows
     */
    public static String draw(List<Passage> passages, Collection<String> vraies, Collection<String> fausses) {
        var kept = reachable(passages.stream()
                .filter(passage -> passage.si().stream()
                        .noneMatch(si ->
                                fausses.contains(si) || si.startsWith("pas ") && vraies.contains(si.substring(4))))
                .toList());
        var arrows = new LinkedHashMap<String, List<String>>();
        for (var passage : kept) {
            var given = passage.si().stream()
                    .filter(si -> !vraies.contains(si) && !(si.startsWith("pas ") && fausses.contains(si.substring(4))))
                    .toList();
            passage.vers().ifPresent(to -> arrow(arrows, passage, to, "", given));
            passage.ok().ifPresent(to -> arrow(arrows, passage, to, " OK", given));
            passage.ko().ifPresent(to -> arrow(arrows, passage, to, " KO", given));
        }
        var out = new StringBuilder("stateDiagram-v2\n");
        kept.stream()
                .flatMap(passage -> exits(passage).stream())
                .distinct()
                .filter(state -> !RESERVED.contains(state) && !id(state).equals(state))
                .forEach(state -> out.append("    state \"%s\" as %s\n".formatted(state, id(state))));
        arrows.forEach((ends, labels) -> labels.forEach(label ->
                out.append("    ").append(ends).append(" : ").append(label).append('\n')));
        var left = new HashSet<String>();
        kept.forEach(passage -> left.addAll(exits(passage).stream()
                .filter(to -> !to.equals(passage.en()))
                .map(to -> passage.en())
                .toList()));
        var entered = new ArrayList<String>();
        kept.forEach(passage -> entered.addAll(exits(passage)));
        entered.stream()
                .distinct()
                .filter(state -> !left.contains(state) && !RESERVED.contains(state))
                .forEach(state -> out.append("    ").append(id(state)).append(" --> [*]\n"));
        return out.toString();
    }

    private static void arrow(
            Map<String, List<String>> arrows, Passage passage, String to, String said, List<String> given) {
        if (to.equals(Passage.NEANT)) {
            return;
        }
        var from = passage.en().equals(Passage.NEANT) ? "[*]" : id(passage.en());
        var label = passage.id() + " " + passage.sur() + said
                + (given.isEmpty() ? "" : " [" + String.join(", ", given) + "]");
        arrows.computeIfAbsent(from + " --> " + id(to), any -> new ArrayList<>())
                .add(label);
    }

    /** A state's name as the drawing admits it. */
    private static String id(String state) {
        return state.replaceAll("[^A-Za-z0-9_]", "_");
    }

    private static List<String> exits(Passage passage) {
        var exits = new ArrayList<String>();
        passage.vers().ifPresent(exits::add);
        passage.ok().ifPresent(exits::add);
        passage.ko().ifPresent(exits::add);
        return exits;
    }

    private static List<Passage> reachable(List<Passage> passages) {
        var reached = new HashSet<String>(Set.of(Passage.NEANT));
        var next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            var state = next.poll();
            passages.stream()
                    .filter(passage -> passage.en().equals(state))
                    .flatMap(passage -> exits(passage).stream())
                    .filter(reached::add)
                    .forEach(next::add);
        }
        return passages.stream()
                .filter(passage -> reached.contains(passage.en()))
                .toList();
    }
}
