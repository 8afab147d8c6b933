package fr.interophub.bench;

import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.bench.Loader.Measure;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.HubProcess;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.HdrHistogram.Histogram;
import org.flywaydb.core.Flyway;
import org.slf4j.LoggerFactory;

/**
 * Creations of trouble tickets, each on an access of its own, over {@link Loader}'s connections: how many a second the hub
 * makes durable beside a bare application ({@link BareCxf}) in the same run, how long each takes at a constant rate, what it
 * costs; and whether an OC whose service hangs slows what the others are told.
 */
public final class SavBench {

    private static final Path WORK = Path.of("target/bench").toAbsolutePath();
    private static final String HEAP = "-Xmx256m";
    private static final int ROUNDS = 3;
    private static final double P99_MAX_MS = 70;
    private static final double[] SHARES = {0.9, 0.8, 0.7, 0.6, 0.5, 0.4};
    private static final int HANGING_PAIRS = 5;
    private static final double DECISIONS = 50;
    private static final Predicate<String> CREATED = answer -> answer.contains("returnCode>0<");
    private static final Predicate<String> DECIDED = answer -> answer.contains("\"verdict\":\"OK\"");
    private static final String SOAP = "Content-Type: text/xml;charset=UTF-8\r\n";

    /** What the load runs on; a number's parity tells its OC, so that no one's rows are alone. */
    private static final String[] OCS = {"OCXA", "OCXB"};

    private final Duration constant;
    private final Duration round;
    private final String[][] envelopes = {envelope("ocxa", "910000009"), envelope("ocxb", "920000007")};
    private final StringBuilder report = new StringBuilder();

    private SavBench(Duration constant) throws IOException {
        this.constant = constant;
        this.round = constant.dividedBy(18);
    }

    /** @param args how many seconds the constant rate lasts, and everything else in proportion; 180 if not told */
    public static void main(String[] args) throws Exception {
        ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        new SavBench(Duration.ofSeconds(args.length == 0 ? 180 : Integer.parseInt(args[0]))).run();
    }

    private static String[] envelope(String login, String siren) throws IOException {
        return Files.readString(Path.of("samples/sav-2.1/messages/01-create-no-rdv.xml"))
                .replace("111111111", siren)
                .replace("222222222", "900000001")
                .replace("sample-login", login)
                .replace("sample-password", "demo-" + login)
                .replace("PREST-0001", "PREST-#")
                .replace("FI-AAAA-0001", "PTO-#")
                .replace("OC-0001", "OC-#")
                .split("#");
    }

    private String creation(long n) {
        return String.join(Long.toString(n), envelopes[(int) (n % 2)]);
    }

    private void run() throws Exception {
        Files.createDirectories(WORK);
        try (EmbeddedPostgres postgres = Machine.durable();
                HubProcess hub = new HubProcess(WORK.resolve("hub"))
                        .store(Machine.database(postgres, "hub"))
                        .jvmOnly(HEAP)
                        .start()
                        .awaitReady();
                Bare bare = new Bare(Machine.database(postgres, "bare"))) {
            declare(postgres);
            bare.refuses(creation(1).replace("2015-01-12T", "2015-13-12T"));
            Loader hubLoad = loader(hub.url());
            Loader bareLoad = loader(bare.url());
            say("warming up");
            whole(hubLoad.flatOut(round.multipliedBy(6)));
            whole(bareLoad.flatOut(round.multipliedBy(6)));
            double capacity = compare(hubLoad, bareLoad);
            bare.close();
            atConstantRate(hubLoad, capacity, hub, postgres);
            hanging(hub, postgres);
        }
        Report.write(
                "SAV",
                "Written by `bench/run-sav`. createTroubleTicketByValue (2.1, login header) over 16 connections kept open,"
                        + " each ticket on an access of its own, durable when it is answered; PostgreSQL (embedded,"
                        + " `fsync=on`, 1 GB of buffers) and the loader on the same machine; the hub with `" + HEAP
                        + "`. The bare application, with as much: CXF in Tomcat over the same WSDL, the schema checked, one"
                        + " transaction with the same number of rows; it looks nothing up and judges nothing.\n\n"
                        + Machine.describe() + "\n\n" + report);
    }

    private static void say(String what) {
        System.out.println(what);
    }

    private Loader loader(URI base) {
        return new Loader(base.resolve("/services/sav/v2.1"), SOAP, (n, due) -> creation(n), CREATED);
    }

