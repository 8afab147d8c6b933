package fr.interophub.transport.mail;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Where access tokens are asked for (RFC 6749 §4.4, §6): gives those it was told to, the last one again and again. */
final class ServeurDeJetons implements AutoCloseable {

    private final HttpServer server;
    private final Queue<String> tokens;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param tokens the tokens, in order; an empty one: refused */
    ServeurDeJetons(String... tokens) {
        this.tokens = new ConcurrentLinkedQueue<>(List.of(tokens));
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            String token = this.tokens.size() > 1 ? this.tokens.remove() : this.tokens.element();
            byte[] answer = (token.isEmpty()
                            ? "{\"error\": \"invalid_grant\"}"
                            : "{\"access_token\": \"" + token + "\", \"expires_in\": 3600}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(token.isEmpty() ? 400 : 200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/token";
    }

    /** What was asked, as it was posted. */
    List<String> asked() {
        return asked;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
