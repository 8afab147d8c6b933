package fr.interophub;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A YAML text that people write, and the line on which each of its values begins. */
public final class LignesYaml {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Map<String, Integer> lines = new HashMap<>();

    private LignesYaml() {}

    /**
     * The values; a key given twice is refused.
     *
     * @throws JsonProcessingException if it is not YAML, with its place
     */
    public static JsonNode tree(byte[] yaml) throws JsonProcessingException {
        return YAML.readTree(new String(yaml, StandardCharsets.UTF_8));
    }

    /** Where the values of a text that is YAML begin. */
    public static LignesYaml of(byte[] yaml) {
        LignesYaml read = new LignesYaml();
        try (JsonParser parser = YAML.createParser(new String(yaml, StandardCharsets.UTF_8))) {
            while (parser.nextToken() != null) {
                read.lines.putIfAbsent(
                        parser.getParsingContext().pathAsPointer().toString(),
                        parser.currentTokenLocation().getLineNr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return read;
    }

    /**
     * The line of a value, or of what holds it when it is not there.
     *
     * @param pointer a JSON pointer
     * @return from 1
     */
    public int line(String pointer) {
        String where = pointer;
        while (!lines.containsKey(where) && !where.isEmpty()) {
            where = where.substring(0, where.lastIndexOf('/'));
        }
        return lines.getOrDefault(where, 1);
    }
}
