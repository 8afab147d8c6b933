package fr.interophub.crash;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/**
 * The packaged hub in a child process, on ports of its own and with a data folder of its own. It can be killed and
 * started again on the same ports and the same data.
 */
public final class HubProcess implements AutoCloseable {

    private static final Duration READY = Duration.ofSeconds(120);

    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final List<String> jvm = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, Integer> ports = new LinkedHashMap<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Thread lastResort = new Thread(this::kill);
    private EmbeddedPostgres postgres;
    private volatile Process process;

    /**
     * @param folder where its data, and the log of all its lives, are kept; emptied first
     */
    public HubProcess(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        FileSystemUtils.deleteRecursively(this.folder);
        for (String property : List.of("server.port", "management.server.port", "hub.sftp.port", "hub.jms.port")) {
            ports.put(property, freePort());
        }
        ports.forEach((property, port) -> set(property, port.toString()));
        set("hub.data", this.folder.resolve("data").toString());
        set("hub.bacasable.actif", "false");
        set("hub.sftp.stabilite", "200ms");
        set("hub.emission.periode", "200ms");
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** A property of the hub, given on its command line from the next start on. */
    public HubProcess set(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /**
     * Moves its store.
     *
     * @param base {@code h2}, in its data folder; {@code postgres}, a server that lives as long as this object
     */
    public HubProcess on(String base) throws IOException {
        if (base.equals("postgres")) {
            postgres = EmbeddedPostgres.builder().start();
            store(postgres.getJdbcUrl("postgres", "postgres"));
        } else if (!base.equals("h2")) {
            throw new IllegalArgumentException("h2 or postgres, not " + base);
        }
        return this;
    }

    /** Moves its store to a PostgreSQL that someone else runs. */
    public HubProcess store(String jdbcUrl) {
        return set("spring.datasource.url", jdbcUrl)
                .set("spring.datasource.username", "postgres")
                .set("spring.datasource.password", "postgres");
    }

    /** An option of its JVM, e.g. {@code -Xmx256m}. */
    public HubProcess jvm(String option) {
        jvm.add(option);
        return this;
    }

    /** Takes these options alone: tests start fast, measures run at full speed. */
    public HubProcess jvmOnly(String... options) {
        jvm.clear();
        jvm.addAll(List.of(options));
        return this;
    }

    /** The process as the operating system knows it. */
    public long pid() {
        return process.pid();
    }

    /** Starts it without waiting for anything. */
    public HubProcess start() {
        Path jar =
                Path.of(System.getProperty("hub.jar", "target/interop-hub.jar")).toAbsolutePath();
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException("package the hub first: no " + jar);
        }
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvm);
        command.add("-jar");
        command.add(jar.toString());
        properties.forEach((property, value) -> command.add("--" + property + "=" + value));
        try {
            Files.createDirectories(folder);
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Waits until it says that it is ready; fails at once if it has died. */
    public HubProcess awaitReady() {
        HttpRequest readiness = HttpRequest.newBuilder(URI.create(
                        "http://127.0.0.1:%d/actuator/health/readiness".formatted(port("management.server.port"))))
                .timeout(Duration.ofSeconds(5))
                .build();
        await("readiness, see " + log())
                .atMost(READY)
                .pollInterval(Duration.ofMillis(100))
                .failFast("the hub has died, see " + log(), () -> !process.isAlive())
                .ignoreExceptionsInstanceOf(IOException.class)
                .until(() -> http.send(readiness, BodyHandlers.discarding()).statusCode() == 200);
        return this;
    }

    public boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** SIGKILL: nothing in it has a chance to finish. */
    public void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    /**
     * SIGTERM, and waits for its end.
     *
     * @return its exit code, or empty if it is still alive after the limit
     */
    public Integer terminate(Duration limit) throws InterruptedException {
        process.destroy();
        return process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : null;
    }

    public int port(String property) {
        return ports.get(property);
    }

    public int sftpPort() {
        return port("hub.sftp.port");
    }

    /** Where REST, SOAP and the console answer. */
    public URI url() {
        return URI.create("http://127.0.0.1:" + port("server.port"));
    }

    public HubApi api(String key) {
        return new HubApi(url(), key);
    }

    /** Where everything of it is kept, its data in {@code data}. */
    public Path folder() {
        return folder;
    }

    /** Everything that it has printed, over all its lives. */
    public Path log() {
        return folder.resolve("hub.log");
    }

    public String readLog() throws IOException {
        return Files.readString(log(), StandardCharsets.UTF_8);
    }

    /** Kills what is left of it; data and log stay. */
    @Override
    public void close() throws IOException {
        kill();
        Runtime.getRuntime().removeShutdownHook(lastResort);
        if (postgres != null) {
            postgres.close();
        }
    }

    /**
     * A port that is free and stays so while the hub is down: below those that the system gives to outgoing connections,
     * and never the same twice.
     */
    static int freePort() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            if (GIVEN.add(port)) {
                try (ServerSocket socket = new ServerSocket(port)) {
                    return socket.getLocalPort();
                } catch (IOException taken) {
                    // another one then
                }
            }
        }
        throw new IllegalStateException("no free port");
    }
}
