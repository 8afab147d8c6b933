package fr.interophub.bench;

import fr.interophub.crash.HubProcess;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Orders.Order;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.postgresql.PGConnection;

/**
 * The referential: a register of routes optiques from its file to the committed register, beside a bare COPY of the same file into
 * a table without index; and a file of Cmd_Acces lines from the moment it is dropped to the last CR line in {@code sortant/}, beside
 * the bare work of their AR ({@link Baseline}).
 */
public final class ReferentielBench {

    private static final Path WORK = Path.of("target/bench").toAbsolutePath();
    private static final String HEAP = "256m";
    private static final int ROUTES_PAR_PBO = 50;
    private static final int PBOS_PAR_PM = 200;
    private static final int WARM_UP = 6_000;

    private final int routes;
    private final int orders;

    private ReferentielBench(int routes, int orders) {
        this.routes = routes;
        this.orders = orders;
    }

    public static void main(String[] args) throws Exception {
        new ReferentielBench(
                        args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000,
                        args.length > 1 ? Integer.parseInt(args[1]) : 100_000)
                .run();
    }

    private interface Rows {
        void write(BufferedWriter out) throws IOException;
    }

    private static Path file(String name, String header, Rows rows) throws IOException {
        Path file = WORK.resolve(name);
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            out.write(header + "\n");
            rows.write(out);
        }
        return file;
    }

    private int pbos() {
        return Math.max(1, routes / ROUTES_PAR_PBO);
    }

    private static String pm(int pbo) {
        return "PM-%04d".formatted(pbo / PBOS_PAR_PM);
    }

    private void run() throws Exception {
        Files.createDirectories(WORK);
        int pms = (pbos() - 1) / PBOS_PAR_PM + 1;
        try (EmbeddedPostgres postgres = Machine.durable();
                HubProcess hub = new HubProcess(WORK.resolve("hub"))
                        .store(Machine.database(postgres, "hub"))
                        .set("hub.si.mode", "integre")
                        .jvmOnly("-Xmx" + HEAP)
                        .start()
                        .awaitReady()) {
            load(hub, "PM", file("pm.csv", "ReferencePm;EtatPm;TypeIngenierie;NombreLogementsPm", out -> {
                for (int i = 0; i < pms; i++) {
                    out.write("PM-%04d;DEPLOYE;MONO;10000\n".formatted(i));
                }
            }));
            load(
                    hub,
                    "PrestationPm",
                    file("prestation.csv", "ReferencePrestationPm;Operateur;ReferencePm;Financement", out -> {
                        for (int i = 0; i < pms; i++) {
                            for (String oc : new String[] {"OCXA", "OCXB"}) {
                                out.write("%1$s-PM-%2$04d;%1$s;PM-%2$04d;COFI-LOCA\n".formatted(oc, i));
                            }
                        }
                    }));
            load(hub, "ModulePm", file("module.csv", "ReferencePm;NomModulePm", out -> {
                for (int i = 0; i < pms; i++) {
                    out.write("PM-%04d;MOD-01\n".formatted(i));
                }
            }));
            load(hub, "PBO", file("pbo.csv", "ReferencePBO;ReferencePm;LocalisationPBO", out -> {
                for (int i = 0; i < pbos(); i++) {
                    out.write("PBO-%06d;%s;Palier\n".formatted(i, pm(i)));
                }
            }));
            load(hub, "CablePBO", file("cable.csv", "ReferenceCablePBO;ReferencePm", out -> {
                for (int i = 0; i < pbos(); i++) {
                    out.write("CAB-%06d;%s\n".formatted(i, pm(i)));
                }
            }));
            load(
                    hub,
                    "Immeuble",
                    file(
                            "immeuble.csv",
                            "IdentifiantImmeuble;CodeAdresseImmeuble;CodeInseeImmeuble;NumeroVoieImmeuble;EtatImmeuble;ReferencePm;"
                                    + "ReferencePBO;Adduction;CodeVoieRivoliImmeuble",
                            out -> {
                                for (int i = 0; i < pbos(); i++) {
                                    out.write("IMB-%1$06d;HX%1$08d;64445;1;DEPLOYE;%2$s;PBO-%1$06d;O;\n"
                                            .formatted(i, pm(i)));
                                }
                            }));
            load(hub, "PTO", file("pto.csv", "ReferencePrise;IdentifiantImmeuble;ReferencePBO", out -> {
                for (int i = 0; i < pbos(); i++) {
                    out.write("FI-%1$04d-%2$04d;IMB-%3$06d;PBO-%3$06d\n".formatted(i / 10_000, i % 10_000, i));
                }
            }));
            report(hub, postgres, routeFile());
        }
    }

    /** One route in fifty ends at a socket. */
    private Path routeFile() throws IOException {
        return file(
                "routes.csv",
                "ReferencePm;NomModulePm;PositionModulePm;ReferenceCableModulePm;InformationTubeModulePm;"
                        + "InformationFibreModulePm;ReferencePBO;ReferenceCablePBO;InformationTubePBO;InformationFibrePBO;"
                        + "ReferencePrise;ConnecteurPriseNumero;ConnecteurPriseCouleur;Utilisation;OperateurDedie",
                out -> {
                    for (int i = 0; i < routes; i++) {
                        int pbo = i / ROUTES_PAR_PBO;
                        boolean used = i % ROUTES_PAR_PBO == 0;
                        out.write(
                                "%s;MOD-01;Tiroir %d/Connecteur %07d;CAB-M;%d;%d;PBO-%06d;CAB-%06d;Rouge;F%d;%s;%s;;%s;\n"
                                        .formatted(
                                                pm(pbo),
                                                i / 144,
                                                i,
                                                i / 12 % 12,
                                                i % 12,
                                                pbo,
                                                pbo,
                                                i % 12,
                                                used ? "FI-%04d-%04d".formatted(pbo / 10_000, pbo % 10_000) : "",
                                                used ? "1" : "",
                                                used ? "OUI" : "NON"));
                    }
                });
    }

    private void report(HubProcess hub, EmbeddedPostgres postgres, Path routesFile) throws Exception {
        Heap heap = new Heap(hub);
        double seconds = load(hub, "RouteOptique", routesFile);
        double heapOfLoad = heap.end();
        double bare = copy(postgres, routesFile);
        double again = load(hub, "RouteOptique", routesFile);

        Path folder = WORK.resolve("hub");
        Depot.drop(hub, "ocxb", orders("OCXB", "warm", WARM_UP));
        Attente.lines(folder.resolve("data/sftp/OCXB/sortant"), "_CrCMD_", WARM_UP);
        Path file = orders("OCXA", "cmd", orders);
        Depot upload = new Depot(hub, "ocxa", file);
        heap = new Heap(hub);
        double hubCpu = Machine.cpu(hub.pid());
        Instant begin = upload.release();
        Path sortant = folder.resolve("data/sftp/OCXA/sortant");
        Instant acknowledged = Attente.lines(sortant, "_ARCMD_", orders);
        Instant answered = Attente.lines(sortant, "_CrCMD_", orders);
        double heapOfOrders = heap.end();
        double cpu = Machine.cpu(hub.pid()) - hubCpu;
        long refused = refused(postgres);
        double baseline = orders / Baseline.run(postgres, file, WORK.resolve("ar.csv"));
        String text =
                "Written by `bench/run-referentiel`. PostgreSQL (embedded, `fsync=on`, 1 GB of buffers) on the same machine; the hub"
                        + " with `-Xmx" + HEAP + "`.\n\n" + Machine.describe() + "\n\n"
                        + "The register of routes optiques (15 columns), from the first byte of the request to its answer: checked line by line"
                        + " and against five registers, committed, its three indexes with it. The baseline is one COPY of the same file into a"
                        + " table without index nor check.\n\n"
                        + "| routes | hub rows/s | the same file again, rows/s | peak heap (MB) | bare COPY rows/s | hub / bare |\n"
                        + "|---|---|---|---|---|---|\n"
                        + String.format(
                                Locale.ROOT,
                                "| %,d | %,.0f | %,.0f | %.0f | %,.0f | %.2f |%n%n",
                                routes,
                                routes / seconds,
                                routes / again,
                                heapOfLoad,
                                routes / bare,
                                bare / seconds)
                        + "A file of Cmd_Acces lines in mode `integre` (in turn: model OC to build, model STOC to build, model OC with a"
                        + " socket that is there, known or not), from the rename in `entrant/` to the last line in `sortant/`. The baseline does the bare work of the AR"
                        + " alone (see above); nothing bare answers a CR.\n\n"
                        + "| orders | to the last AR, orders/s | to the last CR, orders/s | refused | peak heap (MB) | hub CPU µs/order |"
                        + " baseline (AR alone) orders/s |\n|---|---|---|---|---|---|---|\n"
                        + String.format(
                                Locale.ROOT,
                                "| %,d | %,.0f | %,.0f | %,d | %.0f | %.0f | %,.0f |%n",
                                orders,
                                orders / seconds(begin, acknowledged),
                                orders / seconds(begin, answered),
                                refused,
                                heapOfOrders,
                                cpu * 1e6 / orders,
                                baseline);
        Report.write("Referential", text);
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }

    private Path orders(String oc, String prefix, int many) throws IOException {
        return file(prefix + ".csv", Orders.HEADER, out -> {
            for (int i = 0; i < many; i++) {
                int pbo = (int) (i * 7919L % pbos());
                boolean known = i % 3 == 2;
                Order order = Orders.order(oc, prefix, i)
                        .with("TypeRacco", i % 3 == 1 ? "STOC" : "OC")
                        .with("IdRdv", "")
                        .with("DateInstall", "")
                        .with("CodeAdresseImmeuble", "HX%08d".formatted(pbo))
                        .with("ReferencePm", pm(pbo))
                        .with("ReferencePrestationPm", oc + "-" + pm(pbo))
                        .with("PriseExistante", known ? "O" : "N")
                        .with(
                                "ReferencePrise",
                                known && i / 3 < pbos() ? "FI-%04d-%04d".formatted(pbo / 10_000, pbo % 10_000) : "");
                out.write(order.line() + "\n");
            }
        });
    }

    private static long refused(EmbeddedPostgres postgres) throws SQLException {
        try (Connection connection = postgres.getDatabase("postgres", "hub").getConnection();
                var row = connection
                        .createStatement()
                        .executeQuery(
                                "select count(*) from dossier where operateur = 'OCXA' and etat = 'REJETEE_CR'")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** @return seconds */
    private static double load(HubProcess hub, String registre, Path file) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:%d/api/v1/infra/%s".formatted(hub.port("server.port"), registre)))
                .header("X-Api-Key", "demo-oi")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofFile(file))
                .build();
        long begin = System.nanoTime();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(registre + " : " + answer.statusCode() + " " + answer.body());
        }
        return seconds;
    }

    /** @return seconds that one COPY of the file takes, committed */
    private static double copy(EmbeddedPostgres postgres, Path file) throws Exception {
        try (Connection connection = postgres.getDatabase("postgres", "hub").getConnection();
                InputStream bytes = Files.newInputStream(file)) {
            connection
                    .createStatement()
                    .execute(
                            "create table nu (c1 text, c2 text, c3 text, c4 text, c5 text, c6 text, c7 text, c8 text, c9 text, c10"
                                    + " text, c11 text, c12 text, c13 text, c14 text, c15 text)");
            long begin = System.nanoTime();
            connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy nu from stdin (format csv, delimiter ';', header)", bytes);
            double seconds = (System.nanoTime() - begin) / 1e9;
            connection.createStatement().execute("drop table nu");
            return seconds;
        }
    }
}
