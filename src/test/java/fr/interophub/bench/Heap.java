package fr.interophub.bench;

import fr.interophub.crash.HubProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Looks at the heap of a hub ten times a second. */
final class Heap extends Thread {

    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI metric;
    private volatile boolean stopped;
    private volatile double peak;

    Heap(HubProcess hub) {
        metric = URI.create("http://127.0.0.1:%d/actuator/metrics/jvm.memory.used?tag=area:heap"
                .formatted(hub.port("management.server.port")));
        setDaemon(true);
        start();
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                String answer = http.send(HttpRequest.newBuilder(metric).build(), BodyHandlers.ofString())
                        .body();
                Matcher value = VALUE.matcher(answer);
                if (value.find()) {
                    peak = Math.max(peak, Double.parseDouble(value.group(1)) / (1 << 20));
                }
                Thread.sleep(100);
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @return the most that was seen, in MB */
    double end() throws InterruptedException {
        stopped = true;
        join();
        return peak;
    }
}
