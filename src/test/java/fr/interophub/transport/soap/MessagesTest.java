package fr.interophub.transport.soap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampDAction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.transform.Source;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.Schema;
import javax.xml.validation.SchemaFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

@DisplayName("The messages of samples/sav-*: read as expected, and what we write of them holds to the contract")
class MessagesTest {

    private static final Map<String, Schema> SCHEMAS = new ConcurrentHashMap<>();

    static Path folder(String version) {
        return Path.of("samples/sav-" + version + "/messages");
    }

    static Map<String, Map<String, Object>> expected(String version) throws IOException {
        return new ObjectMapper(new YAMLFactory())
                .readValue(folder(version).resolve("attendu.yaml").toFile(), new TypeReference<>() {});
    }

    static Stream<Arguments> messages() throws IOException {
        Map<String, Map<String, Object>> all = new TreeMap<>();
        for (String version : new String[] {"2.1", "3.0"}) {
            expected(version).forEach((name, verdict) -> all.put(version + "/" + name, verdict));
        }
        return all.entrySet().stream()
                .map(each -> Arguments.of(
                        each.getKey().substring(0, 3), each.getKey().substring(4), each.getValue()));
    }

    @Test
    @DisplayName("no message without its verdict, no verdict without its message")
    void complete() throws IOException {
        for (String version : new String[] {"2.1", "3.0"}) {
            try (Stream<Path> files = Files.list(folder(version))) {
                assertThat(files.map(file -> file.getFileName().toString())
                                .filter(name -> name.endsWith(".xml"))
                                .map(name -> name.replace(".xml", "")))
                        .containsExactlyInAnyOrderElementsOf(expected(version).keySet());
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("messages")
    void getsItsVerdict(String version, String name, Map<String, Object> verdict) throws Exception {
        byte[] envelope = Files.readAllBytes(folder(version).resolve(name + ".xml"));

        assertThat(valid(version, content(new String(envelope, StandardCharsets.UTF_8))))
                .as("what the schema says")
                .isEqualTo(verdict.get("schema").equals("valide"));
        if (verdict.containsKey("operation")) {
            Requete requete = Lecteur.request(Lecteur.body(new ByteArrayInputStream(envelope)));
            assertThat(requete.operation()).isEqualTo(verdict.get("operation"));
            assertThat(requete.champs().get("description")).isEqualTo(verdict.get("action"));
            assertThat(requete.ignores()).isEmpty();
            if (requete.operation().startsWith("set")) {
                String written = Redacteur.set(Profil.of(version), requete.espace(), requete.champs());
                assertThat(valid(version, dom(written))).as(written).isTrue();
                assertThat(Lecteur.request(Lecteur.body(stream(Redacteur.envelope(written))))
                                .champs())
                        .as("what was read is what was written")
                        .isEqualTo(requete.champs());
            }
        } else {
            Map<String, String> said = Lecteur.answer(new ByteArrayInputStream(envelope));
            assertThat(said.get("returnCode")).isEqualTo(verdict.get("returnCode"));
            assertThat(said.get("fault")).isEqualTo(verdict.get("fault"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2.1", "3.0"})
    @DisplayName("every answer that we write holds to the contract, whatever the values")
    void answersAreValid(String version) throws Exception {
        Profil profil = Profil.of(version);
        Map<String, String> full = new TreeMap<>(Map.of(
                "description", "CASE CREATE REQUEST",
                "troubleTicketKey", "OI-1",
                "troubleTicketState", "CLOSED",
                "serviceRestoredTime", "2015-01-12T08:30:00",
                "appointmentMode", "MANUEL (PLUS DE DISPO)",
                "messageContent", "é < & \u0001 " + "x".repeat(1_010),
                "defectResponsability", "OI",
                "closureDuration", "PT10H",
                "supplierPlannedActionDate", "2015-07-12T08:30:00"));
        for (String written : new String[] {
            Redacteur.answer(profil, "createTroubleTicketByValue", null, 100, "IMPOSSIBLE DE CREER LE TICKET"),
            Redacteur.answer(profil, "setTroubleTicketByValue", "OI-1", 0, null),
            Redacteur.found(profil, profil.espace(), "OI-1", 0, null, full),
            Redacteur.found(profil, profil.espace(), null, 5, "AUCUN RESULTAT TROUVE", Map.of()),
            Redacteur.set(profil, profil.espace(), full),
            Redacteur.exception("tt", "setTroubleTicketByValue", "remoteException", Faute.INTERNE),
            Redacteur.exception("co", "getEventDescriptor", "ossIllegalArgumentException", "x")
        }) {
            assertThat(valid(version, dom(written))).as(written).isTrue();
        }
        assertThat(Redacteur.set(profil, profil.espace(), full))
                .contains("2015-01-12T08:30:00+01:00", "2015-07-12T08:30:00+02:00")
                .contains(version.equals("2.1") ? "<sav:defectResponsability>" : "<sav:defectResponsibility>")
                .contains(
                        version.equals("2.1")
                                ? "<sav:appointmentMode>MANUEL (PLUS DE DISPO)<"
                                : "<sav:appointmentMode>MANUEL<")
                .contains(version.equals("2.1") ? "é &lt; &amp; ?" : "MANUEL (PLUS DE DISPO) - é");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"2.1", "3.0"})
    @DisplayName("the wire and the rules speak of the same fields and the same values")
    void theWireKnowsTheCatalogue(String version) {
        Profil profil = Profil.of(version);
        for (ChampDAction champ :
                Catalogue.load().page("sav", version).grille().orElseThrow().champs()) {
            Set<String> liste = profil.liste(champ.nom());
            if (!liste.isEmpty() && !champ.valeurs().isEmpty()) {
                assertThat(liste).as(champ.nom()).containsExactlyInAnyOrderElementsOf(champ.valeurs());
            }
        }
    }

    private static ByteArrayInputStream stream(String xml) {
        return new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8));
    }

    static Element dom(String xml) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder()
                .parse(new InputSource(new StringReader(xml)))
                .getDocumentElement();
    }

    /** What an envelope carries: the element in its body, or in the detail of its fault. */
    static Element content(String envelope) throws Exception {
        Element root = dom(envelope);
        NodeList details = root.getElementsByTagName("detail");
        Node parent = details.getLength() > 0
                ? details.item(0)
                : root.getElementsByTagNameNS(Redacteur.SOAP, "Body").item(0);
        Node child = parent.getFirstChild();
        while (!(child instanceof Element element)) {
            child = child.getNextSibling();
        }
        return element;
    }

    static boolean valid(String version, Element content) throws IOException {
        try {
            SCHEMAS.computeIfAbsent(version, MessagesTest::schema)
                    .newValidator()
                    .validate(new DOMSource(content));
            return true;
        } catch (SAXException e) {
            return false;
        }
    }

    private static Schema schema(String version) {
        try {
            SchemaFactory factory = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
            Path wsdl = Path.of("wsdl/v" + version);
            return factory.newSchema(new Source[] {
                new StreamSource(wsdl.resolve("ossj-troubleticket-v1-2.xsd").toFile()),
                new StreamSource(wsdl.resolve("sav-header-v1-0.xsd").toFile())
            });
        } catch (SAXException e) {
            throw new IllegalStateException(e);
        }
    }
}
