package fr.interophub.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/** The services of two OCs, as the hub calls them: one that answers at once, and one that may hang. */
final class OcServices implements AutoCloseable {

    private static final Duration HANG = Duration.ofSeconds(30);
    private static final Pattern KEY = Pattern.compile("troubleTicketKey>([^<]+)<");
    private static final byte[] TAKEN = ("<?xml version=\"1.0\"?><e:Envelope"
                    + " xmlns:e=\"http://schemas.xmlsoap.org/soap/envelope/\"><e:Body><t:setTroubleTicketByValueResponse"
                    + " xmlns:t=\"http://ossj.org/xml/TroubleTicket/v1-2\""
                    + " xmlns:c=\"http://ossj.org/xml/TroubleTicket-CBETrouble/v1-2\"><t:troubleTicketResponse>"
                    + "<c:troubleTicketKey>x</c:troubleTicketKey><c:returnCode>0</c:returnCode>"
                    + "<c:returnLabel>OK</c:returnLabel></t:troubleTicketResponse></t:setTroubleTicketByValueResponse>"
                    + "</e:Body></e:Envelope>")
            .getBytes(StandardCharsets.US_ASCII);

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
    private final Map<String, Long> due = new ConcurrentHashMap<>();
    private volatile CountDownLatch hanging = new CountDownLatch(0);
    private volatile Histogram arrivals = new ConcurrentHistogram(3);

    OcServices() throws IOException {
        server.setExecutor(threads);
        server.createContext("/prompt", exchange -> {
            Matcher key = KEY.matcher(body(exchange));
            Long then = key.find() ? due.remove(key.group(1)) : null;
            if (then != null) {
                arrivals.recordValue((System.nanoTime() - then) / 1000);
            }
            answer(exchange);
        });
        server.createContext("/hanging", exchange -> {
            body(exchange);
            try {
                hanging.await(HANG.toMillis(), TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            answer(exchange);
        });
        server.start();
    }

    String url(String service) {
        return "http://127.0.0.1:%d/%s".formatted(server.getAddress().getPort(), service);
    }

    void hang() {
        hanging = new CountDownLatch(1);
    }

    void release() {
        hanging.countDown();
    }

    /** What is decided on this ticket at this instant is awaited by the prompt service. */
    void expect(String key, long then) {
        due.put(key, then);
    }

    int awaited() {
        return due.size();
    }

    /** The latencies since the last time, in microseconds. */
    Histogram arrivals() {
        Histogram told = arrivals;
        arrivals = new ConcurrentHistogram(3);
        return told;
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void answer(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
        exchange.sendResponseHeaders(200, TAKEN.length);
        exchange.getResponseBody().write(TAKEN);
        exchange.close();
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
