package fr.interophub.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The style of the drawings: strokes only, a dozen at most, no script, no address, no error handling")
class RouteStyleTest {

    private static final Path ROUTES = Path.of("src/main/resources/routes");
    private static final Set<String> STROKES =
            Set.of("bean", "split", "choice", "filter", "to", "toD", "setHeader", "wireTap");
    private static final int STROKES_MAX = 12;

    static Stream<Path> files() throws IOException {
        return Files.list(ROUTES).sorted();
    }

    @DisplayName("a route file opens with what the protocol says happens here")
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void opensWithAComment(Path file) throws IOException {
        assertThat(Files.readAllLines(file).get(0)).startsWith("# ");
    }

    @DisplayName("routes and templates use the agreed strokes")
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void strokesOnly(Path file) throws IOException {
        for (JsonNode entry : new ObjectMapper(new YAMLFactory()).readTree(file.toFile())) {
            JsonNode route = entry.has("route") ? entry.get("route") : entry.get("routeTemplate");
            if (route == null) {
                assertThat(file.getFileName()).as("nets live in one file").hasToString("filet.camel.yaml");
                continue;
            }
            List<String> strokes = new ArrayList<>();
            collect(route.path("from").path("steps"), strokes);
            String id = route.get("id").asText();
            assertThat(STROKES).as("strokes of %s", id).containsAll(strokes);
            assertThat(strokes).as("strokes of %s", id).hasSizeLessThanOrEqualTo(STROKES_MAX);
            assertThat(route.has("onException")).as("%s names its net", id).isFalse();
        }
    }

    @DisplayName("no address in a route: it comes from the directory or from a named endpoint")
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void noAddress(Path file) throws IOException {
        assertThat(Files.readString(file)).doesNotContain("://", "password", "groovy", "script:");
    }

    private static void collect(JsonNode steps, List<String> strokes) {
        for (JsonNode step : steps) {
            step.fields().forEachRemaining(stroke -> {
                strokes.add(stroke.getKey());
                collect(stroke.getValue().path("steps"), strokes);
                collect(stroke.getValue().path("otherwise").path("steps"), strokes);
                stroke.getValue().path("when").forEach(when -> collect(when.path("steps"), strokes));
            });
        }
    }
}
