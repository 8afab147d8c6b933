package fr.interophub.crash;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.crash.HubApi.Reply;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A legacy IT that speaks REST: it reads the demandes behind a cursor of its own, answers those it has an opinion on,
 * and moves its cursor only once each of its décisions has a verdict. For one thread at a time.
 */
public final class SiClient {

    private final HubApi api;
    private final Function<JsonNode, Optional<ObjectNode>> opinion;
    private final Map<String, JsonNode> demandes = new LinkedHashMap<>();
    private final Map<String, ObjectNode> decisions = new LinkedHashMap<>();
    private final Map<String, JsonNode> verdicts = new LinkedHashMap<>();
    private String cursor = "";

    /**
     * @param opinion from a demande to the décision about it, without its id: the id comes from the demande's
     */
    public SiClient(HubApi api, Function<JsonNode, Optional<ObjectNode>> opinion) {
        this.api = api;
        this.opinion = opinion;
    }

    /**
     * Reads one page and answers it. If it throws, the same page is read and answered again the next time.
     *
     * @return how many demandes the page held
     */
    public synchronized int step(int max) throws IOException {
        JsonNode page = page(cursor, max);
        ArrayNode answers = HubApi.JSON.createArrayNode();
        for (JsonNode demande : page.get("demandes")) {
            JsonNode before = demandes.putIfAbsent(demande.get("id").asText(), demande);
            if (before != null && !before.equals(demande)) {
                throw new AssertionError("a repeated demande differs:%n%s%n%s".formatted(before, demande));
            }
            opinion.apply(demande).ifPresent(decision -> {
                decision.put("id", "D-" + demande.get("id").asText());
                answers.add(decision);
            });
        }
        if (!answers.isEmpty()) {
            for (JsonNode verdict : decide(answers)) {
                JsonNode before = verdicts.putIfAbsent(verdict.get("id").asText(), verdict);
                if (before != null && !before.equals(verdict)) {
                    throw new AssertionError(
                            "a repeated décision has another verdict:%n%s%n%s".formatted(before, verdict));
                }
            }
            answers.forEach(answer -> decisions.put(answer.get("id").asText(), (ObjectNode) answer));
        }
        cursor = page.get("curseur").asText();
        return page.get("demandes").size();
    }

    /** One page of demandes; the cursor may be empty, to begin. */
    public JsonNode page(String after, int max) throws IOException {
        Reply reply =
                api.get("/api/v1/si/demandes?max=" + max + (after.isEmpty() ? "" : "&apres=" + HubApi.query(after)));
        return ok(reply);
    }

    /** Sends décisions; the verdicts must be theirs, in their order. */
    public JsonNode decide(ArrayNode answers) throws IOException {
        JsonNode given = ok(api.post("/api/v1/si/decisions", answers));
        for (int i = 0; i < answers.size(); i++) {
            if (!given.path(i).path("id").equals(answers.get(i).get("id"))) {
                throw new AssertionError("verdict %d is not that of its décision: %s".formatted(i, given.path(i)));
            }
        }
        return given;
    }

    /** Every demande seen, in order of arrival, by id. */
    public synchronized Map<String, JsonNode> demandes() {
        return new LinkedHashMap<>(demandes);
    }

    public synchronized Map<String, JsonNode> verdicts() {
        return new LinkedHashMap<>(verdicts);
    }

    public synchronized Map<String, ObjectNode> decisions() {
        return new LinkedHashMap<>(decisions);
    }

    /** A refusal of ours is a fault; a refusal of a hub that stops or starts is a reason to come again. */
    private static JsonNode ok(Reply reply) throws IOException {
        if (reply.status() >= 500) {
            throw new IOException("status " + reply.status() + ": " + reply.body());
        }
        if (reply.status() != 200) {
            throw new AssertionError("status " + reply.status() + ": " + reply.body());
        }
        return reply.json();
    }
}
