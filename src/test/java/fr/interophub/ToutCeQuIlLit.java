package fr.interophub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Every byte that a hub gives one OC: the files that left for it, and all that its key reads or is refused. */
final class ToutCeQuIlLit {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final HubEnMarche hub;
    private final JdbcTemplate jdbc;
    private final String key;
    private final Map<String, String> read = new LinkedHashMap<>();

    private ToutCeQuIlLit(HubEnMarche hub, String key) {
        this.hub = hub;
        this.jdbc = hub.context().getBean(JdbcTemplate.class);
        this.key = key;
    }

    /**
     * @param operateur the OC that reads, with its demo key
     * @return what was read, by where
     */
    static Map<String, String> read(HubEnMarche hub, String operateur) throws IOException, InterruptedException {
        ToutCeQuIlLit all = new ToutCeQuIlLit(hub, "demo-" + operateur.toLowerCase(java.util.Locale.ROOT));
        all.files(operateur);
        all.ownPages();
        all.refusals(operateur);
        return all.read;
    }

    private void files(String operateur) {
        jdbc.query(
                "select j.fichier, c.octets from journal j join contenu c on c.journal_id = j.id"
                        + " where j.operateur = ? and j.sens = 'sortant'",
                row -> {
                    read.merge(
                            "fichier " + row.getString(1),
                            row.getString(1) + "\n" + new String(row.getBytes(2), StandardCharsets.UTF_8),
                            String::concat);
                },
                operateur);
    }

    private void ownPages() throws IOException, InterruptedException {
        for (JsonNode dossier : list("dossiers")) {
            for (JsonNode message :
                    get("dossiers/" + dossier.path("id").asText()).path("messages")) {
                get("messages/" + message.path("id").asText() + "/contenu");
            }
        }
        list("quarantaine");
    }

    private List<JsonNode> list(String what) throws IOException, InterruptedException {
        List<JsonNode> all = new java.util.ArrayList<>();
        String from = "";
        do {
            JsonNode page = get(what + "?max=100" + from);
            page.path(what).forEach(all::add);
            from = page.path("suivant").isTextual()
                    ? "&apres=" + page.path("suivant").asText()
                    : null;
        } while (from != null);
        return all;
    }

    /** What it asks of another, and what is not for any OC. */
    private void refusals(String operateur) throws IOException, InterruptedException {
        for (UUID dossier : others("dossier", operateur)) {
            get("dossiers/" + dossier);
        }
        for (UUID message : others("message", operateur)) {
            get("messages/" + message + "/contenu");
        }
        for (UUID entry : others("quarantaine", operateur)) {
            get("quarantaine/" + entry);
        }
        for (String prise : jdbc.queryForList("select distinct prise from acces", String.class)) {
            get("dossiers?reference=" + prise);
        }
        for (String forbidden : List.of("parc/X", "operateurs", "alertes", "si/demandes", "rien")) {
            get(forbidden);
        }
    }

    private List<UUID> others(String table, String operateur) {
        return jdbc.queryForList("select id from " + table + " where operateur <> ?", UUID.class, operateur);
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(hub.url().resolve("/api/v1/" + path))
                        .header("X-Api-Key", key)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        read.put("GET " + path, answer.statusCode() + " " + answer.headers().map() + "\n" + answer.body());
        return answer.headers().firstValue("Content-Type").orElse("").contains("json")
                ? JSON.readTree(answer.body())
                : JSON.missingNode();
    }
}
