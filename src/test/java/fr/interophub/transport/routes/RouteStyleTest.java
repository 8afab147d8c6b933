package fr.interophub.transport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The style of the drawings: strokes only, a dozen at most, no script, no address, no error handling")
class RouteStyleTest {

    static Stream<Path> files() throws IOException {
        return Files.list(Path.of("src/main/resources/routes")).sorted();
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
        Dessin read = Dessin.read(file.getFileName().toString(), Files.readAllBytes(file));
        assertThat(read.fautes()).isEmpty();
        assertThat(read.pieces()).isNotEmpty();
        boolean nets = file.endsWith("filet.camel.yaml");
        assertThat(read.pieces())
                .as("nets live in one file")
                .allMatch(piece -> (piece.genre() == Dessin.Genre.FILET) == nets);
    }
}
