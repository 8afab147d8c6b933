package fr.interophub.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import fr.interophub.HubEnMarche;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.diagnostics.FailureAnalysis;

@DisplayName("A name that is wrong in a route stops the start, with a sentence")
class RouteFautiveIT {

    @TempDir
    Path folder;

    @ParameterizedTest(name = "ref {0}, method {1}")
    @CsvSource({"guichett, open", "guichet, opne"})
    void stopsTheStart(String ref, String method) throws IOException {
        Files.writeString(folder.resolve("fautive.camel.yaml"), """
                # Une route dont un nom est faux.
                - route:
                    id: fautive
                    from:
                      uri: direct:fautive
                      steps:
                        - bean: { ref: %s, method: %s }
                """.formatted(ref, method));
        Throwable failure = catchThrowable(
                () -> HubEnMarche.start("h2", "--camel.main.routes-include-pattern=file:" + folder + "/*.yaml")
                        .close());
        assertThat(failure).isNotNull();
        FailureAnalysis told = new RouteFautive().analyze(failure);
        assertThat(told.getDescription())
                .startsWith("Une route ne peut démarrer")
                .contains("fautive")
                .contains(method.equals("open") ? ref : method);
    }
}
