package fr.interophub.transport.soap;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Raw calls, as any OC could make them. */
final class Essai {

    static final HttpClient HTTP = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    private Essai() {}

    /** A sample of a profile, as OCXA would send it to us. */
    static String sample(String version, String name) {
        try {
            return Files.readString(Path.of("samples/sav-" + version + "/messages/" + name + ".xml"))
                    .replace("111111111", "910000009")
                    .replace("222222222", "900000001")
                    .replace("sample-login", "ocxa")
                    .replace("sample-password", "demo-ocxa");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static HttpRequest.Builder request(URI hub, String version) {
        return HttpRequest.newBuilder(hub.resolve("/services/sav/v" + version))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "text/xml;charset=UTF-8");
    }

    static HttpResponse<String> post(URI hub, String version, String envelope) throws Exception {
        return send(request(hub, version).POST(HttpRequest.BodyPublishers.ofString(envelope)));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }
}
