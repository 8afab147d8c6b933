package fr.interophub.transport.routes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A drawing tells every fault of style with its line")
class DessinTest {

    private static List<String> faults(String yaml) {
        return Dessin.read("essai.camel.yaml", yaml.getBytes(StandardCharsets.UTF_8)).fautes().stream()
                .map(Faute::toString)
                .toList();
    }

    @Test
    void whatADrawingMayBe() {
        assertThat(faults("""
                # Une route, un modèle, un filet.
                - route:
                    id: une
                    routeConfigurationId: filet
                    from:
                      uri: direct:une
                      steps:
                        - setHeader: { name: a, expression: { simple: { expression: "${body}" } } }
                        - split:
                            expression: { simple: { expression: "${body}" } }
                            stopOnException: true
                            steps:
                              - bean: { ref: guichet, method: open }
                - routeTemplate:
                    id: modele
                    parameters: [ { name: ouvrier } ]
                    route:
                      from:
                        uri: "scheduler:{{ouvrier}}"
                        steps:
                          - to: { uri: direct:une }
                - routeConfiguration:
                    id: filet
                    onException:
                      - onException:
                          exception: [ java.lang.Throwable ]
                          steps:
                            - log: { message: panne }
                """)).isEmpty();
    }

    @Test
    void everyFaultWithItsLine() {
        assertThat(faults("""
                - route:
                    id: une
                    from:
                      uri: direct:une
                      steps:
                        - choice:
                            when:
                              - expression: { simple: { expression: "${body} == 1" } }
                                steps:
                                  - script: { expression: { groovy: { expression: "1" } } }
                            otherwise:
                              steps:
                                - bean: { beanType: java.lang.Runtime, method: exec }
                        - split:
                            expression: { simple: { expression: "${body}" } }
                            steps:
                              - to: { uri: "http://exemple.fr/" }
                    onException: []
                - from: { uri: direct:sans-route }
                - route: { id: vide }
                - routeConfiguration:
                    id: filet
                    onException:
                      - onException:
                          exception: [ java.lang.Throwable ]
                          steps:
                            - process: { ref: guichet }
                """))
                .containsExactlyInAnyOrder(
                        "essai.camel.yaml, ligne 1 : une nomme son filet (routeConfigurationId), elle n'en dessine pas",
                        "essai.camel.yaml, ligne 10 : une : « script » n'est pas un trait permis (bean, choice, filter,"
                                + " setHeader, split, to, toD, wireTap)",
                        "essai.camel.yaml, ligne 13 : un bean est nommé par ref",
                        "essai.camel.yaml, ligne 14 : un split dit stopOnException: true",
                        "essai.camel.yaml, ligne 17 : « :// » n'a pas sa place dans un dessin",
                        "essai.camel.yaml, ligne 19 : une route, routeTemplate ou routeConfiguration est attendue, avec son"
                                + " id",
                        "essai.camel.yaml, ligne 20 : vide ne dit pas d'où elle prend (from, uri)",
                        "essai.camel.yaml, ligne 27 : filet : « process » n'est pas un trait permis (bean, choice, filter,"
                                + " setHeader, split, to, toD, wireTap)");
    }

    @Test
    void aDozenStrokes() {
        String one = "        - to: { uri: direct:autre }\n";
        String head = """
                - route:
                    id: longue
                    from:
                      uri: direct:longue
                      steps:
                """;
        assertThat(faults(head + one.repeat(12))).isEmpty();
        assertThat(faults(head + one.repeat(13)))
                .containsExactly("essai.camel.yaml, ligne 1 : longue a 13 traits, 12 au plus");
    }

    @Test
    void whatIsNoDrawing() {
        assertThat(faults("")).singleElement().asString().contains("ligne 1 : une liste");
        assertThat(faults("route: {id: une}")).singleElement().asString().contains("ligne 1 : une liste");
        assertThat(faults("- route:\n    id: [")).singleElement().asString().contains("ligne 2", "pas du YAML");
        assertThat(faults("- route: {id: une, id: deux}"))
                .singleElement()
                .asString()
                .contains("ligne 1", "Duplicate field 'id'");
    }
}
