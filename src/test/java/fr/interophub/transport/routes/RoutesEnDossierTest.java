package fr.interophub.transport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.echange.Alertes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Route;
import org.apache.camel.impl.DefaultCamelContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The drawings of a folder over those of the jar: tried first, then handed over, nothing cut short")
class RoutesEnDossierTest {

    private static final String ENTREE = """
            - route:
                id: entree
                routeConfigurationId: filet
                from:
                  uri: direct:entree
                  steps:
                    - bean: { ref: carnet, method: "note('hub')" }
            """;

    private static final String FILET = """
            - routeConfiguration:
                id: filet
                onException:
                  - onException:
                      exception: [ java.lang.IllegalStateException ]
                      handled: { constant: { expression: "true" } }
                      steps:
                        - bean: { ref: carnet, method: "note('filet du hub')" }
            """;

    private static final String RELEVE = """
            - routeTemplate:
                id: releve
                parameters: [ { name: ouvrier } ]
                from:
                  uri: "scheduler:{{ouvrier}}"
                  parameters: { delay: 5, initialDelay: 1 }
                  steps:
                    - bean: { ref: tour, method: "take('hub')" }
            """;

    @TempDir
    private Path dossier;

    private final Carnet carnet = new Carnet();
    private final Tour tour = new Tour();
    private final Map<String, String> alertes = new TreeMap<>();
    private DefaultCamelContext camel;
    private Circuit circuit;
    private RoutesEnDossier routes;

    /** What the routes did. */
    public static final class Carnet {

        private final List<String> notes = new CopyOnWriteArrayList<>();
        private final Semaphore held = new Semaphore(0);

        public void note(String text) {
            notes.add(text);
        }

        /** Stays until let go. */
        public void hold() throws InterruptedException {
            notes.add("tenu");
            held.acquire();
        }

        public void fail() {
            throw new IllegalStateException("panne");
        }
    }

    /** A source that two must never take from at once. */
    public static final class Tour {

        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();
        private final Semaphore turns = new Semaphore(0);
        private final List<String> taken = new CopyOnWriteArrayList<>();

        public void take(String who) throws InterruptedException {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            taken.add(who);
            turns.acquire();
            inside.decrementAndGet();
        }
    }

    @BeforeEach
    void start() {
        open();
        routes.look();
    }

    @AfterEach
    void stop() {
        carnet.held.release(100);
        tour.turns.release(1_000_000);
        camel.stop();
    }

    private void open() {
        camel = new DefaultCamelContext();
        camel.getRegistry().bind("carnet", carnet);
        camel.getRegistry().bind("tour", tour);
        camel.getPropertiesComponent().addInitialProperty("connue", "direct:entree");
        circuit = new Circuit(camel, Duration.ofMillis(100));
        Dessins hub = new Dessins(Map.of(
                "entree.camel.yaml", drawing("entree.camel.yaml", ENTREE),
                "filet.camel.yaml", drawing("filet.camel.yaml", FILET),
                "releve.camel.yaml", drawing("releve.camel.yaml", RELEVE)));
        routes = new RoutesEnDossier(dossier, hub, circuit, new Epreuve(camel, hub), new Alertes() {
            @Override
            public void raise(String genre, String sujet, String operateur, String texte) {
                alertes.put(genre + " " + sujet, texte);
            }

            @Override
            public void close(String genre, String sujet) {
                alertes.remove(genre + " " + sujet);
            }
        });
        routes.open();
        camel.start();
    }

    private void restart() {
        camel.stop();
        start();
    }

