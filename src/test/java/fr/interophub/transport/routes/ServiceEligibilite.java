package fr.interophub.transport.routes;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A site's own REST service: nothing is eligible in one street of Tours. */
final class ServiceEligibilite implements AutoCloseable {

    private final HttpServer server;

    ServiceEligibilite() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/eligibilite", call -> {
            boolean eligible = !call.getRequestURI().getQuery().contains("insee=37261&voie=0123");
            byte[] answer = "{\"eligible\": %s}".formatted(eligible).getBytes(StandardCharsets.UTF_8);
            call.sendResponseHeaders(200, answer.length);
            call.getResponseBody().write(answer);
            call.close();
        });
        server.start();
    }

    /** The setting that the drawing names. */
    String reglage() {
        return "--site.eligibilite=http://127.0.0.1:%d/eligibilite"
                .formatted(server.getAddress().getPort());
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
