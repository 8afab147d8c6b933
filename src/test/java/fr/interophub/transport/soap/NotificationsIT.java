package fr.interophub.transport.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import fr.interophub.HorlogeDEssai;
import fr.interophub.HubEnMarche;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Coffre;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Declaration;
import fr.interophub.parc.Declarations;
import fr.interophub.parc.Parc;
import fr.interophub.sav.Signalisations;
import fr.interophub.sav.Verdict;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayName("What the OI decides reaches the OC's own service, in order and once, whatever that service does")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NotificationsIT {

    private static final HorlogeDEssai HORLOGE = new HorlogeDEssai("2026-11-20T09:00:00Z");

    /** The service of one OC. */
    private static final class Service {
        private final List<String> pris = new CopyOnWriteArrayList<>();
        private final AtomicInteger appels = new AtomicInteger();
        private volatile Function<String, Reply> conduite = envelope -> ok();

        private record Reply(int status, String body) {}

        private static Reply ok() {
            return code("0");
        }

        private static Reply code(String code) {
            return new Reply(
                    200,
                    Redacteur.envelope(Redacteur.answer(
                            Profil.V2_1, "setTroubleTicketByValue", "OI-1", Integer.parseInt(code), "LIBELLE")));
        }

        private static Reply fault(String exception) {
            return new Reply(
                    500,
                    Redacteur.envelope("<f:Fault xmlns:f=\"" + Redacteur.SOAP + "\"><faultcode>f:Server</faultcode>"
                            + "<faultstring>x</faultstring><detail>"
                            + Redacteur.exception("tt", "setTroubleTicketByValue", exception, "ENNUI")
                            + "</detail></f:Fault>"));
        }
    }

    private final Map<String, Service> services = new ConcurrentHashMap<>();
    private final AtomicInteger next = new AtomicInteger();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer server;
    private HubEnMarche hub;

    @BeforeAll
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 100);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
        hub = HubEnMarche.start("h2", HORLOGE, "--hub.sav.delai=2s", "--hub.sav.pause=10s");
        contract("OCXA", "2.1", "entete");
        contract("OCXB", "3.0", "basic");
    }

    @AfterAll
    void stop() {
        hub.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void contract(String code, String profil, String authentification) {
        services.put(code, new Service());
        Annuaire annuaire = hub.context().getBean(Annuaire.class);
        Operateur oc = annuaire.find(code).orElseThrow();
        annuaire.save(new Operateur(
                oc.code(),
                oc.nom(),
                oc.siren(),
                true,
                oc.versions(),
                oc.sftp(),
                oc.cleApi(),
                Contrat.of(Map.of(
                        "sav",
                        Map.of(
                                "profil",
                                profil,
                                "url",
                                "http://127.0.0.1:%d/%s"
                                        .formatted(server.getAddress().getPort(), code),
                                "login",
                                "hub",
                                "authentification",
                                authentification))),
                new Operateur.Soap(
                        oc.soap().login(),
                        oc.soap().motDePasse(),
                        oc.soap().certificats(),
                        hub.context().getBean(Coffre.class).seal("secret-" + code.toLowerCase(Locale.ROOT)))));
    }

    private void serve(HttpExchange exchange) throws IOException {
        Service service = services.get(exchange.getRequestURI().getPath().substring(1));
        String envelope = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        service.appels.incrementAndGet();
        Service.Reply reply = service.conduite.apply(envelope);
        if (reply.status() == 200) {
            service.pris.add(envelope);
        }
        byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml;charset=UTF-8");
        exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private Service fresh(String code) {
        Service service = services.get(code);
        service.conduite = envelope -> Service.ok();
        settled();
        service.pris.clear();
        service.appels.set(0);
        return service;
    }

    /** Nothing waits any more; the clock runs as it must for what waits for its next try. */
    private void settled() {
        until(() -> count("notification_a_emettre") == 0);
    }

    private void until(Supplier<Boolean> fact) {
        Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> {
            HORLOGE.advance(Duration.ofSeconds(5));
            return fact.get();
        });
    }

    private long count(String from, Object... values) {
        return hub.context()
                .getBean(JdbcTemplate.class)
                .queryForObject("select count(*) from " + from, Long.class, values);
    }

    /** A ticket of an operator, taken over by the OI; its key. */
    private String ticket(String code) throws Exception {
        String access = code + "-" + next.incrementAndGet();
        Annuaire annuaire = hub.context().getBean(Annuaire.class);
        Operateur oc = annuaire.find(code).orElseThrow();
        Declarations declarations = new Declarations(hub.context().getBean(Parc.class), annuaire);
        hub.context()
                .getBean(Transactions.class)
                .run(() -> declarations.load(List.of(new Declaration(
                        code, access, "PTO-" + access, null, null, "2020-01-01T00:00:00+01:00", null, null, null))));
        HttpResponse<String> created = Essai.post(
                hub.url(),
                "2.1",
                Essai.sample("2.1", "01-create-no-rdv")
                        .replace("910000009", oc.siren())
                        .replace(">ocxa<", ">" + code.toLowerCase() + "<")
                        .replace("demo-ocxa", "demo-" + code.toLowerCase())
                        .replace("PREST-0001", access)
                        .replace("FI-AAAA-0001", "PTO-" + access)
                        .replace("OC-0001", "OC-" + access));
        String key = Lecteur.answer(stream(created.body())).get("troubleTicketKey");
        assertThat(key).as(created.body()).isNotNull();
        decide(code, key, "CASE SOLVING NOTIFICATION", Map.of("supplierUnit", "SAV NORD"));
        return key;
    }

    private void decide(String code, String key, String action, Map<String, String> champs) {
        Map<String, String> all = new TreeMap<>(champs);
        all.put("troubleTicketKey", key);
        Operateur oc = hub.context().getBean(Annuaire.class).find(code).orElseThrow();
        Verdict verdict = hub.context()
                .getBean(Transactions.class)
                .run(() -> hub.context().getBean(Signalisations.class).decide(oc, action, all));
        assertThat(verdict).as(String.valueOf(verdict)).isInstanceOf(Verdict.Ok.class);
    }

    private void inform(String code, String key) {
        decide(
                code,
                key,
                "SU CASE INFORMATION NOTIFICATION",
                Map.of(
                        "messageType", "AVANCEMENT INTERVENTION",
                        "supplierPlannedActionDate", later(),
                        "supplierResolutionAction", "INTERVENTION SANS RDV",
                        "supplierResolutionState", "ACTION PLANIFIEE"));
    }

    private void solve(String code, String key) {
        decide(
                code,
                key,
                "CASE SOLVED NOTIFICATION",
                Map.of(
                        "serviceRestoredTime", later(),
                        "troubleTicketClosureCode", "RET01",
                        "defectLocalization", "PTO",
                        "defectResponsability", "OI"));
    }

    private static String later() {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                ZonedDateTime.now(HORLOGE).withNano(0));
    }

    private static ByteArrayInputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    private static Requete read(String envelope) {
        try {
            return Lecteur.request(Lecteur.body(stream(envelope)));
        } catch (Lecteur.Illisible e) {
            throw new AssertionError(envelope, e);
        }
    }

    @Test
    @DisplayName("ROB-05: an endpoint down ten minutes, three notifications due on each of fifty tickets")
    void down() throws Exception {
        Service ocxa = fresh("OCXA");
        ocxa.conduite = envelope -> new Service.Reply(503, "");
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String key = ticket("OCXA");
            inform("OCXA", key);
            solve("OCXA", key);
            keys.add(key);
        }
        Instant back = HORLOGE.instant().plus(Duration.ofMinutes(10));
        until(() -> HORLOGE.instant().isAfter(back));
        assertThat(ocxa.pris).isEmpty();
        assertThat(ocxa.appels).as("its circuit spares it").hasValueLessThan(150);

        ocxa.conduite = envelope -> Service.ok();
        settled();

        Map<String, List<String>> said = new HashMap<>();
        for (String envelope : ocxa.pris) {
            Requete requete = read(envelope);
            said.computeIfAbsent(requete.champs().get("troubleTicketKey"), key -> new ArrayList<>())
                    .add(requete.champs().get("description"));
        }
        assertThat(said.keySet()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(said.values())
                .allSatisfy(told -> assertThat(told)
                        .containsExactly(
                                "CASE SOLVING NOTIFICATION",
                                "SU CASE INFORMATION NOTIFICATION",
                                "CASE SOLVED NOTIFICATION"));
        assertThat(count(
                        "message where sens = 'sortant' and protocole = 'sav' and acheminement <> 'ACQUITTE' and operateur"
                                + " = 'OCXA' and acheminement <> 'EN_QUARANTAINE'"))
                .isZero();
    }

    @Test
    @DisplayName("CLO-12: each OC hears its own profile, with the login agreed; the password is kept nowhere")
    void profiles() throws Exception {
        Service ocxa = fresh("OCXA");
        Service ocxb = fresh("OCXB");
        for (String code : List.of("OCXA", "OCXB")) {
            solve(code, ticket(code));
        }
        settled();
        for (Map.Entry<String, Service> each : Map.of("2.1", ocxa, "3.0", ocxb).entrySet()) {
            assertThat(each.getValue().pris).hasSize(2);
            for (String envelope : each.getValue().pris) {
                assertThat(MessagesTest.valid(each.getKey(), MessagesTest.content(envelope)))
                        .as(envelope)
                        .isTrue();
            }
        }
        assertThat(ocxa.pris.get(1)).contains("defectResponsability", "<h:Password>secret-ocxa</h:Password>");
        assertThat(ocxb.pris.get(1))
                .contains("defectResponsibility")
                .contains(Profil.V3_0.espace())
                .doesNotContain("Password");
        assertThat(hub.context().getBean(JdbcTemplate.class).queryForList("select octets from contenu", byte[].class))
                .noneMatch(bytes -> new String(bytes, StandardCharsets.UTF_8).contains("secret-ocxa"));
    }

    @Test
    @DisplayName("an OC that hangs slows nobody but itself")
    void hangs() throws Exception {
        Service ocxa = fresh("OCXA");
        Service ocxb = fresh("OCXB");
        CountDownLatch hung = new CountDownLatch(1);
        ocxb.conduite = envelope -> {
            try {
                hung.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Service.ok();
        };
        try {
            for (int i = 0; i < 6; i++) {
                ticket("OCXB");
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ocxb.appels.get() >= 2);
            for (int i = 0; i < 20; i++) {
                ticket("OCXA");
            }
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> ocxa.pris.size() == 20);
            assertThat(ocxb.pris).as("it still hangs").isEmpty();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .untilAsserted(
                            () -> assertThat(count("message where operateur = 'OCXB' and acheminement = 'A_VERIFIER'"))
                                    .as("nobody knows whether it took them")
                                    .isPositive());
        } finally {
            hung.countDown();
            ocxb.conduite = envelope -> Service.ok();
        }
        settled();
    }

    @ParameterizedTest(name = "code {0}: {1}")
    @CsvSource({"8,EN_QUARANTAINE", "13,EN_QUARANTAINE", "1,EN_QUARANTAINE", "6,ACQUITTE"})
    @DisplayName("ROB-06, ROB-07: a functional refusal goes to a person and is not said again; code 6 is told")
    void functional(String code, String acheminement) throws Exception {
        Service ocxa = fresh("OCXA");
        ocxa.conduite = envelope -> Service.code(code);
        String key = ticket("OCXA");
        settled();
        assertThat(ocxa.appels).hasValue(1);
        assertThat(count(
                        "message m join dossier d on d.id = m.dossier_id where m.acheminement = ? and m.sens = 'sortant' and"
                                + " d.refs like ?",
                        acheminement,
                        "%" + key + "%"))
                .isOne();
        assertThat(count("alerte where fermee_le is null and texte like ?", "%" + key + "%"))
                .isOne();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "objectNotFoundException,EN_QUARANTAINE,1",
        "ossResyncRequiredException,ACQUITTE,1",
        "createException,A_EMETTRE,2",
        "remoteException,A_EMETTRE,2"
    })
    @DisplayName("ROB-08: a fault of OSS/J is understood as its code")
    void faults(String exception, String acheminement, int appels) throws Exception {
        Service ocxa = fresh("OCXA");
        ocxa.conduite = envelope -> Service.fault(exception);
        String key = ticket("OCXA");
        until(() -> ocxa.appels.get() >= appels);
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(count(
                                "message m join dossier d on d.id = m.dossier_id where m.acheminement = ? and m.sens ="
                                        + " 'sortant' and d.refs like ?",
                                acheminement,
                                "%" + key + "%"))
                        .isOne());
        fresh("OCXA");
    }

    @Test
    @DisplayName("what answers too much, or no SOAP at all, is a failure like another")
    void nonsense() throws Exception {
        Service ocxa = fresh("OCXA");
        List<Service.Reply> replies = Collections.synchronizedList(new ArrayList<>(List.of(
                new Service.Reply(500, "x".repeat(5_000_000)),
                new Service.Reply(302, ""),
                new Service.Reply(500, "<html>"),
                new Service.Reply(500, "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"))));
        ocxa.conduite = envelope -> replies.isEmpty() ? Service.ok() : replies.remove(0);
        ticket("OCXA");
        settled();
        assertThat(ocxa.appels).hasValue(5);
        assertThat(ocxa.pris).hasSize(1);
    }

    @Test
    @DisplayName(
            "the self-test tells what happens, to the desk and to the OC itself; what waited leaves when it answers")
    void selfTest() throws Exception {
        Service ocxa = fresh("OCXA");
        ocxa.conduite = envelope -> new Service.Reply(503, "");
        assertThat(test("demo-oi", "OCXA").get("reussi").asBoolean()).isFalse();
        assertThat(test("demo-oi", "OCXA").get("constat").asText()).isEqualTo("HTTP 503, réponse illisible");
        assertThat(test("demo-oi", "OCXC").get("constat").asText()).contains("aucune adresse");

        ticket("OCXA");
        until(() -> ocxa.appels.get() > 3);
        ocxa.conduite = envelope -> envelope.contains("getManagedEntityTypes")
                ? new Service.Reply(
                        200,
                        Redacteur.envelope(Redacteur.names(
                                "co", "getManagedEntityTypesResponse", "strings", List.of("TroubleTicketValue"))))
                : Service.ok();
        JsonNode told = test("demo-ocxa", "OCXA");
        assertThat(told.get("reussi").asBoolean()).as(told.toString()).isTrue();
        assertThat(told.get("constat").asText()).contains("TroubleTicketValue");
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .until(() -> count("notification_a_emettre where operateur = 'OCXA'") == 0);

        assertThat(call("demo-ocxb", "OCXA").statusCode()).as("another's").isEqualTo(404);
        assertThat(call("demo-si", "OCXA").statusCode()).isEqualTo(403);
        assertThat(call("demo-oi", "ZZZZ").statusCode()).isEqualTo(404);
    }

    private JsonNode test(String cle, String code) throws Exception {
        return new ObjectMapper().readTree(call(cle, code).body());
    }

    private HttpResponse<String> call(String cle, String code) throws Exception {
        return Essai.send(HttpRequest.newBuilder(hub.url().resolve("/api/v1/operateurs/" + code + "/tester"))
                .header("X-Api-Key", cle)
                .POST(BodyPublishers.noBody()));
    }
}
