package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Set;

/** The sheets of the operators, by the OI's own door. */
final class Fiches {

    private static final String PLACE = "/api/v1/operateurs/";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Rest rest;

    Fiches(Rest rest) {
        this.rest = rest;
    }

    private ObjectNode get(String operateur) throws IOException, InterruptedException {
        return (ObjectNode) rest.get(PLACE + operateur, Map.of());
    }

    /** What names an operator: its code, its name, its SIREN. */
    Set<String> identite(String operateur) throws IOException, InterruptedException {
        ObjectNode fiche = get(operateur);
        return Set.of(operateur, fiche.path("nom").asText(), fiche.path("siren").asText());
    }

    String siren(String operateur) throws IOException, InterruptedException {
        return get(operateur).path("siren").asText();
    }

    /** Writes down where an operator's SAV service is, unless it has one that is not on this machine. */
    void serve(String operateur, URI url) throws IOException, InterruptedException {
        ObjectNode fiche = get(operateur);
        ObjectNode sav = fiche.withObject("/contrat/sav");
        String known = sav.path("url").asText("");
        if (known.isEmpty() || known.equals("null") || known.startsWith("http://127.0.0.1:")) {
            sav.put("url", url.toString());
            rest.put(PLACE + operateur, fiche);
        }
    }

    /**
     * Changes contract values of an operator, live.
     *
     * @param valeurs a JSON object
     * @return the contract it had
     */
    JsonNode agree(String operateur, String valeurs) throws IOException, InterruptedException {
        ObjectNode fiche = get(operateur);
        JsonNode before = fiche.path("contrat").deepCopy();
        fiche.withObject("/contrat").setAll((ObjectNode) JSON.readTree(valeurs));
        rest.put(PLACE + operateur, fiche);
        return before;
    }

    /** Gives an operator its contract back. */
    void restore(String operateur, JsonNode contrat) throws IOException, InterruptedException {
        ObjectNode fiche = get(operateur);
        fiche.set("contrat", contrat);
        rest.put(PLACE + operateur, fiche);
    }
}
