package fr.interophub.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What every measure runs on: a server of PostgreSQL that is durable, and the clocks of the processors. */
final class Machine {

    private Machine() {}

    /** A server that writes to disk at each commit, and says so. */
    static EmbeddedPostgres durable() throws IOException, SQLException {
        EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "1GB")
                .setServerConfig("max_wal_size", "8GB")
                .start();
        try (Connection connection = postgres.getPostgresDatabase().getConnection()) {
            for (String setting : List.of("fsync", "synchronous_commit")) {
                try (var row = connection.createStatement().executeQuery("show " + setting)) {
                    row.next();
                    if (!row.getString(1).equals("on")) {
                        throw new IllegalStateException(setting + " is " + row.getString(1));
                    }
                }
            }
        }
        return postgres;
    }

    /** @return the address of a new, empty database of that server */
    static String database(EmbeddedPostgres postgres, String name) throws SQLException {
        try (Connection admin = postgres.getPostgresDatabase().getConnection();
                var statement = admin.createStatement()) {
            statement.execute("create database " + name);
        }
        return postgres.getJdbcUrl("postgres", name);
    }

    /** Seconds of processor that a process has used. */
    static double cpu(long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(duration -> duration.toMillis() / 1000.0)
                .orElse(0.0);
    }

    /** Seconds of processor that each process of the server has used. */
    static Map<Long, Double> cpu(EmbeddedPostgres postgres) throws SQLException {
        Map<Long, Double> used = new HashMap<>();
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                var rows = connection.createStatement().executeQuery("select pid from pg_stat_activity")) {
            while (rows.next()) {
                used.put(rows.getLong(1), cpu(rows.getLong(1)));
            }
        }
        return used;
    }

    /** What the server has used since; a lower bound, for a process that has ended meanwhile is not counted. */
    static double since(Map<Long, Double> before, EmbeddedPostgres postgres) throws SQLException {
        return cpu(postgres).entrySet().stream()
                .mapToDouble(now -> now.getValue() - before.getOrDefault(now.getKey(), 0.0))
                .sum();
    }

    static String describe() throws IOException {
        String cpu;
        try (Stream<String> info = Files.lines(Path.of("/proc/cpuinfo"))) {
            cpu = info.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse("unknown processor");
        }
        long memory = ((com.sun.management.OperatingSystemMXBean)
                                java.lang.management.ManagementFactory.getOperatingSystemMXBean())
                        .getTotalMemorySize()
                >> 30;
        return "Machine: %d cores (%s), %d GiB, Java %s, %s; %s."
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        cpu,
                        memory,
                        Runtime.version(),
                        System.getProperty("os.name"),
                        LocalDate.now());
    }
}
