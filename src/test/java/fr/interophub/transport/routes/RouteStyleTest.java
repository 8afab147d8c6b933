package fr.interophub.transport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The style of the drawings: strokes only, a dozen at most, no script, no address, no error handling")
class RouteStyleTest {

    static Stream<Path> hub() throws IOException {
        return Files.list(Path.of("src/main/resources/routes")).sorted();
    }

    static Stream<Path> samples() throws IOException {
        return Files.walk(Path.of("samples/routes"))
                .filter(file -> file.toString().endsWith(Dessin.SUFFIXE))
                .sorted();
    }

    static Stream<Path> files() throws IOException {
        return Stream.concat(hub(), samples());
    }

    private static Dessin read(Path file) throws IOException {
        return Dessin.read(file.getFileName().toString(), Files.readAllBytes(file));
    }

    @DisplayName("a route file opens with what the protocol says happens here")
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void opensWithAComment(Path file) throws IOException {
        assertThat(Files.readAllLines(file).get(0)).startsWith("# ");
    }

    @DisplayName("it keeps to the style that an engineer's file is held to")
    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void keepsToTheStyle(Path file) throws IOException {
        Dessin read = read(file);
        assertThat(read.fautes()).isEmpty();
        assertThat(read.pieces()).isNotEmpty();
        boolean nets = file.endsWith("filet.camel.yaml");
        assertThat(read.pieces())
                .as("nets live in one file")
                .allMatch(piece -> (piece.genre() == Dessin.Genre.FILET) == nets);
    }

    @Test
    @DisplayName("a route that is called names its net, where a failure would not go back to a source that takes again")
    void nets() throws IOException {
        Map<String, Dessin> all = new TreeMap<>();
        for (Path file : hub().toList()) {
            all.put(file.getFileName().toString(), read(file));
        }
        assertThat(new Dessins(all).sansFilet()).isEmpty();
    }
}
