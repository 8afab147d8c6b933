package fr.interophub.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;

/** The REST doors of the hub, with one key. */
public final class HubApi {

    public static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI base;
    private final String key;

    public HubApi(URI base, String key) {
        this.base = base;
        this.key = key;
    }

    /** An answer: its status, and its body read as JSON when it is. */
    public record Reply(int status, String body) {

        public JsonNode json() {
            try {
                return JSON.readTree(body);
            } catch (IOException e) {
                throw new UncheckedIOException("not JSON, status " + status + ": " + body, e);
            }
        }
    }

    public Reply get(String path) throws IOException {
        return send("GET", path, BodyPublishers.noBody());
    }

    public Reply post(String path, JsonNode body) throws IOException {
        return send("POST", path, BodyPublishers.ofString(body.toString()));
    }

    public Reply put(String path, JsonNode body) throws IOException {
        return send("PUT", path, BodyPublishers.ofString(body.toString()));
    }

    /** The body's SHA-256 in hexadecimal, however large the body. */
    public String sha256(String path) throws IOException {
        HttpResponse<java.io.InputStream> response =
                exchange(request(path).GET().build(), BodyHandlers.ofInputStream());
        try (DigestInputStream body = new DigestInputStream(response.body(), Orders.sha256())) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            return response.statusCode() == 200 ? hex(body.getMessageDigest()) : "status " + response.statusCode();
        }
    }

    /** A value made fit to stand in a query. */
    public static String query(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }

    private Reply send(String method, String path, BodyPublisher body) throws IOException {
        HttpResponse<String> response =
                exchange(request(path).method(method, body).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        return new Reply(response.statusCode(), response.body());
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path))
                .timeout(Duration.ofSeconds(60))
                .header("Content-Type", "application/json");
        return key == null ? request : request.header("X-Api-Key", key);
    }

    private <T> HttpResponse<T> exchange(HttpRequest request, HttpResponse.BodyHandler<T> handler) throws IOException {
        try {
            return http.send(request, handler);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}