    /** Accesses in service, as many as the longest run at twice the aim could want. */
    private void declare(EmbeddedPostgres postgres) throws SQLException {
        long many = 4_000 * (constant.toSeconds() + 120);
        try (Connection connection = postgres.getDatabase("postgres", "hub").getConnection();
                var statement = connection.createStatement()) {
            statement.execute(("insert into acces (operateur, prestation, prestation_maj, prise, prise_maj, date_mes,"
                            + " partagee, etat, modifie_le) select case n %% 2 when 0 then '%s' else '%s' end, 'PREST-' || n,"
                            + " 'PREST-' || n, 'PTO-' || n, 'PTO-' || n, now(), true, 'EN_SERVICE', now()"
                            + " from generate_series(1, %d) n")
                    .formatted(OCS[0], OCS[1], many));
            statement.execute("analyze acces");
        }
    }

    /** Both flat out, in turns. */
    private double compare(Loader hub, Loader bare) throws InterruptedException {
        List<Double> hubs = new ArrayList<>();
        List<Double> bares = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            hubs.add(whole(hub.flatOut(round)).rate());
            bares.add(whole(bare.flatOut(round)).rate());
            ratios.add(hubs.get(i) / bares.get(i));
            say("flat out: hub %.0f/s, bare %.0f/s".formatted(hubs.get(i), bares.get(i)));
        }
        report.append("| flat out, median of %d turns | creations/s |%n|---|---|%n".formatted(ROUNDS));
        report.append(String.format(Locale.ROOT, "| hub | %,.0f |%n", median(hubs)));
        report.append(String.format(Locale.ROOT, "| bare application | %,.0f |%n", median(bares)));
        report.append(String.format(
                Locale.ROOT, "| hub / bare application, median of the turns | %.2f |%n%n", median(ratios)));
        return median(hubs);
    }

    /** The highest share of what it does flat out at which it keeps the pace and its p99, then long at that. */
    private void atConstantRate(Loader load, double capacity, HubProcess hub, EmbeddedPostgres postgres)
            throws InterruptedException, SQLException {
        double rate = 0;
        for (double share : SHARES) {
            rate = Math.ceil(capacity * share / 10) * 10;
            Measure tried = load.constant(rate, round);
            say("%.0f/s: p50 %.1f ms, p99 %.1f ms, %d not sent"
                    .formatted(rate, tried.ms(50), tried.ms(99), tried.missed()));
            if (tried.whole() && tried.ms(99) <= P99_MAX_MS * 0.8) {
                break;
            }
        }
        double hubCpu = Machine.cpu(hub.pid());
        Map<Long, Double> postgresCpu = Machine.cpu(postgres);
        Measure measure = load.constant(rate, constant);
        hubCpu = Machine.cpu(hub.pid()) - hubCpu;
        double postgresSeconds = Machine.since(postgresCpu, postgres);
        double messages = measure.latencies().getTotalCount();
        report.append(
                "| constant rate | duration (s) | durable creations/s | p50 (ms) | p99 (ms) | p99.9 (ms) | max (ms) |"
                        + " refused or not sent | hub CPU ms/message | PostgreSQL CPU ms/message |\n"
                        + "|---|---|---|---|---|---|---|---|---|---|\n");
        report.append(String.format(
                Locale.ROOT,
                "| %,.0f/s | %d | %,.0f | %.1f | %.1f | %.1f | %.0f | %d | %.2f | %.2f |%n%n",
                rate,
                constant.toSeconds(),
                measure.rate(),
                measure.ms(50),
                measure.ms(99),
                measure.ms(99.9),
                measure.ms(100),
                measure.refused() + measure.missed(),
                hubCpu * 1000 / messages,
                postgresSeconds * 1000 / messages));
    }

    /**
     * Décisions for two OCs at a constant rate, half of them for one whose service hangs or does not, in turns: what the other is
     * told, from the instant the SI should have decided to its arrival.
     */
    private void hanging(HubProcess hub, EmbeddedPostgres postgres) throws Exception {
        try (OcServices services = new OcServices()) {
            HubApi api = hub.api("demo-oi");
            contract(api, "OCXA", services.url("hanging"));
            contract(api, "OCXB", services.url("prompt"));
            List<Iterator<String>> tickets = List.of(tickets(postgres, "OCXA"), tickets(postgres, "OCXB"));
            Loader decisions = new Loader(
                    hub.url().resolve("/api/v1/si/decisions"),
                    "Content-Type: application/json\r\nX-Api-Key: demo-si\r\n",
                    (n, due) -> decision(services, tickets, n, due),
                    DECIDED);
            told(services, decisions, postgres);
            List<Double> without = new ArrayList<>();
            List<Double> with = new ArrayList<>();
            List<Double> ratios = new ArrayList<>();
            for (int i = 0; i < HANGING_PAIRS; i++) {
                without.add(told(services, decisions, postgres));
                services.hang();
                with.add(told(services, decisions, postgres));
                services.release();
                ratios.add(with.get(i) / without.get(i));
                say("p99 of the other OC: %.1f ms, %.1f ms while one hangs".formatted(without.get(i), with.get(i)));
            }
            report.append(
                    "| one OC's service hangs 30 s, median of %d turns | p99 of the notifications of the other |%n|---|---|%n"
                            .formatted(HANGING_PAIRS));
            report.append(String.format(Locale.ROOT, "| it does not | %.1f ms |%n", median(without)));
            report.append(String.format(Locale.ROOT, "| it does | %.1f ms |%n", median(with)));
            report.append(
                    String.format(Locale.ROOT, "| with / without, median of the turns | %.2f |%n", median(ratios)));
        }
    }

    private static void contract(HubApi api, String code, String url) throws IOException {
        ObjectNode sheet = (ObjectNode) api.get("/api/v1/operateurs/" + code).json();
        ObjectNode contract = sheet.withObject("/contrat");
        contract.withObject("/sav").put("url", url);
        HubApi.Reply reply = api.put("/api/v1/operateurs/" + code, sheet);
        if (reply.status() != 200) {
            throw new IllegalStateException(reply.body());
        }
    }

    private static Iterator<String> tickets(EmbeddedPostgres postgres, String code) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (Connection connection = postgres.getDatabase("postgres", "hub").getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery(
                                "select valeur from reference where champ = 'troubleTicketKey' and dossier_id in (select"
                                        + " id from dossier where operateur = '" + code
                                        + "' order by id desc limit 5000)")) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys.iterator();
    }

    private static String decision(OcServices services, List<Iterator<String>> tickets, long n, long due) {
        int oc = (int) (n % 2);
        String key;
        synchronized (tickets) {
            key = tickets.get(oc).next();
        }
        if (oc == 1) {
            services.expect(key, due);
        }
        return ("[{\"id\":\"B-%d\",\"operateur\":\"%s\",\"flux\":\"CASE SOLVING NOTIFICATION\",\"champs\":"
                        + "{\"troubleTicketKey\":\"%s\",\"supplierUnit\":\"SAV NORD\"}}]")
                .formatted(n, OCS[oc], key);
    }

    /** @return the p99 of one run, ms; what was still to be said to the other OC is then dropped */
    private double told(OcServices services, Loader decisions, EmbeddedPostgres postgres) throws Exception {
        whole(decisions.constant(DECISIONS * 2, round.multipliedBy(2).dividedBy(3)));
        await().atMost(Duration.ofSeconds(60)).until(() -> services.awaited() == 0);
        try (Connection connection = postgres.getDatabase("postgres", "hub").getConnection();
                var statement = connection.createStatement()) {
            statement.execute("delete from notification_a_emettre");
        }
        Histogram arrivals = services.arrivals();
        return arrivals.getValueAtPercentile(99) / 1000.0;
    }

    private static Measure whole(Measure measure) {
        if (!measure.whole()) {
            throw new IllegalStateException(measure.refused() + " refused, " + measure.missed() + " not sent");
        }
        return measure;
    }

    private static double median(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }

    /** The bare application in a process of its own. */
    private static final class Bare implements AutoCloseable {

        private final Process process;
        private final int port;

        Bare(String database) throws IOException {
            Flyway.configure()
                    .dataSource(database, "postgres", "postgres")
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
            try (ServerSocket free = new ServerSocket(0)) {
                port = free.getLocalPort();
            }
            process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            HEAP,
                            "-cp",
                            System.getProperty("java.class.path"),
                            BareCxf.class.getName(),
                            Integer.toString(port),
                            database,
                            WORK.resolve("bare").toString())
                    .redirectErrorStream(true)
                    .redirectOutput(WORK.resolve("bare.log").toFile())
                    .start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
            await("the bare application, see target/bench/bare.log")
                    .atMost(Duration.ofSeconds(60))
                    .failFast(() -> !process.isAlive())
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        new Socket("127.0.0.1", port).close();
                        return true;
                    });
        }

        URI url() {
            return URI.create("http://127.0.0.1:" + port);
        }

        /** It checks the schema, or the comparison would be unfair. */
        void refuses(String envelope) throws Exception {
            String answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(url().resolve("/services/sav/v2.1"))
                                    .header("Content-Type", "text/xml;charset=UTF-8")
                                    .POST(BodyPublishers.ofString(envelope))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            if (!answer.contains("Fault>")) {
                throw new IllegalStateException("the schema is not checked: " + answer);
            }
        }

        @Override
        public void close() {
            process.destroyForcibly().onExit().join();
        }
    }
}
