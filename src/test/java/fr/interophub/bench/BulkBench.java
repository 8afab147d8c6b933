package fr.interophub.bench;

import fr.interophub.crash.HubProcess;
import fr.interophub.crash.OcClient;
import fr.interophub.crash.Orders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Files of Cmd_Acces lines, from the moment they are dropped (the rename in {@code entrant/}) to the moment the last AR
 * line is on disk in {@code sortant/}: lines per second, peak heap, CPU; beside it, in the same run and on a database of
 * the same server, the bare work ({@link Baseline}).
 */
public final class BulkBench {

    private static final Path WORK = Path.of("target/bench").toAbsolutePath();
    private static final String HEAP = "256m";
    private static final int WARM_UP = 50_000;
    private static final Pattern VALUE = Pattern.compile("\"value\":([0-9.E]+)");

    private record Measure(int lines, double seconds, double peakHeapMb, double hubCpu, double postgresCpu) {
        double rate() {
            return lines / seconds;
        }
    }

    private final HttpClient http = HttpClient.newHttpClient();

    public static void main(String[] args) throws Exception {
        List<Integer> sizes = args.length == 0
                ? List.of(100_000, 1_000_000)
                : Stream.of(args).map(Integer::valueOf).toList();
        new BulkBench().run(sizes);
    }

    private void run(List<Integer> sizes) throws Exception {
        Files.createDirectories(WORK);
        StringBuilder table = new StringBuilder();
        table.append(
                "| lines | hub lines/s | peak heap (MB) | hub CPU µs/line | PostgreSQL CPU µs/line | baseline lines/s"
                        + " | hub / baseline |\n|---|---|---|---|---|---|---|\n");
        for (int size : sizes) {
            // A server of its own per size: neither inherits the other's tables.
            try (EmbeddedPostgres postgres = Machine.durable()) {
                Path file = write("bench-" + size, size);
                Measure hub = hub(postgres, file, size);
                double baseline = size / Baseline.run(postgres, file, WORK.resolve("ar-" + size + ".csv"));
                table.append(String.format(
                        Locale.ROOT,
                        "| %,d | %,.0f | %.0f | %.0f | %.0f | %,.0f | %.2f |%n",
                        size,
                        hub.rate(),
                        hub.peakHeapMb(),
                        hub.hubCpu() * 1e6 / size,
                        hub.postgresCpu() * 1e6 / size,
                        baseline,
                        hub.rate() / baseline));
                Files.delete(file);
            }
        }
        String report =
                "Written by `bench/run`. From the rename in `entrant/` to the last AR line in `sortant/`; PostgreSQL"
                        + " (embedded, `fsync=on`, 1 GB of buffers) on the same machine; the hub with `-Xmx" + HEAP
                        + "`. The baseline parses"
                        + " the same file with FastCSV, inserts the same rows by JDBC batches of 1,000 and writes the AR file,"
                        + " without checks, journal or queues.\n\n"
                        + Machine.describe() + "\n\n" + table;
        Report.write("Bulk files", report);
    }

    private static Path write(String prefix, int lines) throws IOException {
        Path file = WORK.resolve(prefix + ".csv");
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(Orders.HEADER);
            out.write('\n');
            for (int i = 0; i < lines; i++) {
                out.write(Orders.order("OCXA", prefix.substring(0, 2) + lines / 1000, i)
                        .line());
                out.write('\n');
            }
        }
        return file;
    }

    private Measure hub(EmbeddedPostgres postgres, Path file, int lines) throws Exception {
        Path folder = WORK.resolve("hub");
        try (HubProcess hub = new HubProcess(folder)
                .store(Machine.database(postgres, "hub"))
                .jvmOnly("-Xmx" + HEAP)
                .start()
                .awaitReady()) {
            Path warm = write("warm", WARM_UP);
            drop(hub, "ocxb", warm);
            await(folder.resolve("data/sftp/OCXB/sortant"), WARM_UP);
            Upload upload = new Upload(hub, file);
            double hubCpu = Machine.cpu(hub.pid());
            Map<Long, Double> postgresCpu = Machine.cpu(postgres);
            Heap heap = new Heap(hub);
            Instant begin = upload.release();
            Instant end = await(folder.resolve("data/sftp/OCXA/sortant"), lines);
            double peak = heap.end();
            return new Measure(
                    lines,
                    Duration.between(begin, end).toMillis() / 1000.0,
                    peak,
                    Machine.cpu(hub.pid()) - hubCpu,
                    Machine.since(postgresCpu, postgres));
        }
    }

    private static void drop(HubProcess hub, String user, Path file) throws IOException {
        try (OcClient oc = new OcClient(hub.sftpPort(), user, "demo-" + user);
                InputStream bytes = Files.newInputStream(file)) {
            oc.drop(file.getFileName().toString(), bytes);
        }
    }

    /** A file that is already there under a provisional name: its transfer is not what is measured. */
    private static final class Upload {

        private final OcClient oc;
        private final String name;

        Upload(HubProcess hub, Path file) throws IOException {
            oc = new OcClient(hub.sftpPort(), "ocxa", "demo-ocxa");
            name = "entrant/" + file.getFileName();
            try (InputStream bytes = Files.newInputStream(file)) {
                oc.write(name + ".tmp", bytes);
            }
        }

        Instant release() throws IOException {
            oc.sftp().rename(name + ".tmp", name);
            Instant now = Instant.now();
            oc.close();
            return now;
        }
    }

    /** Waits until the folder holds so many AR lines; files already counted are not read again. */
    private static Instant await(Path folder, int lines) throws IOException, InterruptedException {
        Instant limit = Instant.now().plus(Duration.ofMinutes(15));
        List<Path> counted = new ArrayList<>();
        long found = 0;
        while (found < lines) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException(found + " AR lines out of " + lines + " after 15 minutes");
            }
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".csv") && !counted.contains(f))
                        .toList()) {
                    try (Stream<String> content = Files.lines(file)) {
                        found += content.count() - 1;
                    }
                    counted.add(file);
                }
            }
            Thread.sleep(50);
        }
        return Instant.now();
    }

    /** Looks at the heap ten times a second. */
    private final class Heap extends Thread {

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

        double end() throws InterruptedException {
            stopped = true;
            join();
            return peak;
        }
    }

    private BulkBench() {}
}
