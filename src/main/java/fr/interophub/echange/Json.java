package fr.interophub.echange;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import java.util.LinkedHashMap;
import java.util.Map;

/** Flat JSON objects of text, as the store keeps fields and references. */
public final class Json {

    private static final ObjectMapper MAPPER = new ObjectMapper().registerModule(new JavaTimeModule());
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

    public static Map<String, String> read(String json) {
        try {
            return json == null || json.equals("{}") ? new LinkedHashMap<>() : MAPPER.readValue(json, MAP);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("not a flat JSON object", e);
        }
    }
}
