package fr.interophub;

import fr.interophub.bacasable.Portes;
import fr.interophub.transport.sftp.SftpServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** A whole hub in this JVM, on ports and a store of its own, with every door open. */
public final class HubEnMarche implements AutoCloseable {

    private final EmbeddedPostgres postgres;
    private final ConfigurableApplicationContext context;
    private final int jms;

    /**
     * @param base {@code h2} or {@code postgres}
     * @param properties more settings, {@code --name=value}
     */
    public static HubEnMarche start(String base, String... properties) {
        return start(base, Optional.empty(), properties);
    }

    /** The same, its clock being ours. */
    public static HubEnMarche start(String base, Clock clock, String... properties) {
        return start(base, Optional.of(clock), properties);
    }

    private static HubEnMarche start(String base, Optional<Clock> clock, String... properties) {
        try {
            EmbeddedPostgres postgres = base.equals("postgres") ? EmbeddedPostgres.start() : null;
            return new HubEnMarche(postgres, clock, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HubEnMarche(EmbeddedPostgres postgres, Optional<Clock> clock, String... properties) throws IOException {
        this.postgres = postgres;
        this.jms = freePort();
        Path data = Path.of("target", "hubs", UUID.randomUUID().toString()).toAbsolutePath();
        // On the command line, which outranks application-demo.yml.
        List<String> args = new ArrayList<>(List.of(
                "--hub.data=" + data,
                "--server.port=0",
                "--management.server.port=0",
                "--hub.sftp.port=0",
                "--hub.jms.port=" + jms,
                "--hub.sftp.stabilite=50ms",
                "--hub.emission.periode=50ms",
                "--hub.releve=50",
                "--hub.bacasable.actif=false"));
        if (postgres != null) {
            args.add("--spring.datasource.url=" + postgres.getJdbcUrl("postgres", "postgres"));
            args.add("--spring.datasource.username=postgres");
        }
        for (String property : properties) {
            String name = property.substring(0, property.indexOf('=') + 1);
            args.removeIf(ours -> ours.startsWith(name));
            args.add(property);
        }
        SpringApplicationBuilder hub = new SpringApplicationBuilder(HubApplication.class);
        clock.ifPresent(ours -> hub.initializers(fresh -> ((GenericApplicationContext) fresh)
                .registerBean("horloge", Clock.class, () -> ours, bean -> bean.setPrimary(true))));
        this.context = hub.run(args.toArray(String[]::new));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public ConfigurableApplicationContext context() {
        return context;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
    }

    /** The doors as the demo's two operators know them. */
    public Portes portes() {
        return new Portes(
                "127.0.0.1",
                context.getBean(SftpServer.class).port(),
                null,
                url(),
                "OIDE",
                "demo-si",
                "demo-oi",
                List.of(
                        new Portes.Compte("OCXA", "ocxa", "demo-ocxa"),
                        new Portes.Compte("OCXB", "ocxb", "demo-ocxb")));
    }

    /** The broker's address. */
    public String broker() {
        return "tcp://127.0.0.1:" + jms;
    }

    @Override
    public void close() {
        context.close();
        if (postgres != null) {
            try {
                postgres.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
