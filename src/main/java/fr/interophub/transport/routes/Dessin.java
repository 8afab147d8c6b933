package fr.interophub.transport.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.LignesYaml;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * One route file, read for what can be said of it alone: its pieces, and its faults of style (decision Routes-Draw).
 *
 * @param nom the file's name
 * @param fautes what is wrong whatever the other drawings are
 */
record Dessin(String nom, byte[] octets, List<Piece> pieces, List<Faute> fautes) {

    static final String SUFFIXE = ".camel.yaml";

    private static final Set<String> TRAITS =
            Set.of("bean", "split", "choice", "filter", "to", "toD", "setHeader", "wireTap");
    private static final int TRAITS_MAX = 12;

    /** An address, a secret or a script has no place in a drawing. */
    private static final List<String> INTERDITS = List.of("://", "password", "groovy", "script:");

    /** What a file may hold, by its key in Camel's YAML. */
    enum Genre {
        ROUTE("route"),
        MODELE("routeTemplate"),
        FILET("routeConfiguration");

        private final String cle;

        Genre(String cle) {
            this.cle = cle;
        }

        private static Optional<Genre> of(JsonNode entry) {
            return Arrays.stream(values())
                    .filter(genre -> entry.size() == 1 && entry.has(genre.cle))
                    .findFirst();
        }
    }

    /**
     * A route, a template of routes, or a net under them.
     *
     * @param rang its place in the file, from 0
     */
    record Piece(Genre genre, String id, int rang, JsonNode corps) {

        /** A template's route may stand under a key of its own. */
        private String chemin() {
            return "/" + rang + "/" + genre.cle + (corps.has("route") ? "/route" : "");
        }

        private JsonNode trace() {
            return corps.has("route") ? corps.get("route") : corps;
        }

        /** The net that a route or a template names, or the empty text. */
        String filet() {
            return trace().path("routeConfigurationId").asText();
        }

        /** Where a route takes from. */
        String source() {
            return trace().path("from").path("uri").asText();
        }
    }

    static Dessin read(String nom, byte[] octets) {
        List<Piece> pieces = new ArrayList<>();
        List<Faute> fautes = new ArrayList<>();
        try {
            JsonNode entries = LignesYaml.tree(octets);
            LignesYaml lines = LignesYaml.of(octets);
            if (!entries.isArray() || entries.isEmpty()) {
                fautes.add(new Faute(nom, 1, "une liste de route, routeTemplate ou routeConfiguration est attendue"));
            }
            for (int i = 0; entries.isArray() && i < entries.size(); i++) {
                Optional<Genre> genre = Genre.of(entries.get(i));
                JsonNode body =
                        genre.map(found -> found.cle).map(entries.get(i)::get).orElse(entries);
                if (genre.isEmpty() || !body.path("id").isTextual()) {
                    String told = "une route, routeTemplate ou routeConfiguration est attendue, avec son id";
                    fautes.add(new Faute(nom, lines.line("/" + i), told));
                    continue;
                }
                pieces.add(new Piece(genre.get(), body.get("id").asText(), i, body));
            }
            Dessin read = new Dessin(nom, octets, pieces, fautes);
            pieces.forEach(piece -> read.look(piece, lines));
        } catch (JsonProcessingException e) {
            fautes.add(new Faute(nom, e.getLocation().getLineNr(), "ce n'est pas du YAML, " + e.getOriginalMessage()));
        }
        return new Dessin(nom, octets, List.copyOf(pieces), List.copyOf(fautes));
    }

    private void look(Piece piece, LignesYaml lines) {
        String at = piece.chemin();
        List<String> traits = new ArrayList<>();
        if (piece.genre() == Genre.FILET) {
            JsonNode nets = piece.corps().path("onException");
            for (int i = 0; i < nets.size(); i++) {
                String net = at + "/onException/" + i + "/onException/steps";
                JsonNode steps = nets.get(i).path("onException").path("steps");
                collect(steps, net, (trait, where) -> {
                    if (!trait.equals("log")) {
                        stroke(piece, trait, lines.line(where));
                    }
                });
            }
        } else {
            JsonNode from = piece.trace().path("from");
            collect(from.path("steps"), at + "/from/steps", (trait, where) -> {
                traits.add(trait);
                stroke(piece, trait, lines.line(where));
            });
            if (piece.source().isEmpty()) {
                blame(lines.line(at), "%s ne dit pas d'où elle prend (from, uri)", piece.id());
            }
            if (piece.trace().has("onException") || piece.trace().has("errorHandler")) {
                blame(lines.line(at), "%s nomme son filet (routeConfigurationId), elle n'en dessine pas", piece.id());
            }
        }
        if (traits.size() > TRAITS_MAX) {
            blame(lines.line(at), "%s a %d traits, %d au plus", piece.id(), traits.size(), TRAITS_MAX);
        }
        visit(piece.corps(), "/" + piece.rang() + "/" + piece.genre().cle, (value, where) -> {
            if (where.endsWith("/split") && !value.path("stopOnException").asBoolean()) {
                blame(lines.line(where), "un split dit stopOnException: true");
            }
            if (where.endsWith("/bean") && !value.path("ref").isTextual()) {
                blame(lines.line(where), "un bean est nommé par ref");
            }
            INTERDITS.stream()
                    .filter(value.isTextual() ? value.asText()::contains : any -> false)
                    .forEach(no -> blame(lines.line(where), "« %s » n'a pas sa place dans un dessin", no));
        });
    }

    private void stroke(Piece piece, String trait, int line) {
        if (!TRAITS.contains(trait)) {
            blame(line, "%s : « %s » n'est pas un trait permis (%s)", piece.id(), trait, permitted());
        }
    }

    private static String permitted() {
        return String.join(", ", TRAITS.stream().sorted().toList());
    }

    private void blame(int line, String text, Object... values) {
        fautes.add(new Faute(nom, line, text.formatted(values)));
    }

    private static void collect(JsonNode steps, String at, BiConsumer<String, String> strokes) {
        for (int i = 0; i < steps.size(); i++) {
            String step = at + "/" + i;
            steps.get(i).fields().forEachRemaining(stroke -> {
                String where = step + "/" + stroke.getKey();
                JsonNode value = stroke.getValue();
                strokes.accept(stroke.getKey(), where);
                collect(value.path("steps"), where + "/steps", strokes);
                collect(value.path("otherwise").path("steps"), where + "/otherwise/steps", strokes);
                for (int w = 0; w < value.path("when").size(); w++) {
                    collect(value.get("when").get(w).path("steps"), where + "/when/" + w + "/steps", strokes);
                }
            });
        }
    }

    /** Every value of a piece, with its pointer in the file. */
    void visit(Piece piece, BiConsumer<JsonNode, String> seen) {
        visit(piece.corps(), "/" + piece.rang() + "/" + piece.genre().cle, seen);
    }

    private static void visit(JsonNode value, String at, BiConsumer<JsonNode, String> seen) {
        seen.accept(value, at);
        value.fields().forEachRemaining(field -> visit(field.getValue(), at + "/" + field.getKey(), seen));
        for (int i = 0; value.isArray() && i < value.size(); i++) {
            visit(value.get(i), at + "/" + i, seen);
        }
    }

    /** The line of a value in the file. */
    int line(String pointer) {
        return LignesYaml.of(octets).line(pointer);
    }

    int line(Piece piece) {
        return line("/" + piece.rang());
    }
}