    private static Dessin drawing(String nom, String yaml) {
        return Dessin.read(nom, yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a file of the folder, and two looks at it. */
    private void draw(String nom, String yaml) throws IOException {
        Files.writeString(dossier.resolve(nom), yaml);
        looks();
    }

    private void remove(String nom) throws IOException {
        Files.delete(dossier.resolve(nom));
        routes.look();
    }

    private void looks() {
        routes.look();
        routes.look();
    }

    private String said() {
        carnet.notes.clear();
        camel.createProducerTemplate().sendBody("direct:entree", "");
        return String.join(",", carnet.notes);
    }

    private List<String> ids() {
        return camel.getRoutes().stream().map(Route::getRouteId).sorted().toList();
    }

    @Test
    @DisplayName("a file takes the place of the drawing of its name, and gives it back")
    void takesThePlaceAndGivesItBack() throws IOException {
        assertThat(said()).isEqualTo("hub");

        draw("entree.camel.yaml", ENTREE.replace("hub", "site"));
        assertThat(said()).isEqualTo("site");
        draw("entree.camel.yaml", ENTREE.replace("hub", "autre"));
        assertThat(said()).isEqualTo("autre");
        looks();
        assertThat(ids()).as("one route, however often it was drawn").containsExactly("entree");
        restart();
        assertThat(said()).as("at start").isEqualTo("autre");

        remove("entree.camel.yaml");
        assertThat(said()).isEqualTo("hub");
        assertThat(alertes).isEmpty();
    }

    @Test
    @DisplayName("a file that is being written waits until it is still; what is no drawing is left alone")
    void onceItIsStill() throws IOException {
        Files.writeString(dossier.resolve("LISEZMOI.md"), "pas un dessin");
        Files.writeString(dossier.resolve("entree.camel.yaml"), "- route:");
        routes.look();
        Files.writeString(dossier.resolve("entree.camel.yaml"), ENTREE.replace("hub", "site"));
        routes.look();
        assertThat(said()).isEqualTo("hub");
        routes.look();
        assertThat(said()).isEqualTo("site");
        assertThat(alertes).isEmpty();
    }

    @DisplayName("a faulty file is told with its line; what runs stays, and the next start is not prevented")
    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            bean: { ref: carnett, method: note }                  | ligne 7 : bean inconnu : carnett
            bean: { ref: carnet, method: notte }                  | ligne 7 : carnet n'a pas de méthode notte
            process: { ref: carnet }                              | ligne 7 : entree : « process » n'est pas un trait permis
            to: { uri: "https://exemple.fr" }                     | ligne 7 : « :// » n'a pas sa place
            to: { uri: direct:nulle-part }                        | ligne 7 : direct:nulle-part : aucune route ne prend de là
            to: { uri: "inconnu:x" }                              | ligne 1 : entree ne peut démarrer avec le filet filet : No endpoint could be found for: inconnu
            to: { uri: "log:x", parameters: { couleur: bleu } }   | ligne 1 : entree ne peut démarrer avec le filet filet
            to: { uri: "{{inconnue}}" }                           | ligne 1 : entree ne peut démarrer avec le filet filet : Property with key [inconnue]
            to: { ury: "log:x" }                                  | ligne
            setHeader: { name: a, expression: { simple: { expression: "${body" } } } | ligne 1 : entree ne peut démarrer avec le filet filet
            setHeader: { name: a, expression: { method: { ref: carnet, method: x } } } | ligne 7 : carnet n'a pas de méthode x
            """)
    void faulty(String stroke, String told) throws IOException {
        draw("entree.camel.yaml", ENTREE.replace("hub", "site"));
        String faulty = ENTREE.replaceAll("bean: .*", java.util.regex.Matcher.quoteReplacement(stroke));

        draw("entree.camel.yaml", faulty);
        assertThat(alertes).containsOnlyKeys("ROUTE_FAUTIVE entree.camel.yaml");
        assertThat(alertes.values())
                .singleElement()
                .asString()
                .startsWith("Dessin entree.camel.yaml refusé, celui qui tourne reste : entree.camel.yaml, ")
                .contains(told);
        assertThat(said()).isEqualTo("site");

        restart();
        assertThat(said()).as("the hub's own").isEqualTo("hub");
        assertThat(alertes).hasSize(1);

        draw("entree.camel.yaml", ENTREE.replace("hub", "corrigé"));
        assertThat(said()).isEqualTo("corrigé");
        assertThat(alertes).isEmpty();
    }

    @Test
    @DisplayName("a net, an id, a source and a template of the hub are known and are one")
    void between() throws IOException {
        draw("autre.camel.yaml", ENTREE.replace("direct:entree", "direct:autre"));
        assertThat(alertes.toString()).contains("entree.camel.yaml, ligne 1 : entree est déjà dessinée ailleurs");
        draw("autre.camel.yaml", ENTREE.replace("id: entree", "id: autre"));
        assertThat(alertes.toString()).contains("entree.camel.yaml, ligne 1", "prend déjà de direct:entree");
        draw(
                "autre.camel.yaml",
                ENTREE.replace(": entree", ": autre")
                        .replace("direct:entree", "direct:autre")
                        .replace("Id: filet", "Id: tamis"));
        assertThat(alertes.toString()).contains("autre.camel.yaml, ligne 3 : filet inconnu : tamis");
        draw("releve.camel.yaml", RELEVE.replace("id: releve", "id: relevé"));
        assertThat(alertes.toString()).contains("le modèle releve doit être dessiné");
        assertThat(said()).isEqualTo("hub");
    }

    @Test
    @DisplayName("a route called under a net, or beside its caller, names its own net")
    void underANet() throws IOException {
        String own = "    routeConfigurationId: filet\n";
        String without = ENTREE.replace(own, "").replace("entree", "suite");
        for (String call : List.of("to: { uri: direct:suite }", "to: \"direct:suite?timeout=9\"")) {
            draw("suite.camel.yaml", without + ENTREE.replace("entree", "appel").replaceAll("bean: .*", call));
            assertThat(alertes.get("ROUTE_FAUTIVE suite.camel.yaml"))
                    .contains(
                            "suite.camel.yaml, ligne 1 : suite est appelée sous un filet, ou à côté : elle nomme le sien");
        }
        String beside = ENTREE.replace(own, "")
                .replace("entree", "appel")
                .replaceAll("bean: .*", "wireTap: { uri: direct:suite }");
        draw("suite.camel.yaml", without + beside);
        assertThat(alertes.toString()).contains("suite est appelée sous un filet, ou à côté");
        draw("suite.camel.yaml", ENTREE.replace("entree", "suite") + beside);
        assertThat(alertes).isEmpty();
        draw("suite.camel.yaml", without + beside.replace("wireTap", "to"));
        assertThat(alertes).as("nothing catches: the source tries again").isEmpty();
    }

    @Test
    @DisplayName("at start a route waits for its net and its template, when a file has taken their place")
    void waitsForItsNet() throws IOException {
        Files.writeString(dossier.resolve("filet.camel.yaml"), FILET.replace("du hub", "du site"));
        Files.writeString(dossier.resolve("releve.camel.yaml"), RELEVE.replace("'hub'", "'site'"));
        camel.stop();
        open();
        circuit.open("releve", "releve-1", Map.of("ouvrier", "1"));
        assertThat(ids()).isEmpty();
        routes.look();
        assertThat(ids()).containsExactly("entree", "releve-1");
        Awaitility.await().until(() -> tour.taken.equals(List.of("site")));
    }

    @Test
    @DisplayName("files that need each other pass together, and the one that is needed does not go alone")
    void together() throws IOException {
        String calls = ENTREE.replaceAll("bean: .*", "to: { uri: direct:suite }");
        draw("entree.camel.yaml", calls);
        assertThat(alertes.toString()).contains("direct:suite : aucune route ne prend de là");

        draw("suite.camel.yaml", ENTREE.replace("entree", "suite").replace("hub", "suite"));
        assertThat(said()).isEqualTo("suite");
        assertThat(alertes).isEmpty();

        remove("suite.camel.yaml");
        assertThat(said()).isEqualTo("suite");
        assertThat(alertes.get("ROUTE_FAUTIVE suite.camel.yaml"))
                .contains("entree.camel.yaml, ligne 7 : direct:suite : aucune route ne prend de là");

        remove("entree.camel.yaml");
        looks();
        assertThat(said()).isEqualTo("hub");
        assertThat(ids()).containsExactly("entree");
        assertThat(alertes).isEmpty();
    }

    @Test
    @DisplayName("a good file passes beside a faulty one")
    void besideAFaultyOne() throws IOException {
        Files.writeString(dossier.resolve("autre.camel.yaml"), "- route: {id: autre}");
        draw("entree.camel.yaml", ENTREE.replace("hub", "site"));
        assertThat(said()).isEqualTo("site");
        assertThat(alertes).containsOnlyKeys("ROUTE_FAUTIVE autre.camel.yaml");
    }

    @Test
    @DisplayName("a route that passes the trial and cannot start gives its place back")
    void cannotStart() throws IOException {
        draw("entree.camel.yaml", ENTREE.replace("hub", "site"));
        // A second consumer of one file-less source: only starting it tells.
        draw("autre.camel.yaml", """
                - route:
                    id: autre
                    from:
                      uri: "{{connue}}"
                      steps:
                        - bean: { ref: carnet, method: "note('autre')" }
                """);
        assertThat(alertes.get("ROUTE_FAUTIVE autre.camel.yaml")).contains("ne peut démarrer : ");
        assertThat(said()).isEqualTo("site");
        assertThat(ids()).hasSize(1);
    }

    @Test
    @DisplayName("what is in flight ends in the old route, while the new one serves the others")
    void inFlight() throws Exception {
        draw("entree.camel.yaml", ENTREE.replaceAll("bean: .*", """
                bean: { ref: carnet, method: hold }
                        - bean: { ref: carnet, method: "note('ancien')" }
                """));
        CompletableFuture<Void> inFlight =
                CompletableFuture.runAsync(() -> camel.createProducerTemplate().sendBody("direct:entree", ""));
        Awaitility.await().until(() -> carnet.notes.contains("tenu"));

        draw("entree.camel.yaml", ENTREE.replace("hub", "nouveau"));
        assertThat(said()).isEqualTo("nouveau");
        assertThat(inFlight).isNotDone();
        assertThat(ids()).containsExactly("entree", "entree.2");

        carnet.held.release();
        inFlight.get(10, TimeUnit.SECONDS);
        assertThat(carnet.notes).containsExactly("nouveau", "ancien");
        looks();
        assertThat(ids()).containsExactly("entree");
        assertThat(said()).isEqualTo("nouveau");
    }

    @Test
    @DisplayName("a changed template gives its routes again; the old and the new never take at once")
    void births() throws Exception {
        // An editor gives ids to strokes.
        String edited = RELEVE.replace("{ ref: tour", "{ id: bean-1, ref: tour");
        circuit.open("releve", "releve-1", Map.of("ouvrier", "1"));
        circuit.open("releve", "releve-2", Map.of("ouvrier", "2"));
        Awaitility.await().until(() -> tour.taken.size() == 2);

        draw("releve.camel.yaml", edited.replace("'hub'", "'site'"));
        assertThat(tour.taken).as("both are busy with the old").containsExactly("hub", "hub");

        tour.turns.release(2);
        Awaitility.await().until(() -> {
            routes.look();
            return tour.taken.size() == 4;
        });
        assertThat(tour.taken.subList(2, 4)).containsExactly("site", "site");
        assertThat(tour.most).hasValue(2);
        assertThat(ids()).containsExactly("entree", "releve-1", "releve-2");
        assertThat(alertes).isEmpty();

        circuit.close("releve-1");
        tour.turns.release(2);
        Awaitility.await().until(() -> {
            routes.look();
            return ids().equals(List.of("entree", "releve-2"));
        });
    }

    @Test
    @DisplayName("a route takes its changed net")
    void nets() throws IOException {
        draw("entree.camel.yaml", ENTREE.replaceAll("bean: .*", "bean: { ref: carnet, method: fail }"));
        assertThat(said()).isEqualTo("filet du hub");
        draw("filet.camel.yaml", FILET.replace("du hub", "du site"));
        assertThat(said()).isEqualTo("filet du site");
        remove("filet.camel.yaml");
        assertThat(said()).isEqualTo("filet du hub");
    }
}
