package fr.interophub.transport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.OcClient;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Orders.Order;
import fr.interophub.suivi.JdbcAlertes;
import fr.interophub.transport.sftp.SftpServer;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** {@code -Droutes.changements} says how many changes ({@code -Pcrash}: a hundred). */
@DisplayName("The drawings of a running hub, changed again and again")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoutesVivesIT {

    private static final int CHANGEMENTS = Integer.getInteger("routes.changements", 15);

    /** Twenty orders every tenth of a second: two hundred a second. */
    private static final int PAR_FICHIER = 20;

    private static final long RYTHME_MS = 100;
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final Path HUB = Path.of("src/main/resources/routes");
    private static final Path EXEMPLES = Path.of("samples/routes");
    private static final String AUTRE_SI = "site.autre-si.demandes";

    /** The form of a demande that no sample has changed. */
    private static final String DU_HUB = "hub";

    /** Each drawing that orders go through, and a change that makes another route of it every time, or takes it away. */
    private static final List<Retouche> RETOUCHES = List.of(
            sample("champ-de-table", "AgenceTravaux", (text, n) -> before(text, "siJson, method: write", n)),
            hub("entree-acces", (text, n) -> before(text, "(guichet|travaux), method: (open|close|nextReceived)", n)),
            sample(
                    "autre-si",
                    AUTRE_SI,
                    (text, n) -> before(text, "siJson, method: write", n).replace("OCXB", "OCXA")),
            hub("si-jms", (text, n) -> before(text, "(travaux|siJson), method: [a-zA-Z]+", n)),
            sample("eligibilite", "Eligible", (text, n) -> before(text, "siJson, method: write", n)),
            hub("releve", (text, n) -> before(text, "reception, method: receive", n)),
            sample("xml-ancien", "FTTH_ORDER", (text, n) -> before(text, "atelier, method: xml", n)),
            hub("sortie-acces", (text, n) -> before(text, "travaux, method: [a-zA-Z]+", n)),
            sample("xml-ancien", DU_HUB, (text, n) -> null),
            hub("filet", (text, n) -> text.replace("en panne", "en panne (" + n + ")")),
            hub("si", (text, n) -> before(text, "travaux, method: number", n)),
            hub("entree-acces", (text, n) -> null));

    @TempDir
    private static Path dossier;

    private final Map<String, Order> orders = new ConcurrentHashMap<>();

    /** The ids of the demandes about each order. */
    private final Map<String, Set<String>> demandes = new ConcurrentHashMap<>();

    /** The forms in which demandes have come. */
    private final Set<String> formes = ConcurrentHashMap.newKeySet();

    private ServiceEligibilite eligibilite;
    private HubEnMarche hub;

    private interface Change {
        String of(String text, int n);
    }

    /** @param forme how the SI sees it at work, or null */
    private record Retouche(Path fichier, String forme, Change change) {

        private void draw(int n) throws IOException {
            String drawn = Files.readString(fichier);
            String changed = change.of(drawn, n);
            assertThat(changed).as(fichier.toString()).isNotEqualTo(drawn);
            if (changed == null) {
                Files.delete(place());
            } else {
                Files.writeString(place(), changed);
            }
        }

        private Path place() {
            return dossier.resolve(fichier.getFileName());
        }
    }

    private static Retouche hub(String nom, Change change) {
        return new Retouche(HUB.resolve(nom + Dessin.SUFFIXE), null, change);
    }

    private static Retouche sample(String nom, String forme, Change change) {
        return new Retouche(EXEMPLES.resolve(nom).resolve("si-demande-jms" + Dessin.SUFFIXE), forme, change);
    }

    /** A stroke more before each call of a verb. */
    private static String before(String text, String verb, int n) {
        return text.replaceAll("( +)- bean: \\{ ref: " + verb + " }", "$1" + header(n) + "\n$0");
    }

    private static String header(int n) {
        return "- setHeader: { name: retouche, expression: { constant: { expression: \"" + n + "\" } } }";
    }

    @BeforeAll
    void start() throws IOException {
        Path tables = Files.createDirectory(dossier.resolve("tables"));
        Files.copy(EXEMPLES.resolve("champ-de-table/tables/agences.csv"), tables.resolve("agences.csv"));
        Files.copy(EXEMPLES.resolve("xml-ancien/demande.xsl"), dossier.resolve("demande.xsl"));
        Path faulty = dossier.resolve("veille.camel.yaml");
        Files.writeString(
                faulty, Files.readString(HUB.resolve("veille.camel.yaml")).replace("method: watch", "method: wacht"));

        eligibilite = new ServiceEligibilite();
        hub = HubEnMarche.start("h2", "--hub.si.mode=jms", "--hub.routes=" + dossier, eligibilite.reglage());

        assertThat(alertes())
                .singleElement()
                .asString()
                .contains("veille.camel.yaml", "boites n'a pas de méthode wacht");
        Files.delete(faulty);
        looks();
        assertThat(alertes()).isEmpty();
    }

    @AfterAll
    void stop() {
        hub.close();
        eligibilite.close();
    }

    private List<JdbcAlertes.Alerte> alertes() {
        return hub.context().getBean(JdbcAlertes.class).list(10);
    }

    private void looks() {
        RoutesEnDossier routes = hub.context().getBean(RoutesEnDossier.class);
        routes.look();
        routes.look();
    }

    @Test
    @DisplayName("changed while two hundred orders a second go through: none is lost, none is answered twice")
    void whileOrdersGoThrough() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try (OcClient oc = new OcClient(hub.context().getBean(SftpServer.class).port(), "ocxa", "demo-ocxa")) {
            CompletableFuture<Void> si = CompletableFuture.runAsync(() -> answer(done));
            ScheduledFuture<?> drops = clock.scheduleAtFixedRate(() -> drop(oc), 0, RYTHME_MS, TimeUnit.MILLISECONDS);
            for (int n = 1; n <= CHANGEMENTS; n++) {
                Retouche one = RETOUCHES.get((n - 1) % RETOUCHES.size());
                one.draw(n);
                looks();
                assertThat(alertes()).as("change %d, of %s", n, one.fichier()).isEmpty();
                formes.clear();
                int before = orders.size();
                Awaitility.await("change %d, of %s".formatted(n, one.fichier()))
                        .atMost(LIMIT)
                        .failFast(() -> drops.isDone() || si.isDone())
                        .until(() -> one.forme() == null ? orders.size() > before : formes.contains(one.forme()));
            }
            clock.shutdown();
            assertThat(clock.awaitTermination(LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
            Awaitility.await()
                    .atMost(LIMIT)
                    .untilAsserted(
                            () -> assertThat(count(oc.collect(), "CrCMD")).hasSameSizeAs(orders));
            done.set(true);
            si.get(LIMIT.toSeconds(), TimeUnit.SECONDS);

            Map<String, Integer> once = new HashMap<>();
            orders.keySet().forEach(reference -> once.put(reference, 1));
            assertThat(count(oc.collect(), "ARCMD")).isEqualTo(once);
            assertThat(count(oc.collected(), "CrCMD")).isEqualTo(once);
            assertThat(demandes).as("each order is one demande").containsOnlyKeys(orders.keySet());
            assertThat(demandes.values()).allMatch(ids -> ids.size() == 1);
        } finally {
            done.set(true);
            clock.shutdownNow();
        }
        assertThat(alertes()).isEmpty();
    }

    private void drop(OcClient oc) {
        int first = orders.size() + 1;
        List<Order> file = Orders.orders("OCXA", "VIVE", first, PAR_FICHIER);
        file.forEach(order -> orders.put(order.reference(), order));
        try {
            oc.drop("vive-" + first + ".csv", Orders.bytes(file));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void answer(AtomicBoolean done) {
        try (SiParFile si = new SiParFile(hub)) {
            while (!done.get()) {
                TextMessage message = si.receive(SiParFile.DEMANDES + "," + AUTRE_SI, 200);
                if (message != null) {
                    ObjectNode demande = read(message);
                    String id = demande.get("id").asText();
                    String reference = demande.at("/champs/ReferenceCommandePriseInterneOC")
                            .asText();
                    demandes.computeIfAbsent(reference, any -> new HashSet<>()).add(id);
                    si.decide(Orders.opinion(demande)
                            .orElseThrow()
                            .put("id", "D-" + id)
                            .toString());
                }
            }
        } catch (JMSException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an SI for each of the samples understands. */
    private ObjectNode read(TextMessage message) throws JMSException, IOException {
        String text = message.getText();
        String queue = ((Queue) message.getJMSDestination()).getQueueName();
        if (text.contains("<FTTH_ORDER>")) {
            formes.add("FTTH_ORDER");
            ObjectNode demande = HubApi.JSON.createObjectNode();
            demande.put("id", element(text, "ID"))
                    .put("operateur", element(text, "OPERATOR"))
                    .put("flux", element(text, "TYPE"));
            ObjectNode fields = demande.putObject("champs");
            Order order = orders.get(element(text, "REF"));
            Stream.of(Orders.HEADER.split(";")).forEach(name -> fields.put(name, order.get(name)));
            return demande;
        }
        ObjectNode demande = (ObjectNode) HubApi.JSON.readTree(text);
        formes.add(Stream.of("AgenceTravaux", "Eligible")
                .filter(demande.get("champs")::has)
                .findFirst()
                .orElse(queue.equals(AUTRE_SI) ? AUTRE_SI : DU_HUB));
        return demande;
    }

    private static String element(String xml, String name) {
        Matcher found =
                Pattern.compile("<%s>([^<]*)</%s>".formatted(name, name)).matcher(xml);
        assertThat(found.find()).as(xml).isTrue();
        return found.group(1);
    }

    private static Map<String, Integer> count(SortedMap<String, byte[]> files, String flux) {
        Map<String, Integer> count = new HashMap<>();
        Orders.answers(files, flux).forEach(answer -> count.merge(answer.reference(), 1, Integer::sum));
        return count;
    }

    @Test
    @DisplayName("a web service whose drawing changes answers as before")
    void webServices() throws Exception {
        List<String> before = calls();
        List<Retouche> changes = List.of(
                hub("plan-de-charge", (text, n) -> before(text, "planEntree, method: read", n)),
                hub(
                        "sav-entree",
                        (text, n) -> before(text, "savEntree, method: read", n)
                                .replaceAll("( +)- to: \\{ uri: direct:sav-appel }", "$1" + header(n) + "\n$0")));
        for (Retouche change : changes) {
            change.draw(1);
        }
        looks();
        assertThat(calls()).isEqualTo(before);
        for (Retouche change : changes) {
            Files.delete(change.place());
        }
        looks();
        assertThat(calls()).isEqualTo(before);
        assertThat(alertes()).isEmpty();
    }

    /** An envelope that each service understands as none of its own, and what it says of it. */
    private List<String> calls() throws IOException, InterruptedException {
        List<String> said = new ArrayList<>();
        for (String service : List.of("plan-de-charge", "v2.1", "v3.0")) {
            HttpRequest call = HttpRequest.newBuilder(URI.create(hub.url() + "/services/sav/" + service))
                    .header("Authorization", "Basic " + Base64.getEncoder().encodeToString("ocxa:demo-ocxa".getBytes()))
                    .header("Content-Type", "text/xml; charset=utf-8")
                    .POST(
                            HttpRequest.BodyPublishers.ofString(
                                    "<s:Envelope"
                                            + " xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body><x/></s:Body></s:Envelope>"))
                    .build();
            HttpResponse<String> answer = HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofString());
            assertThat(answer.body()).as(service).contains("Envelope");
            said.add(answer.statusCode() + " " + answer.body());
        }
        return said;
    }
}
