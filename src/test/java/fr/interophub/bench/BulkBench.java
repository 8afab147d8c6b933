package fr.interophub.bench;

import fr.interophub.crash.HubProcess;
import fr.interophub.crash.Orders;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

    private record Measure(int lines, double seconds, double peakHeapMb, double hubCpu, double postgresCpu) {
        double rate() {
            return lines / seconds;
        }
    }

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
            Depot.drop(hub, "ocxb", warm);
            Attente.lines(folder.resolve("data/sftp/OCXB/sortant"), "_ARCMD_", WARM_UP);
            Depot upload = new Depot(hub, "ocxa", file);
            double hubCpu = Machine.cpu(hub.pid());
            Map<Long, Double> postgresCpu = Machine.cpu(postgres);
            Heap heap = new Heap(hub);
            Instant begin = upload.release();
            Instant end = Attente.lines(folder.resolve("data/sftp/OCXA/sortant"), "_ARCMD_", lines);
            double peak = heap.end();
            return new Measure(
                    lines,
                    Duration.between(begin, end).toMillis() / 1000.0,
                    peak,
                    Machine.cpu(hub.pid()) - hubCpu,
                    Machine.since(postgresCpu, postgres));
        }
    }

    private BulkBench() {}
}
