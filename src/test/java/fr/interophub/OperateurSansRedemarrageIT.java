package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.OcClient;
import fr.interophub.crash.Orders;
import fr.interophub.transport.sftp.SftpServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@DisplayName("An operator added or changed lives without restart: account, folders, routes, contract")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OperateurSansRedemarrageIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private HubEnMarche hub;
    private HubApi oi;

    @BeforeAll
    void start() {
        hub = HubEnMarche.start("h2");
        oi = new HubApi(hub.url(), "demo-oi");
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private OcClient client(String login) {
        return new OcClient(hub.context().getBean(SftpServer.class).port(), login, "mot-de-passe-" + login);
    }

    private static ObjectNode sheet(String login, String motifs) {
        ObjectNode sheet =
                HubApi.JSON.createObjectNode().put("nom", "OC " + login).put("siren", "123456789");
        sheet.putObject("sftp").put("login", login).put("motDePasse", "mot-de-passe-" + login);
        sheet.putObject("contrat").put("motifs", motifs);
        return sheet;
    }

    /** Drops an order whose TypeRacco means nothing; the AR that comes back. */
    private static String refusal(OcClient oc, String operateur, int seed) throws IOException {
        Orders.Order order = Orders.order(operateur, "VIF", seed).with("TypeRacco", "ZZZ");
        oc.drop("cmd " + seed + ".csv", Orders.csv(List.of(order)).getBytes(StandardCharsets.UTF_8));
        return Awaitility.await()
                .atMost(LIMIT)
                .until(() -> content(oc.collect()), text -> text.contains(order.reference()));
    }

    private static String content(SortedMap<String, byte[]> files) {
        StringBuilder all = new StringBuilder();
        files.values().forEach(bytes -> all.append(new String(bytes, StandardCharsets.UTF_8)));
        return all.toString();
    }

    @Test
    void byRest() throws IOException {
        assertThat(oi.put("/api/v1/operateurs/NEUR", sheet("neur", "code")).status())
                .isEqualTo(201);
        try (OcClient oc = client("neur")) {
            assertThat(refusal(oc, "NEUR", 1)).contains(";FIMP16");
            assertThat(oi.put("/api/v1/operateurs/NEUR", sheet("neur", "code-libelle"))
                            .status())
                    .isEqualTo(200);
            assertThat(refusal(oc, "NEUR", 2)).contains(";FIMP16 - TRAITEMENT");
        }
    }

    @Test
    void byFile() throws IOException {
        Path folder = Path.of(hub.context().getEnvironment().getProperty("hub.fiches.dossier"));
        Files.createDirectories(folder);
        // JSON is YAML.
        Files.writeString(folder.resolve("NEUY.yaml"), sheet("neuy", "code").toString());
        awaitMotifs("code");
        try (OcClient oc = client("neuy")) {
            assertThat(refusal(oc, "NEUY", 1)).contains(";FIMP16");
            Files.writeString(
                    folder.resolve("NEUY.yaml"), sheet("neuy", "code-libelle").toString());
            awaitMotifs("code-libelle");
            assertThat(refusal(oc, "NEUY", 2)).contains(";FIMP16 - TRAITEMENT");
        }
    }

    private void awaitMotifs(String form) {
        Awaitility.await()
                .atMost(LIMIT)
                .until(() -> oi.get("/api/v1/operateurs/NEUY")
                        .json()
                        .at("/contrat/motifs")
                        .asText()
                        .equals(form));
    }
}
