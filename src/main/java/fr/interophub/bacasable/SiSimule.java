package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The OI's legacy IT over the real REST door: reads demandes, posts décisions, keeps its cursor. A décision whose fate is
 * unknown is posted again under the same id, which the hub answers with the first verdict. Not for several threads.
 */
final class SiSimule {

    /** What an OC said and the hub accepted. */
    record Demande(String id, String operateur, String flux, Map<String, String> champs) {}

    /** What the hub says of one décision. */
    record Verdict(boolean ok, String etat, String motif, String detail) {}

    private static final int BATCH = 500;

    private final Rest rest;
    private final boolean all;
    private String cursor;
    private final Map<String, ObjectNode> toSay = new LinkedHashMap<>();
    private final Map<String, Verdict> verdicts = new HashMap<>();
    private final Map<String, List<Demande>> heard = new HashMap<>();

    /** Orders of other hands that nobody plays yet. */
    private final List<Demande> orders = new ArrayList<>();

    /**
     * @param all true when real OCs are played with: what they say is heard too
     */
    SiSimule(Rest rest, boolean all) {
        this.rest = rest;
        this.all = all;
    }

    /** Says something; it leaves with the next {@link #exchange}. The same id says the same thing. */
    void decide(String id, String operateur, String flux, Map<String, String> champs) {
        ObjectNode decision = Rest.JSON.createObjectNode();
        decision.put("id", id).put("operateur", operateur).put("flux", flux);
        ObjectNode fields = decision.putObject("champs");
        champs.forEach((champ, valeur) -> {
            if (!valeur.isEmpty()) {
                fields.put(champ, valeur);
            }
        });
        toSay.put(id, decision);
    }

    /** Writes an access into the register, at once. */
    void register(Map<String, String> acces) throws IOException, InterruptedException {
        ObjectNode body = Rest.JSON.createObjectNode();
        acces.forEach(body::put);
        body.put("partagee", Boolean.parseBoolean(acces.get("partagee")));
        rest.put("/api/v1/parc/" + acces.get("ReferencePrestationPrise"), body);
    }

    /** Posts what was decided, reads what is new; true if there was something. */
    boolean exchange() throws IOException, InterruptedException {
        boolean something = false;
        if (cursor == null) {
            skipToTheEnd();
        }
        while (!toSay.isEmpty()) {
            post();
            something = true;
        }
        while (read()) {
            something = true;
        }
        return something;
    }

    private void post() throws IOException, InterruptedException {
        List<String> ids = toSay.keySet().stream().limit(BATCH).toList();
        ArrayNode body = Rest.JSON.createArrayNode();
        ids.forEach(id -> body.add(toSay.get(id)));
        JsonNode answer;
        try {
            answer = rest.post("/api/v1/si/decisions", body);
        } catch (Rest.Unwanted e) {
            ids.forEach(id -> verdicts.put(id, new Verdict(false, "", "REQUETE_REFUSEE", e.getMessage())));
            ids.forEach(toSay::remove);
            return;
        }
        if (!answer.isArray() || answer.size() != ids.size()) {
            throw new IOException("%d décisions, %d verdicts".formatted(ids.size(), answer.size()));
        }
        for (int i = 0; i < ids.size(); i++) {
            JsonNode said = answer.get(i);
            verdicts.put(
                    ids.get(i),
                    new Verdict(
                            "OK".equals(said.path("verdict").asText()),
                            said.path("etat").asText(""),
                            said.path("motif").asText(""),
                            said.path("detail").asText("")));
            toSay.remove(ids.get(i));
        }
    }

    /** What was asked before this start was answered, or not, by another play: it is no business of ours. */
    private void skipToTheEnd() throws IOException, InterruptedException {
        String at = "";
        JsonNode page;
        do {
            page = ask(at);
            at = page.path("curseur").asText(at);
        } while (!page.path("demandes").isEmpty());
        cursor = at;
    }

    private boolean read() throws IOException, InterruptedException {
        JsonNode page = ask(cursor);
        for (JsonNode one : page.path("demandes")) {
            remember(one);
        }
        cursor = page.path("curseur").asText(cursor);
        return !page.path("demandes").isEmpty();
    }

    private JsonNode ask(String from) throws IOException, InterruptedException {
        Map<String, String> query = new LinkedHashMap<>();
        if (!from.isEmpty()) {
            query.put("apres", from);
        }
        query.put("max", "100");
        return rest.get("/api/v1/si/demandes", query);
    }

    private void remember(JsonNode one) {
        Map<String, String> champs = new HashMap<>();
        one.path("champs")
                .fields()
                .forEachRemaining(e -> champs.put(e.getKey(), e.getValue().asText("")));
        Demande demande = new Demande(
                one.path("id").asText(),
                one.path("operateur").asText(),
                one.path("flux").asText(),
                champs);
        if (all && demande.flux().equals("Cmd_Acces")) {
            orders.add(demande);
        }
        for (String champ : Vie.REFERENCES) {
            String reference = champs.getOrDefault(champ, "");
            if (!reference.isEmpty() && (all || reference.startsWith(Specimen.MARQUE))) {
                heard.computeIfAbsent(demande.operateur() + " " + reference, any -> new ArrayList<>())
                        .add(demande);
            }
        }
    }

    /** The oldest order that an OC of another hand has passed, such as this one ought to be; it is then this one's. */
    Optional<Demande> takeOrder(Partie partie) {
        Optional<Demande> order = orders.stream()
                .filter(one -> one.operateur().equals(partie.operateur())
                        && partie.commande().modele().name().equals(one.champs().get("TypeRacco"))
                        && partie.commande().cas() == CasPto.of(one.champs()))
                .findFirst();
        order.ifPresent(orders::remove);
        return order;
    }

    /** What this OC said about a reference it chose, oldest first. */
    List<Demande> heard(String operateur, String reference) {
        return heard.getOrDefault(operateur + " " + reference, List.of());
    }

    Optional<Verdict> verdict(String id) {
        return Optional.ofNullable(verdicts.get(id));
    }

    /** Forgets a dossier that is over. */
    void forget(Vie vie, Iterable<String> ids) {
        Vie.REFERENCES.forEach(champ -> heard.remove(vie.operateur() + " " + vie.get(champ)));
        ids.forEach(verdicts::remove);
    }
}
