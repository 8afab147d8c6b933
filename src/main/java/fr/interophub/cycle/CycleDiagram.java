package fr.interophub.cycle;

import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Passage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Draws a state table as a Mermaid {@code stateDiagram-v2}; the same table always gives the same text. */
public final class CycleDiagram {

    private CycleDiagram() {}

    /**
     * One way out of one line of a table.
     *
     * @param passage the line
     * @param vers where it leads
     * @param issue what must be said to go there; null where the flux carries no verdict
     * @param si the conditions that are still to be met
     */
    public record Arrow(Passage passage, String vers, Issue issue, List<String> si) {

        /** What is said on the way, e.g. {@code AR_Cmd_Acces OK}. */
        public String said() {
            return issue == null ? passage.sur() : passage.sur() + " " + issue;
        }

        private String ends() {
            return "%s --> %s".formatted(passage.en().equals(Passage.NEANT) ? "[*]" : passage.en(), vers);
        }

        private String label() {
            return passage.id() + " " + said() + (si.isEmpty() ? "" : " [" + String.join(", ", si) + "]");
        }
    }

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
        var arrows = arrows(passages, vraies, fausses);
        var byEnds = new LinkedHashMap<String, List<String>>();
        arrows.forEach(arrow ->
                byEnds.computeIfAbsent(arrow.ends(), any -> new ArrayList<>()).add(arrow.label()));
        var out = new StringBuilder("stateDiagram-v2\n");
        byEnds.forEach((ends, labels) -> labels.forEach(label ->
                out.append("    ").append(ends).append(" : ").append(label).append('\n')));
        var left = new HashSet<String>();
        var entered = new LinkedHashSet<String>();
        arrows.forEach(arrow -> {
            entered.add(arrow.vers());
            if (!arrow.vers().equals(arrow.passage().en())) {
                left.add(arrow.passage().en());
            }
        });
        entered.stream()
                .filter(state -> !left.contains(state) && !state.equals(Passage.PRECEDENT))
                .forEach(state -> out.append("    ").append(state).append(" --> [*]\n"));
        return out.toString();
    }

    /** The same as {@link #draw}, for whoever draws otherwise: every way out, in the order of the table. */
    public static List<Arrow> arrows(List<Passage> passages, Collection<String> vraies, Collection<String> fausses) {
        var arrows = new ArrayList<Arrow>();
        for (var passage : reachable(passages, vraies, fausses)) {
            var given = passage.si().stream()
                    .filter(si -> !vraies.contains(si) && !(si.startsWith("pas ") && fausses.contains(si.substring(4))))
                    .toList();
            passage.vers().ifPresent(to -> arrows.add(new Arrow(passage, to, null, given)));
            passage.ok().ifPresent(to -> arrows.add(new Arrow(passage, to, Issue.OK, given)));
            passage.ko().ifPresent(to -> arrows.add(new Arrow(passage, to, Issue.KO, given)));
        }
        return arrows;
    }

    private static List<Passage> reachable(List<Passage> table, Collection<String> vraies, Collection<String> fausses) {
        var passages = table.stream()
                .filter(passage -> passage.si().stream()
                        .noneMatch(si ->
                                fausses.contains(si) || si.startsWith("pas ") && vraies.contains(si.substring(4))))
                .toList();
        var reached = new HashSet<String>(Set.of(Passage.NEANT));
        var next = new ArrayDeque<>(reached);
        while (!next.isEmpty()) {
            var state = next.poll();
            passages.stream()
                    .filter(passage -> passage.en().equals(state))
                    .flatMap(passage -> passage.exits().stream())
                    .filter(reached::add)
                    .forEach(next::add);
        }
        return passages.stream()
                .filter(passage -> reached.contains(passage.en()))
                .toList();
    }
}
