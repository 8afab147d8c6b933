package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.SchemasDuSi;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import fr.interophub.si.Decision;
import fr.interophub.si.Demande;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The schemas of the dialogue with the SI are served, and say what is said")
class SchemasTest extends RestSlice {

    private static final String DECISION = """
            {"id": "d-1", "operateur": "OCXA", "flux": "CR_Cmd_Acces",
             "champs": {"ReferenceCommandePriseInterneOC": "%s", "EtatCrCommandePrise": "OK", "Commentaire": ""}}""";

    @Test
    void eachIsListedAndServedAsItIsInTheDocumentation() {
        JsonNode list = get(SI, "/api/v1/si/schemas").json().get("schemas");

        assertThat(list.findValuesAsText("nom")).containsExactly("demande", "decision", "verdict");
        for (JsonNode each : list) {
            Reply served = get(SI, each.get("adresse").asText());
            assertThat(served.response().getContentType()).startsWith("application/schema+json");
            assertThat(served.json())
                    .isEqualTo(SchemasDuSi.schema(each.get("nom").asText()));
            assertThat(served.json().get("$schema").asText()).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        }
        assertProblem(get(SI, "/api/v1/si/schemas/plan"), 404);
        assertThat(get(OCXA, "/api/v1/si/schemas").status()).isEqualTo(403);
    }

    @Test
    void aSchemaHasThePropertiesOfWhatItDescribes() {
        assertThat(properties("demande")).isEqualTo(components(Demande.class));
        assertThat(properties("decision")).isEqualTo(components(Decision.class));
        assertThat(SchemasDuSi.schema("demande").at("/properties/protocole/enum"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrderElementsOf(Catalogue.load().pages().stream()
                        .map(Page::protocole)
                        .distinct()
                        .toList());
    }

    private static List<String> properties(String nom) {
        List<String> names = new ArrayList<>();
        SchemasDuSi.schema(nom).get("properties").fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static List<String> components(Class<? extends Record> type) {
        return Arrays.stream(type.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
    }

    @Test
    void whatIsSaidIsAsTheSchemasSay() throws Exception {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        demandes.number();
        JsonNode told = get(SI, "/api/v1/si/demandes").json().get("demandes");
        assertThat(told)
                .isNotEmpty()
                .allSatisfy(demande ->
                        assertThat(SchemasDuSi.fautes("demande", demande)).isEmpty());

        String decision = DECISION.formatted(reference);
        assertThat(SchemasDuSi.fautes("decision", json.readTree(decision))).isEmpty();
        JsonNode verdicts =
                post(SI, "[" + decision + ", {}]", "/api/v1/si/decisions").json();
        assertThat(verdicts)
                .hasSize(2)
                .allSatisfy(verdict ->
                        assertThat(SchemasDuSi.fautes("verdict", verdict)).isEmpty());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "{'operateur': 'OCXA', 'flux': 'CR_Cmd_Acces'}",
                "{'id': ' ', 'operateur': 'OCXA', 'flux': 'CR_Cmd_Acces'}",
                "{'id': 'a\\u0000b', 'operateur': 'OCXA', 'flux': 'CR_Cmd_Acces'}",
                "{'id': 'a', 'operateur': 'ocxa', 'flux': 'CR_Cmd_Acces'}",
                "{'id': 'a', 'operateur': 'OCXA', 'flux': null}",
                "{'id': 'a', 'operateur': 'OCXA', 'flux': 'CR_Cmd_Acces', 'champs': {'a': 1}}",
                "{'id': 'a', 'operateur': 'OCXA', 'flux': 'CR_Cmd_Acces', 'champs': 'a'}"
            })
    void whatIsNoDecisionIsRefused(String said) throws Exception {
        assertThat(SchemasDuSi.fautes("decision", json.readTree(said.replace('\'', '"'))))
                .isNotEmpty();
    }

    @Test
    void anIdHasAtMostTheCharactersThatTheHubTakes() throws Exception {
        for (int length : List.of(100, 101)) {
            String id = "x".repeat(length);
            JsonNode decision =
                    json.readTree("{\"id\": \"%s\", \"operateur\": \"OCXA\", \"flux\": \"F\"}".formatted(id));

            assertThat(SchemasDuSi.fautes("decision", decision).isEmpty())
                    .isEqualTo(!"ID_INVALIDE"
                            .equals(post(SI, "[" + decision + "]", "/api/v1/si/decisions")
                                    .json()
                                    .at("/0/motif")
                                    .asText()));
        }
    }
}
