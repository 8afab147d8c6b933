package fr.interophub.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.activemq.broker.BrokerService;
import org.springframework.util.FileSystemUtils;

/**
 * A persistent broker in a child process, on a port of its own. It can be killed and started again on the same port and the
 * same store.
 */
final class CourtierProcess implements AutoCloseable {

    private final Path folder;
    private final int port = HubProcess.freePort();
    private final Thread lastResort = new Thread(this::kill);
    private volatile Process process;

    /**
     * @param folder where its store and its log are kept; emptied first
     */
    CourtierProcess(Path folder) throws IOException {
        this.folder = folder.toAbsolutePath();
        FileSystemUtils.deleteRecursively(this.folder);
        Files.createDirectories(this.folder);
        Runtime.getRuntime().addShutdownHook(lastResort);
    }

    /** The broker itself: its port, its folder. */
    public static void main(String[] args) throws Exception {
        BrokerService broker = new BrokerService();
        broker.setBrokerName("courtier");
        broker.setDataDirectoryFile(Path.of(args[1]).toFile());
        broker.setUseJmx(false);
        broker.setAdvisorySupport(false);
        broker.getSystemUsage().getMemoryUsage().setLimit(32L << 20);
        broker.getSystemUsage().getStoreUsage().setLimit(1L << 30);
        broker.getSystemUsage().getTempUsage().setLimit(64L << 20);
        broker.addConnector("tcp://127.0.0.1:" + args[0]);
        broker.start();
        broker.waitUntilStopped();
    }

    CourtierProcess start() {
        try {
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            CourtierProcess.class.getName(),
                            Integer.toString(port),
                            folder.resolve("data").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            folder.resolve("courtier.log").toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** Where it is met; a client waits for it while it is down. */
    String url() {
        return "failover:(tcp://127.0.0.1:%d)?useExponentialBackOff=false&initialReconnectDelay=200".formatted(port);
    }

    /** SIGKILL: nothing in it has a chance to finish. */
    void kill() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }

    @Override
    public void close() {
        kill();
        Runtime.getRuntime().removeShutdownHook(lastResort);
    }
}
