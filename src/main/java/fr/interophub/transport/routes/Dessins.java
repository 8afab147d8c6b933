package fr.interophub.transport.routes;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.transport.routes.Dessin.Genre;
import fr.interophub.transport.routes.Dessin.Piece;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** A set of drawings, one per name, and what must hold between them. */
final class Dessins {

    private static final String DIRECT = "direct:";

    private final Map<String, Dessin> dessins;

    /** @param dessins by name */
    Dessins(Map<String, Dessin> dessins) {
        this.dessins = new TreeMap<>(dessins);
    }

    Dessins with(Collection<Dessin> others) {
        Map<String, Dessin> all = new TreeMap<>(dessins);
        others.forEach(other -> all.put(other.nom(), other));
        return new Dessins(all);
    }

    Dessins without(Collection<String> noms) {
        Map<String, Dessin> rest = new TreeMap<>(dessins);
        rest.keySet().removeAll(noms);
        return new Dessins(rest);
    }

    Collection<Dessin> list() {
        return dessins.values();
    }

    /** The pieces of a kind by id, each with the drawing that holds it. */
    Map<String, Placee> pieces(Genre genre) {
        Map<String, Placee> found = new LinkedHashMap<>();
        each((dessin, piece) -> {
            if (piece.genre() == genre) {
                found.putIfAbsent(piece.id(), new Placee(dessin, piece));
            }
        });
        return found;
    }

    /** A piece and the drawing that holds it. */
    record Placee(Dessin dessin, Piece piece) {}

    private void each(BiConsumer<Dessin, Piece> seen) {
        dessins.values().forEach(dessin -> dessin.pieces().forEach(piece -> seen.accept(dessin, piece)));
    }

    /**
     * What is wrong in the set: faults of style, names that mean nothing, two pieces for one id or one source.
     *
     * @param beans the bean of a name, or null
     */
    List<Faute> fautes(Function<String, Object> beans) {
        List<Faute> fautes = new ArrayList<>();
        dessins.values().forEach(dessin -> fautes.addAll(dessin.fautes()));
        Set<String> ids = new HashSet<>();
        Set<String> sources = new HashSet<>();
        each((dessin, piece) -> {
            String id = piece.id();
            if (!ids.add(piece.genre() + id)) {
                fautes.add(new Faute(dessin.nom(), dessin.line(piece), id + " est déjà dessinée ailleurs"));
            }
            if (piece.genre() == Genre.ROUTE && !sources.add(piece.source())) {
                String told = "%s : une autre route prend déjà de %s".formatted(id, piece.source());
                fautes.add(new Faute(dessin.nom(), dessin.line(piece), told));
            }
        });
        fautes.addAll(sansFilet());
        Set<String> nets = pieces(Genre.FILET).keySet();
        each((dessin, piece) -> dessin.visit(piece, (value, where) -> {
            String wrong = null;
            if ((where.endsWith("/bean") || where.endsWith("/method"))
                    && value.path("ref").isTextual()) {
                wrong = verb(value, beans);
            } else if (calls(value) && !sources.contains(called(value))) {
                wrong = called(value) + " : aucune route ne prend de là";
            } else if (where.endsWith("/routeConfigurationId") && !nets.contains(value.asText())) {
                wrong = "filet inconnu : " + value.asText();
            }
            if (wrong != null) {
                fautes.add(new Faute(dessin.nom(), dessin.line(where), wrong));
            }
        }));
        return fautes;
    }

    /**
     * Routes that lack a net of their own: called under a net, which is not theirs, or beside ({@code wireTap}), where the caller
     * has gone on. Elsewhere the source sees the failure and takes again.
     */
    List<Faute> sansFilet() {
        Set<String> called = new HashSet<>();
        each((dessin, piece) -> dessin.visit(piece, (value, where) -> {
            if (calls(value) && (!piece.filet().isEmpty() || where.contains("/wireTap"))) {
                called.add(called(value));
            }
        }));
        List<Faute> fautes = new ArrayList<>();
        each((dessin, piece) -> {
            if (piece.filet().isEmpty() && called.contains(piece.source())) {
                String told = "%s est appelée sous un filet, ou à côté : elle nomme le sien (routeConfigurationId)";
                fautes.add(new Faute(dessin.nom(), dessin.line(piece), told.formatted(piece.id())));
            }
        });
        return fautes;
    }

    /** Names a route; an address made on the way ({@code toD}) may name any. */
    private static boolean calls(JsonNode value) {
        return value.isTextual()
                && value.asText().startsWith(DIRECT)
                && !value.asText().contains("${");
    }

    private static String called(JsonNode value) {
        return value.asText().split("\\?", 2)[0];
    }

    private static String verb(JsonNode named, Function<String, Object> beans) {
        String ref = named.get("ref").asText();
        Object bean = beans.apply(ref);
        if (bean == null) {
            return "bean inconnu : " + ref;
        }
        String method = named.path("method").asText().split("\\(", 2)[0];
        boolean known = method.isEmpty()
                || Arrays.stream(bean.getClass().getMethods())
                        .anyMatch(its -> its.getName().equals(method));
        return known ? null : "%s n'a pas de méthode %s".formatted(ref, method);
    }
}
