package fr.interophub.transport.routes;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.transport.routes.Dessin.Genre;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.Service;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.impl.engine.DefaultRouteStartupOrder;
import org.apache.camel.spi.RouteStartupOrder;
import org.apache.camel.spi.ShutdownAware;
import org.apache.camel.support.ScheduledPollConsumer;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.support.task.Tasks;
import org.apache.camel.support.task.budget.Budgets;

/**
 * The routes that run, kept to what is drawn. A route whose drawing, net or template changes is replaced; the others are left
 * alone.
 *
 * <ul>
 *   <li>One that others call ({@code direct:}) hands over at once: new exchanges take the new route while those in flight end
 *       in the old one.
 *   <li>One that takes from the outside stops taking; the new one begins once what the old one holds has ended, so that nothing
 *       is ever taken by two.
 * </ul>
 *
 * <p>No route is stopped by force: one that is still busy is left to a later look.
 */
public final class Circuit {

    private static final String APPEL = "direct:";

    /** Longer than what Camel needs to stop a route that holds nothing. */
    private static final long ARRET_S = 5;

    private static final Duration PAS = Duration.ofMillis(20);

    private final CamelContext camel;
    private final Lecture lecture;
    private final Duration attente;

    private Dessins dessins = new Dessins(Map.of());
    private final Map<String, Naissance> naissances = new LinkedHashMap<>();

    /** The nets and templates that Camel has, by kind and id. */
    private final Map<Genre, Map<String, JsonNode>> connues =
            Map.of(Genre.FILET, new HashMap<>(), Genre.MODELE, new HashMap<>());

    /** What takes and is called now, by the id that its drawing or its birth gives. */
    private final Map<String, Vivante> vivantes = new LinkedHashMap<>();

    /** What takes nothing any more, and may still hold exchanges. */
    private final List<Vivante> retirees = new ArrayList<>();

    /**
     * @param attente how long the end of what a source has taken is waited for, before it is left to the next look
     */
    Circuit(CamelContext camel, Duration attente) {
        this.camel = camel;
        this.attente = attente;
        this.lecture = new Lecture(camel);
    }

    /** A route that a template gives. */
    private record Naissance(String modele, Map<String, String> parametres) {}

    /** What a route is made of: with another net, another drawing or other parameters it is another route. */
    private record Trace(JsonNode corps, JsonNode filet, Map<String, String> parametres) {}

    /** A route to be had. */
    private record Voulue(Dessins.Placee placee, Trace trace, boolean nee) {

        private boolean appelee() {
            return placee.piece().source().startsWith(APPEL);
        }
    }

    /**
     * A route that runs.
     *
     * @param camelId the id that Camel knows it by; two may run for one id while one hands over to the other
     */
    private record Vivante(String id, String camelId, Trace trace, boolean appelee) {}

    /**
     * Opens a route born of a template, or opens it anew if its parameters have changed.
     *
     * @param id the route's
     */
    public synchronized void open(String modele, String id, Map<String, String> parametres) {
        Naissance former = naissances.put(id, new Naissance(modele, Map.copyOf(parametres)));
        try {
            converge();
        } catch (RuntimeException e) {
            naissances.remove(id);
            if (former != null) {
                naissances.put(id, former);
            }
            throw e;
        }
    }

    /** Closes a route born of a template; what it holds ends first. */
    public synchronized void close(String id) {
        naissances.remove(id);
        converge();
    }

    /**
     * Puts in force drawings that have passed the trial.
     *
     * @throws RuntimeException if one of their routes cannot start; the former drawings are then in force again
     */
    synchronized void draw(Dessins next) {
        Dessins former = dessins;
        dessins = next;
        try {
            converge();
        } catch (RuntimeException e) {
            dessins = former;
            converge();
            throw e;
        }
    }

