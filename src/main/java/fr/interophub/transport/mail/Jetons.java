package fr.interophub.transport.mail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The access token that our mail servers take instead of a password (XOAUTH2), asked for again shortly before it ends, or once a
 * server has not taken it.
 */
final class Jetons {

    private static final Duration DELAI = Duration.ofSeconds(20);
    private static final Duration MARGE = Duration.ofMinutes(1);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final MailSettings.OAuth2 settings;
    private final Clock clock;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(DELAI).build();
    private String token;
    private Instant fin = Instant.MIN;

    Jetons(MailSettings.OAuth2 settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A token that is valid now.
     *
     * @throws UncheckedIOException if none is given; what the server says of it may be told, it is no secret
     */
    synchronized String get() {
        if (clock.instant().isAfter(fin)) {
            JsonNode answer = ask();
            token = answer.path("access_token").asText();
            fin = clock.instant()
                    .plusSeconds(answer.path("expires_in").asLong(300))
                    .minus(MARGE);
        }
        return token;
    }

    /** A server did not take it: the next to ask gets another. */
    synchronized void refused() {
        fin = Instant.MIN;
    }

    private JsonNode ask() {
        Map<String, String> form = new LinkedHashMap<>();
        boolean refresh = !settings.rafraichissement().isBlank();
        form.put("grant_type", refresh ? "refresh_token" : "client_credentials");
        if (refresh) {
            form.put("refresh_token", settings.rafraichissement());
        }
        form.put("client_id", settings.client());
        form.put("client_secret", settings.secret());
        if (!settings.portee().isBlank()) {
            form.put("scope", settings.portee());
        }
        HttpRequest request = HttpRequest.newBuilder(settings.url())
                .timeout(DELAI)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form.entrySet().stream()
                        .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"))))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            JsonNode answer = JSON.readTree(response.body());
            if (response.statusCode() != 200 || !answer.hasNonNull("access_token")) {
                throw new IOException("jeton OAuth2 refusé : HTTP %d %s %s"
                        .formatted(
                                response.statusCode(),
                                answer.path("error").asText(),
                                answer.path("error_description").asText()));
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
