package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import fr.interophub.si.Demandes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** The schemas of {@code docs/schemas}, and what is said between the hub and the SI held against them. */
public final class SchemasDuSi {

    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);

    private SchemasDuSi() {}

    public static JsonNode schema(String nom) {
        try {
            return new ObjectMapper().readTree(Files.readString(Path.of("docs", "schemas", nom + ".schema.json")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a schema has to say against a text; formats count. */
    public static List<String> fautes(String nom, JsonNode said) {
        Schema schema = SCHEMAS.getSchema(schema(nom));
        return schema
                .validate(said, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .stream()
                .map(Error::toString)
                .toList();
    }

    /** Everything that a hub and its SI have said to each other by REST keeps to the schemas. */
    public static void assertTenus(HubEnMarche hub) {
        ObjectMapper json = hub.context().getBean(ObjectMapper.class);
        Demandes demandes = hub.context().getBean(Demandes.class);
        List<JsonNode> told = new ArrayList<>();
        String cursor = null;
        for (Demandes.Liste page = demandes.list(cursor, 1000);
                !page.demandes().isEmpty();
                page = demandes.list(cursor, 1000)) {
            page.demandes().forEach(demande -> told.add(json.valueToTree(demande)));
            cursor = page.curseur();
        }
        assertThat(told)
                .isNotEmpty()
                .allSatisfy(demande -> assertThat(fautes("demande", demande))
                        .as(demande.toString())
                        .isEmpty());
        List<String[]> decided = hub.context()
                .getBean(JdbcTemplate.class)
                .query("select id, contenu, verdict from decision", (row, i) ->
                        new String[] {row.getString(1), row.getString(2), row.getString(3)});
        assertThat(decided).isNotEmpty().allSatisfy(row -> {
            JsonNode decision = json.createObjectNode().put("id", row[0]).setAll((ObjectNode) json.readTree(row[1]));
            assertThat(fautes("decision", decision)).as(row[1]).isEmpty();
            assertThat(fautes("verdict", json.readTree(row[2]))).as(row[2]).isEmpty();
        });
    }
}
