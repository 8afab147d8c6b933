package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The hub's REST door, with one key. */
final class Rest {

    /** The hub understood and does not want it: asking again would not help. */
    static final class Unwanted extends IOException {
        private static final long serialVersionUID = 1L;

        Unwanted(String message) {
            super(message);
        }
    }

    private static final Set<Integer> UNWANTED = Set.of(400, 413, 415, 422);
    static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http;
    private final URI base;
    private final String key;

    Rest(HttpClient http, URI base, String key) {
        this.http = http;
        this.base = base;
        this.key = key;
    }

    static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    JsonNode get(String path, Map<String, String> query) throws IOException, InterruptedException {
        String q = query.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        return send(HttpRequest.newBuilder(base.resolve(path + q)).GET());
    }

    JsonNode post(String path, JsonNode body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    JsonNode put(String path, JsonNode body) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(base.resolve(path))
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private JsonNode send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest asked = request.timeout(PATIENCE)
                .header("X-Api-Key", key)
                .header("Accept", "application/json")
                .build();
        HttpResponse<byte[]> answer = http.send(asked, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            String said = new String(answer.body(), StandardCharsets.UTF_8);
            String what = "%s %s : %d %s"
                    .formatted(
                            asked.method(),
                            asked.uri(),
                            answer.statusCode(),
                            said.length() > 300 ? said.substring(0, 300) + "…" : said);
            throw UNWANTED.contains(answer.statusCode()) ? new Unwanted(what) : new IOException(what);
        }
        return JSON.readTree(answer.body());
    }
}
