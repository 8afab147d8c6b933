package fr.interophub.transport.routes;

import fr.interophub.transport.routes.Dessin.Genre;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.BeanRepository;
import org.apache.camel.spi.PropertiesSource;
import org.apache.camel.spi.Registry;
import org.apache.camel.support.DefaultRegistry;

/**
 * Tries a set of drawings in a context of its own, with the beans and the properties of the running one. Every route is made
 * whole, templates too; none takes anything: the context's sources stay closed.
 */
final class Epreuve {

    /** What a template's parameter is worth for the trial: it may be an address or a part of one. */
    private static final String VALEUR = "direct:epreuve";

    private static final Pattern LIGNE = Pattern.compile("line:? (\\d+)");

    private final CamelContext camel;

    /** The templates of the hub: it gives birth to routes of each, with the parameters that they name. */
    private final Map<String, Dessins.Placee> modeles;

    /**
     * @param camel the running context
     * @param duHub the drawings of the jar
     */
    Epreuve(CamelContext camel, Dessins duHub) {
        this.camel = camel;
        this.modeles = duHub.pieces(Genre.MODELE);
    }

    /** What is wrong: by name first, then by making the routes, where the first fault ends the trial. */
    List<Faute> fautes(Dessins dessins) {
        List<Faute> named = new ArrayList<>(dessins.fautes(camel.getRegistry()::lookupByName));
        Set<String> drawn = dessins.pieces(Genre.MODELE).keySet();
        modeles.forEach((id, placee) -> {
            if (!drawn.contains(id)) {
                named.add(new Faute(placee.dessin().nom(), 1, "le modèle %s doit être dessiné".formatted(id)));
            }
        });
        if (!named.isEmpty()) {
            return named;
        }
        try (DefaultCamelContext scratch =
                new DefaultCamelContext(new DefaultRegistry(new Ours(camel.getRegistry())))) {
            scratch.setAutoStartup(false);
            scratch.getPropertiesComponent().addPropertiesSource(new OurProperties(camel));
            Optional<Faute> made = make(dessins, scratch);
            return made.isPresent()
                    ? List.of(made.get())
                    : start(dessins, scratch).stream().toList();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Optional<Faute> make(Dessins dessins, DefaultCamelContext scratch) {
        Lecture lecture = new Lecture(scratch);
        for (Genre genre : List.of(Genre.FILET, Genre.MODELE, Genre.ROUTE)) {
            for (Dessins.Placee placee : dessins.pieces(genre).values()) {
                try {
                    if (genre == Genre.ROUTE) {
                        lecture.add(placee, placee.piece().id(), source(placee, scratch));
                    } else {
                        lecture.put(placee);
                    }
                    if (genre == Genre.MODELE) {
                        birth(placee, scratch);
                    }
                } catch (Exception e) {
                    return Optional.of(told(placee, e));
                }
            }
        }
        return Optional.empty();
    }

    private void birth(Dessins.Placee modele, DefaultCamelContext scratch) {
        String id = modele.piece().id();
        TemplatedRouteBuilder one =
                TemplatedRouteBuilder.builder(scratch, id).routeId(id).prefixId(id + "-");
        modeles.getOrDefault(id, modele)
                .piece()
                .corps()
                .path("parameters")
                .forEach(parameter -> one.parameter(parameter.path("name").asText(), VALEUR + "-" + id));
        one.add();
    }

    /** The web services are the running context's own: only their names are tried. */
    private static String source(Dessins.Placee route, DefaultCamelContext scratch) {
        return route.piece().source().startsWith("cxf:")
                ? VALEUR + "-" + route.piece().id()
                : null;
    }

    private static Optional<Faute> start(Dessins dessins, DefaultCamelContext scratch) {
        try {
            scratch.start();
            return Optional.empty();
        } catch (Exception e) {
            String all = Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
                    .map(String::valueOf)
                    .collect(Collectors.joining(" "));
            return Optional.of(Stream.of(Genre.ROUTE, Genre.MODELE)
                    .flatMap(genre -> dessins.pieces(genre).values().stream())
                    .filter(placee -> all.contains(placee.piece().id()))
                    .findFirst()
                    .map(placee -> told(placee, e))
                    .orElseThrow(() -> new IllegalStateException(e)));
        }
    }

    private static Faute told(Dessins.Placee placee, Exception failure) {
        String why = reason(failure);
        Matcher line = LIGNE.matcher(why);
        return new Faute(
                placee.dessin().nom(),
                line.find() ? Integer.parseInt(line.group(1)) : placee.dessin().line(placee.piece()),
                "%s ne peut démarrer%s : %s"
                        .formatted(
                                placee.piece().id(),
                                // Camel makes a net with each route above it.
                                placee.piece().filet().isEmpty()
                                        ? ""
                                        : " avec le filet " + placee.piece().filet(),
                                why));
    }

    /** What a failure says at its root. */
    static String reason(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** The beans of the running context, but for Camel's own: components and endpoints belong to the context that runs them. */
    private record Ours(Registry running) implements BeanRepository {

        private static final Predicate<Object> OURS =
                bean -> bean != null && !bean.getClass().getName().startsWith("org.apache.camel.");

        private static <T> T ours(T bean) {
            return OURS.test(bean) ? bean : null;
        }

        @Override
        public Object lookupByName(String name) {
            return ours(running.lookupByName(name));
        }

        @Override
        public <T> T lookupByNameAndType(String name, Class<T> type) {
            return ours(running.lookupByNameAndType(name, type));
        }

        @Override
        public <T> Map<String, T> findByTypeWithName(Class<T> type) {
            Map<String, T> found = new LinkedHashMap<>(running.findByTypeWithName(type));
            found.values().removeIf(OURS.negate());
            return found;
        }

        @Override
        public <T> Set<T> findByType(Class<T> type) {
            return running.findByType(type).stream().filter(OURS).collect(Collectors.toSet());
        }
    }

    /** The properties of the running context. */
    private record OurProperties(CamelContext camel) implements PropertiesSource {

        @Override
        public String getName() {
            return "hub";
        }

        @Override
        public String getProperty(String name) {
            return camel.getPropertiesComponent().resolveProperty(name).orElse(null);
        }
    }
}
