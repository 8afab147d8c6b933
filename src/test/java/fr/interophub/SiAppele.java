package fr.interophub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** An SI that the hub calls: a small HTTP server that keeps what it was told, and answers as the test wants. */
public final class SiAppele implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * One call.
     *
     * @param headers the first value of each, by lower-case name
     */
    public record Appel(Map<String, String> headers, String corps) {

        public JsonNode demande() {
            try {
                return JSON.readTree(corps);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        public String id() {
            return demande().get("id").asText();
        }
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Appel> appels = new CopyOnWriteArrayList<>();
    private final List<Appel> pris = new CopyOnWriteArrayList<>();
    private final AtomicInteger ensemble = new AtomicInteger();
    private final AtomicInteger auPlus = new AtomicInteger();
    private volatile ToIntFunction<Appel> conduite = appel -> 204;

    public SiAppele() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/demandes", this::serve);
        server.start();
    }

    private void serve(HttpExchange exchange) throws IOException {
        auPlus.accumulateAndGet(ensemble.incrementAndGet(), Math::max);
        Appel appel = new Appel(
                exchange.getRequestHeaders().entrySet().stream()
                        .collect(Collectors.toMap(
                                header -> header.getKey().toLowerCase(),
                                header -> header.getValue().get(0))),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        appels.add(appel);
        int status = conduite.applyAsInt(appel);
        if (status / 100 == 2) {
            pris.add(appel);
        }
        ensemble.decrementAndGet();
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    /** From now on it answers with this status. */
    public void answers(ToIntFunction<Appel> conduite) {
        this.conduite = conduite;
    }

    public URI url() {
        return URI.create(
                "http://127.0.0.1:%d/demandes".formatted(server.getAddress().getPort()));
    }

    /** Every call, taken or not, in the order of arrival. */
    public List<Appel> appels() {
        return appels;
    }

    /** What it has taken. */
    public List<Appel> pris() {
        return pris;
    }

    /** How many calls it had at once at most. */
    public int auPlus() {
        return auPlus.get();
    }

    /** As if nothing had been said. */
    public void forget() {
        Awaitility.await().until(() -> ensemble.get() == 0);
        appels.clear();
        pris.clear();
        auPlus.set(0);
        conduite = appel -> 204;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
