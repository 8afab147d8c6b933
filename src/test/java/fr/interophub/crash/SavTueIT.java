package fr.interophub.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.bacasable.PosteSav;
import fr.interophub.bacasable.ServiceSav;
import fr.interophub.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** SIGKILL while tickets are opened and while what was decided of them waits for an OC that is down. */
@DisplayName("Le hub tué : ni ticket en double, ni notification perdue")
class SavTueIT {

    private static final int TICKETS = 20;
    private static final Duration LIMIT = Duration.ofSeconds(120);
    private static final List<String> DITES =
            List.of("CASE SOLVING NOTIFICATION", "SU CASE INFORMATION NOTIFICATION", "CASE SOLVED NOTIFICATION");

    /** What may be on its way when the hub dies: the calls that one OC has at once ({@code hub.sav.ouvriers}). */
    private static final int EN_VOL = 2;

    private ServiceSav services;
    private HubProcess hub;
    private int decisions;

    static Stream<String> bases() {
        return Stream.of(System.getProperty("crash.bases", "h2").split(","));
    }

    private void start(String base) throws IOException {
        services = ServiceSav.open(Catalogue.load());
        hub = new HubProcess(Path.of("target", "crash", "sav-" + base))
                .on(base)
                .jvm("-Xmx512m")
                .jvm("-XX:TieredStopAtLevel=1");
        hub.start().awaitReady();
        HubApi oi = hub.api("demo-oi");
        ObjectNode fiche = (ObjectNode) oi.get("/api/v1/operateurs/OCXA").json();
        fiche.withObject("/contrat/sav").put("url", services.url("OCXA").toString());
        assertThat(oi.put("/api/v1/operateurs/OCXA", fiche).status()).isEqualTo(200);
        ArrayNode parc = HubApi.JSON.createArrayNode();
        for (int i = 0; i < TICKETS; i++) {
            parc.addObject()
                    .put("operateur", "OCXA")
                    .put("ReferencePrestationPrise", "ACCES-" + i)
                    .put("ReferencePrise", "PTO-" + i)
                    .put("dateMes", "2026-01-31T12:00:00+01:00");
        }
        assertThat(oi.post("/api/v1/parc", parc).status()).isEqualTo(200);
    }

