package fr.interophub.echange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import fr.interophub.catalogue.Anomalie;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as the store keeps it: flat objects of text for fields and references, arrays of faults. */
public final class Json {

    private static final ObjectMapper MAPPER =
            new ObjectMapper().registerModule(new JavaTimeModule()).registerModule(new Jdk8Module());
    private static final TypeReference<LinkedHashMap<String, String>> MAP = new TypeReference<>() {};

    private Json() {}

    public static String write(Map<String, String> fields) {
        if (fields.isEmpty()) {
            return "{}";
        }
        StringBuilder json = new StringBuilder(32 * fields.size()).append('{');
        fields.forEach((name, value) -> {
            json.append(json.length() > 1 ? ",\"" : "\"");
            JsonStringEncoder.getInstance().quoteAsString(name, json);
            json.append("\":\"");
            JsonStringEncoder.getInstance().quoteAsString(value, json);
            json.append('"');
        });
        return json.append('}').toString();
    }

    /** The faults of a message, a JSON array; null when there is none. */
    public static String write(List<Anomalie> anomalies) {
        try {
            return anomalies.isEmpty() ? null : MAPPER.writeValueAsString(anomalies);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Map<String, String> read(String json) {
        try {
            return json == null || json.equals("{}") ? new LinkedHashMap<>() : MAPPER.readValue(json, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a flat JSON object", e);
        }
    }
}
