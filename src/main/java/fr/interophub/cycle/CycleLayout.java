package fr.interophub.cycle;

import fr.interophub.catalogue.Passage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.elk.alg.layered.options.CycleBreakingStrategy;
import org.eclipse.elk.alg.layered.options.GraphCompactionStrategy;
import org.eclipse.elk.alg.layered.options.LayeredMetaDataProvider;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.data.LayoutMetaDataService;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where the states of a table and the arrows between them lie on a plane, from top to bottom, so that whoever shows them
 * draws only. Lengths are in pixels; the same arrows always lie in the same places.
 */
public record CycleLayout(int width, int height, List<State> states, List<Arrow> arrows) {

    private static final double STATE_HEIGHT = 32;
    private static final double START = 14;
    private static final double LINE = 16;

    // Wide enough for the letters of any usual sans serif at the sizes of the sheet.
    private static final double CAPITAL = 9.0;
    private static final double LETTER = 7.0;

    /** The longest line of a text, in letters. */
    private static final int TEXT = 24;

    static {
        LayoutMetaDataService.getInstance().registerLayoutMetaDataProviders(new LayeredMetaDataProvider());
    }

    /** From one state to another, and what may be said on the way. */
    public record Way(String from, String to, List<String> said) {}

    /** The box of a state; {@link Passage#NEANT} is a small one without a name. */
    public record State(String name, double x, double y, double width, double height) {}

    /** A line of text, by its middle. */
    public record Text(String text, double x, double y) {}

    /**
     * @param path what an SVG path is drawn by
     */
    public record Arrow(Way way, String path, List<Text> texts) {}

    /**
     * What is worth drawing of these arrows: those that change the state, one way between two states. {@link
     * Passage#PRECEDENT} is every state that leads to the one it is written in.
     */
    public static List<Way> ways(Collection<CycleDiagram.Arrow> arrows) {
        Map<List<String>, Set<String>> said = new LinkedHashMap<>();
        for (CycleDiagram.Arrow arrow : arrows) {
            String from = arrow.passage().en();
            Stream<String> exits = !arrow.vers().equals(Passage.PRECEDENT)
                    ? Stream.of(arrow.vers())
                    : arrows.stream()
                            .filter(other -> other.vers().equals(from))
                            .map(other -> other.passage().en());
            exits.filter(to -> !to.equals(from))
                    .forEach(to -> said.computeIfAbsent(List.of(from, to), any -> new LinkedHashSet<>())
                            .add(arrow.said()));
        }
        List<Way> ways = new ArrayList<>();
        said.forEach((ends, texts) -> ways.add(new Way(ends.get(0), ends.get(1), List.copyOf(texts))));
        return ways;
    }

    /**
     * Lays them out.
     *
     * @param order the states as a life usually goes through them: the earlier stand higher where the arrows leave a choice
     */
    public static CycleLayout of(Collection<String> order, List<Way> ways) {
        ElkNode plane = ElkGraphUtil.createGraph();
        plane.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        plane.setProperty(LayeredOptions.DIRECTION, Direction.DOWN);
        plane.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        plane.setProperty(LayeredOptions.CYCLE_BREAKING_STRATEGY, CycleBreakingStrategy.MODEL_ORDER);
        plane.setProperty(LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.PREFER_EDGES);
        plane.setProperty(LayeredOptions.COMPACTION_POST_COMPACTION_STRATEGY, GraphCompactionStrategy.EDGE_LENGTH);
        plane.setProperty(LayeredOptions.PADDING, new ElkPadding(8));
        plane.setProperty(LayeredOptions.SPACING_NODE_NODE, 18.0);
        plane.setProperty(LayeredOptions.SPACING_EDGE_LABEL, 3.0);
        plane.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 26.0);
        Map<String, ElkNode> boxes = new LinkedHashMap<>();
        Map<Way, ElkEdge> edges = new LinkedHashMap<>();
        Stream.concat(
                        Stream.concat(Stream.of(Passage.NEANT), order.stream()),
                        ways.stream().flatMap(way -> Stream.of(way.from(), way.to())))
                .distinct()
                .filter(state -> ways.stream()
                        .anyMatch(way -> way.from().equals(state) || way.to().equals(state)))
                .forEach(state -> boxes.put(state, box(plane, state)));
        ways.forEach(way -> edges.put(way, edge(boxes.get(way.from()), boxes.get(way.to()), way.said())));
        new RecursiveGraphLayoutEngine().layout(plane, new BasicProgressMonitor());
        List<State> states = new ArrayList<>();
        boxes.forEach(
                (name, box) -> states.add(new State(name, box.getX(), box.getY(), box.getWidth(), box.getHeight())));
        List<Arrow> arrows = new ArrayList<>();
        edges.forEach((way, edge) -> arrows.add(new Arrow(way, path(edge), texts(edge))));
        return new CycleLayout((int) Math.ceil(plane.getWidth()), (int) Math.ceil(plane.getHeight()), states, arrows);
    }

    private static ElkNode box(ElkNode plane, String state) {
        ElkNode box = ElkGraphUtil.createNode(plane);
        if (state.equals(Passage.NEANT)) {
            box.setDimensions(START, START);
        } else {
            box.setDimensions(state.length() * CAPITAL + LINE, STATE_HEIGHT);
        }
        return box;
    }

    private static ElkEdge edge(ElkNode from, ElkNode to, List<String> said) {
        ElkEdge edge = ElkGraphUtil.createSimpleEdge(from, to);
        said.stream()
                .flatMap(CycleLayout::lines)
                .forEach(line -> ElkGraphUtil.createLabel(line, edge).setDimensions(line.length() * LETTER, LINE));
        return edge;
    }

    /** A long text in lines, so that the drawing stays narrow. */
    private static Stream<String> lines(String text) {
        return text.length() <= TEXT
                ? Stream.of(text)
                : text.replaceAll("(.{1," + TEXT + "}) ", "$1\n").lines();
    }

    private static String path(ElkEdge edge) {
        ElkEdgeSection section = edge.getSections().get(0);
        String bends = section.getBendPoints().stream()
                .map(bend -> "L%.0f %.0f".formatted(bend.getX(), bend.getY()))
                .collect(Collectors.joining());
        return "M%.0f %.0f%sL%.0f %.0f"
                .formatted(section.getStartX(), section.getStartY(), bends, section.getEndX(), section.getEndY());
    }

    private static List<Text> texts(ElkEdge edge) {
        return edge.getLabels().stream()
                .map(label -> new Text(
                        label.getText(), label.getX() + label.getWidth() / 2, label.getY() + label.getHeight() / 2))
                .toList();
    }
}
