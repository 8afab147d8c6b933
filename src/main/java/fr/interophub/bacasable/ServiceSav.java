package fr.interophub.bacasable;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampDAction;
import fr.interophub.catalogue.ChampDAction.Obligation;
import fr.interophub.catalogue.Grille;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The SAV services of the OCs, where the hub notifies: one HTTP server, one path per OC. What comes is held against the
 * matrix of the protocol, kept, and answered as this OC has been told to: at once, wrongly, too late, or not at all.
 */
public final class ServiceSav implements AutoCloseable {

    /**
     * How an OC answers.
     *
     * @param dit {@code 0} or another return code; {@code tard}: nothing until it behaves otherwise; {@code rien}: it hangs
     *     up; or the name of an OSS/J exception
     */
    public record Conduite(String dit, CompletableFuture<Void> fin) {

        public Conduite(String dit) {
            this(dit, new CompletableFuture<>());
        }
    }

    /**
     * A notification that came.
     *
     * @param champs by field, as spelled on the wire
     */
    public record Recu(Map<String, String> champs, String enveloppe) {

        /** A field, or nothing. */
        public String get(String champ) {
            return champs.getOrDefault(champ, "");
        }
    }

    private final Page page;
    private final Grille grille;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "service-sav");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, Conduite> conduites = new ConcurrentHashMap<>();
    private final Map<String, List<Recu>> recus = new ConcurrentHashMap<>();
    private final List<String> fautes = new CopyOnWriteArrayList<>();

    private ServiceSav(Catalogue catalogue) throws IOException {
        page = catalogue.page("sav", "2.1");
        grille = page.grille().orElseThrow();
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    /** Opens the services of all OCs on a free port of this machine. */
    public static ServiceSav open(Catalogue catalogue) throws IOException {
        return new ServiceSav(catalogue);
    }

    /** The address of an OC's service, for its sheet ({@code contrat.sav.url}). */
    public URI url(String operateur) {
        return URI.create("http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), operateur));
    }

    /** From now on this OC answers so; whoever still waits for an answer gets it. */
    public void behave(String operateur, Conduite conduite) {
        Conduite before = conduites.put(operateur, conduite);
        if (before != null) {
            before.fin().complete(null);
        }
    }

    /** What an OC was told, in the order in which it came; what it hung up on is not there. */
    public List<Recu> received(String operateur) {
        return recus.computeIfAbsent(operateur, any -> new CopyOnWriteArrayList<>());
    }

    /** What came and should not have, in French; empty as long as the hub keeps to the protocol. */
    public List<String> faults() {
        return fautes;
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String operateur = exchange.getRequestURI().getPath().substring(1);
            String envelope = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            EnveloppeSav.Lue said = EnveloppeSav.read(envelope);
            if (said.operation().equals("getManagedEntityTypesRequest")) {
                answer(exchange, 200, EnveloppeSav.served("TroubleTicketValue"));
                return;
            }
            Conduite conduite = conduites.getOrDefault(operateur, new Conduite("0"));
            if (conduite.dit().equals("rien")) {
                return;
            }
            received(operateur).add(new Recu(said.champs(), envelope));
            if (conduite.dit().equals("tard")) {
                conduite.fin().join();
            }
            judge(exchange, operateur, said, conduite.dit());
        }
    }

    private void judge(HttpExchange exchange, String operateur, EnveloppeSav.Lue said, String dit) throws IOException {
        String key = said.get("troubleTicketKey");
        Optional<String> fault = fault(said);
        fault.ifPresent(each -> fautes.add("%s, %s : %s".formatted(operateur, key, each)));
        if (fault.isPresent()) {
            answer(exchange, 200, EnveloppeSav.answer(key, "1", fault.get()));
        } else if (dit.matches("[0-9]+|tard")) {
            String code = dit.equals("tard") ? "0" : dit;
            answer(exchange, 200, EnveloppeSav.answer(key, code, code.equals("0") ? "ACQUITTE" : "REFUS"));
        } else {
            answer(exchange, 500, EnveloppeSav.fault(dit));
        }
    }

    /** Is it something that the OI may say, with all that the matrix wants of it (spec SAV §b.2)? */
    private Optional<String> fault(EnveloppeSav.Lue said) {
        String action = said.get("description");
        boolean parLOi = said.operation().equals("setTroubleTicketByValueRequest")
                && page.findFlux(action)
                        .filter(flux -> flux.emisPar().contains(Role.OI))
                        .isPresent();
        if (!parLOi) {
            return Optional.of("ACTION « %s » NON AUTORISEE".formatted(action));
        }
        return grille.colonne(action, said.get("messageType"))
                .map(colonne -> grille.champs().stream()
                        .filter(champ -> champ.regle(colonne.nom()).obligation() == Obligation.OBLIGATOIRE)
                        .filter(champ -> !said(said, champ))
                        .map(champ -> "INFO %s ABSENTE".formatted(champ.nom()))
                        .findFirst())
                .orElse(Optional.of("MESSAGE « %s » INCONNU".formatted(said.get("messageType"))));
    }

    private static boolean said(EnveloppeSav.Lue said, ChampDAction champ) {
        return !said.get(champ.nom()).isEmpty()
                || champ.alias().stream().anyMatch(name -> !said.get(name).isEmpty());
    }

    private static void answer(HttpExchange exchange, int status, String envelope) throws IOException {
        byte[] bytes = envelope.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    @Override
    public void close() {
        conduites.values().forEach(conduite -> conduite.fin().complete(null));
        server.stop(0);
        threads.shutdownNow();
    }
}