    @AfterEach
    void stop() throws IOException {
        hub.close();
        services.close();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    @DisplayName(
            "ROB-05: an OC that is down hears everything later, in order, once, though the hub is killed meanwhile")
    void notifications(String base) throws Exception {
        start(base);
        services.behave("OCXA", new ServiceSav.Conduite("rien"));
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < TICKETS; i++) {
            keys.add(create(i));
        }
        for (String action : DITES) {
            decide(action, keys);
        }
        hub.kill();
        hub.start().awaitReady();
        assertThat(services.received("OCXA")).isEmpty();

        services.behave("OCXA", new ServiceSav.Conduite("0"));
        resume();
        await().atMost(LIMIT).until(() -> services.received("OCXA").size() >= TICKETS);
        hub.kill();
        int before = services.received("OCXA").size();
        assertThat(before).as("killed in the middle").isLessThan(TICKETS * DITES.size());
        hub.start().awaitReady();
        resume();
        await().atMost(LIMIT)
                .until(() -> services.received("OCXA").stream().distinct().count() == TICKETS * DITES.size());

        List<ServiceSav.Recu> received = services.received("OCXA");
        assertThat(received.size() - TICKETS * DITES.size())
                .as("said again: only what was on its way when the hub died")
                .isBetween(0, EN_VOL);
        Map<String, List<String>> heard = new HashMap<>();
        received.stream()
                .distinct()
                .forEach(one -> heard.computeIfAbsent(one.get("troubleTicketKey"), any -> new ArrayList<>())
                        .add(one.get("description")));
        assertThat(heard.keySet()).containsExactlyInAnyOrderElementsOf(keys);
        assertThat(heard.values()).allSatisfy(told -> assertThat(told).containsExactlyElementsOf(DITES));
        assertThat(services.faults()).isEmpty();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    @DisplayName("ROB-10: creations left unanswered by a hub that is killed, then asked again, are one ticket each")
    void creations(String base) throws Exception {
        start(base);
        Map<Integer, String> answered = new ConcurrentHashMap<>();
        ExecutorService callers = Executors.newFixedThreadPool(4);
        try {
            List<Future<?>> calls = new ArrayList<>();
            for (int i = 0; i < TICKETS; i++) {
                int each = i;
                calls.add(callers.submit(() -> {
                    answered.put(each, create(each));
                    return null;
                }));
            }
            await().atMost(LIMIT).until(() -> answered.size() >= TICKETS / 3);
            hub.kill();
            for (Future<?> call : calls) {
                try {
                    call.get();
                } catch (ExecutionException unanswered) {
                    assertThat(unanswered).hasCauseInstanceOf(IOException.class);
                }
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(answered).as("killed in the middle").hasSizeLessThan(TICKETS);
        hub.start().awaitReady();
        for (int i = 0; i < TICKETS; i++) {
            String key = create(i);
            assertThat(answered.getOrDefault(i, key)).isEqualTo(key);
            JsonNode found = hub.api("demo-ocxa")
                    .get("/api/v1/dossiers?protocole=sav&reference=SIG-" + i)
                    .json()
                    .get("dossiers");
            assertThat(found).hasSize(1);
            assertThat(found.get(0).at("/references/troubleTicketKey").asText()).isEqualTo(key);
        }
    }

    private String create(int i) throws IOException, InterruptedException {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put("description", "CASE CREATE REQUEST");
        champs.put("troubleTicketState", "QUEUED");
        champs.put("serviceProviderID", "910000009");
        champs.put("supplierID", "900000001");
        champs.put("troubleTicketType", "1");
        champs.put("commercialId", "ACCES-" + i);
        champs.put("technicalId", "PTO-" + i);
        champs.put("serviceProviderTroubleTicketKey", "SIG-" + i);
        champs.put("defectClassId", "1");
        champs.put("defectDescription", "PAS DE SIGNAL");
        champs.put("defectPrelocalization", "PTO");
        PosteSav.Reponse said = new PosteSav(hub.url(), "2.1", "ocxa", "demo-ocxa").create(champs);
        assertThat(said.code()).as(said.libelle()).isZero();
        return said.cle();
    }

    private void decide(String action, List<String> keys) throws IOException {
        ArrayNode all = HubApi.JSON.createArrayNode();
        for (String key : keys) {
            ObjectNode champs = all.addObject()
                    .put("id", "D-" + ++decisions)
                    .put("operateur", "OCXA")
                    .put("flux", action)
                    .putObject("champs")
                    .put("troubleTicketKey", key);
            switch (action) {
                case "CASE SOLVING NOTIFICATION" -> champs.put("supplierUnit", "Guichet SAV");
                case "CASE SOLVED NOTIFICATION" ->
                    champs.put("serviceRestoredTime", "2026-11-21T16:20:00+01:00")
                            .put("troubleTicketClosureCode", "RET01")
                            .put("defectLocalization", "PBO")
                            .put("defectResponsability", "OI");
                default ->
                    champs.put("messageType", "AVANCEMENT INTERVENTION")
                            .put("supplierPlannedActionDate", "2026-11-24T08:00:00+01:00")
                            .put("supplierResolutionAction", "INTERVENTION SANS RDV")
                            .put("supplierResolutionState", "ACTION PLANIFIEE");
            }
        }
        for (JsonNode verdict :
                hub.api("demo-si").post("/api/v1/si/decisions", all).json()) {
            assertThat(verdict.get("verdict").asText()).as(verdict.toString()).isEqualTo("OK");
        }
    }

    /** The self-test of the desk: the OC answers again, what waited may leave. */
    private void resume() throws IOException {
        JsonNode told = hub.api("demo-oi")
                .post("/api/v1/operateurs/OCXA/tester", HubApi.JSON.createObjectNode())
                .json();
        assertThat(told.get("reussi").asBoolean()).as(told.toString()).isTrue();
    }
}
