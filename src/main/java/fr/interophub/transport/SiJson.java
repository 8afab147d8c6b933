package fr.interophub.transport;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.si.Decision;

/** The SI's messages between JSON text and what the hub knows of them. */
public final class SiJson {

    private final ObjectMapper json;

    SiJson(ObjectMapper json) {
        this.json = json;
    }

    public String write(Object body) throws JsonProcessingException {
        return json.writeValueAsString(body);
    }

    /** A text that is no décision is one without id: its verdict says so, and the queue goes on. */
    public Decision read(String text) {
        try {
            return json.readValue(text, Decision.class);
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return new Decision(null, null, null, null);
        }
    }
}