    /** Makes what runs what is drawn; goes on with what could not be done before because a route was busy. */
    synchronized void converge() {
        try {
            settle();
            know(Genre.FILET);
            know(Genre.MODELE);
            Map<String, Voulue> wanted = wanted();
            for (Map.Entry<String, Voulue> one : wanted.entrySet()) {
                if (one.getValue().appelee()) {
                    handOver(one.getKey(), one.getValue());
                }
            }
            closeSources(wanted);
            for (Map.Entry<String, Voulue> one : wanted.entrySet()) {
                if (!vivantes.containsKey(one.getKey()) && !retiring(one.getKey())) {
                    start(one.getKey(), one.getValue());
                }
            }
            // Old routes in flight may still call what is drawn no more.
            if (retirees.isEmpty()) {
                List.copyOf(vivantes.values()).stream()
                        .filter(live -> !wanted.containsKey(live.id()))
                        .forEach(this::retire);
            }
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** What can be had of what is drawn: until the first look a template or a net may be missing, and what needs it waits. */
    private Map<String, Voulue> wanted() {
        Map<String, Dessins.Placee> templates = dessins.pieces(Genre.MODELE);
        Map<String, Voulue> wanted = new LinkedHashMap<>();
        dessins.pieces(Genre.ROUTE).forEach((id, placee) -> wanted.put(id, wanted(placee, null)));
        naissances.forEach((id, birth) -> {
            if (templates.containsKey(birth.modele())) {
                wanted.put(id, wanted(templates.get(birth.modele()), birth));
            }
        });
        Set<String> nets = dessins.pieces(Genre.FILET).keySet();
        wanted.values().removeIf(one -> {
            String net = one.placee().piece().filet();
            return !net.isEmpty() && !nets.contains(net);
        });
        return wanted;
    }

    private Voulue wanted(Dessins.Placee placee, Naissance birth) {
        Dessins.Placee net = dessins.pieces(Genre.FILET).get(placee.piece().filet());
        return new Voulue(
                placee,
                new Trace(
                        placee.piece().corps(),
                        net == null ? null : net.piece().corps(),
                        birth == null ? Map.of() : birth.parametres()),
                birth != null);
    }

    private void know(Genre genre) throws Exception {
        Map<String, Dessins.Placee> drawn = dessins.pieces(genre);
        Map<String, JsonNode> known = connues.get(genre);
        for (String id : List.copyOf(known.keySet())) {
            if (!drawn.containsKey(id)) {
                lecture.drop(genre, id);
                known.remove(id);
            }
        }
        for (Map.Entry<String, Dessins.Placee> one : drawn.entrySet()) {
            JsonNode body = one.getValue().piece().corps();
            if (!body.equals(known.get(one.getKey()))) {
                lecture.put(one.getValue());
                known.put(one.getKey(), body);
            }
        }
    }

    private boolean outdated(Vivante live, Map<String, Voulue> wanted) {
        return !wanted.containsKey(live.id()) || !wanted.get(live.id()).trace().equals(live.trace());
    }

    private void handOver(String id, Voulue next) throws Exception {
        Vivante live = vivantes.get(id);
        if (live == null) {
            if (!retiring(id)) {
                start(id, next);
            }
        } else if (!live.trace().equals(next.trace())) {
            retire(live);
            if (live.appelee()) {
                start(id, next);
            }
        }
    }

    private void closeSources(Map<String, Voulue> wanted) throws Exception {
        List<Vivante> closing = vivantes.values().stream()
                .filter(live -> !live.appelee() && outdated(live, wanted))
                .toList();
        if (!closing.isEmpty()) {
            closing.forEach(this::retire);
            Tasks.foregroundTask()
                    .withBudget(Budgets.iterationBudget()
                            .withMaxIterations((int) attente.dividedBy(PAS))
                            .withInterval(PAS)
                            .build())
                    .build()
                    .run(camel, () -> closing.stream().allMatch(this::idle));
            settle(closing);
        }
    }

    /** An old route that takes from the outside has not ended yet. */
    private boolean retiring(String id) {
        return retirees.stream().anyMatch(old -> old.id().equals(id) && !old.appelee());
    }

    private void start(String id, Voulue next) throws Exception {
        String camelId = id;
        for (int generation = 2; camel.getRoute(camelId) != null; generation++) {
            camelId = id + "." + generation;
        }
        if (next.nee()) {
            TemplatedRouteBuilder born = TemplatedRouteBuilder.builder(
                            camel, next.placee().piece().id())
                    .routeId(camelId)
                    // The ids that an editor gives to strokes are then those of one route.
                    .prefixId(camelId + "-");
            next.trace().parametres().forEach(born::parameter);
            born.add();
        } else {
            lecture.add(next.placee(), camelId, null);
        }
        vivantes.put(id, new Vivante(id, camelId, next.trace(), next.appelee()));
    }

    /** Takes nothing any more; callers of the route wait for the one that follows. */
    private void retire(Vivante live) {
        Route route = camel.getRoute(live.camelId());
        ServiceHelper.suspendService(route.getConsumer());
        if (live.appelee()) {
            // Camel refuses a second route on a source whose first one is not suspended, and offers no way to say so
            // but one that waits for the exchanges in flight.
            for (RouteStartupOrder order : camel.getCamelContextExtension().getRouteStartupOrder()) {
                if (order.getRoute() == route) {
                    ((DefaultRouteStartupOrder) order).getRouteService().suspend();
                }
            }
        }
        vivantes.remove(live.id());
        retirees.add(live);
    }

    private void settle() throws Exception {
        settle(List.copyOf(retirees));
    }

    private void settle(List<Vivante> retired) throws Exception {
        for (Vivante old : retired) {
            if (idle(old) && camel.getRouteController().stopRoute(old.camelId(), ARRET_S, TimeUnit.SECONDS, true)) {
                camel.removeRoute(old.camelId());
                retirees.remove(old);
            }
        }
    }

    private boolean idle(Vivante old) {
        Route route = camel.getRoute(old.camelId());
        return camel.getInflightRepository().size(old.camelId()) == 0
                && !(route.getConsumer() instanceof ScheduledPollConsumer source && source.isPolling())
                && route.getServices().stream().allMatch(Circuit::holdsNothing);
    }

    /** A wire tap counts what it has sent off and has not ended. */
    private static boolean holdsNothing(Service service) {
        return ServiceHelper.getChildServices(service).stream()
                .noneMatch(child -> child instanceof ShutdownAware aware && aware.getPendingExchangesSize() > 0);
    }
}
