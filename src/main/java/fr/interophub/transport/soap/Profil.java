package fr.interophub.transport.soap;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * A version of the SAV contract as it stands on the wire: the namespace of the SAV block, its fields in the order in which
 * they are written, their types and value lists. All of it is read from the contract's own schema, so that what is served
 * and what is written cannot differ (spec §a.3, §b.1).
 */
final class Profil {

    /** Every namespace of a SAV block begins so, whatever the version (spec §a.7). */
    static final String ESPACE_SAV = "http://interop-fibre.fr/xml/TroubleTicketValue/";

    static final Profil V2_1 = new Profil("2.1");
    static final Profil V3_0 = new Profil("3.0");
    private static final Map<String, Profil> PROFILS = Map.of("2.1", V2_1, "3.0", V3_0);

    private final String version;
    private final String espace;
    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, Set<String>> listes = new HashMap<>();

    private Profil(String version) {
        this.version = version;
        Element schema = schema("/wsdl/v%s/sav-value-v%s.xsd".formatted(version, version.replace('.', '-')));
        this.espace = schema.getAttribute("targetNamespace");
        for (Element type : children(schema)) {
            String name = type.getAttribute("name");
            if (type.getLocalName().equals("complexType")) {
                for (Element field : descendants(type, "element")) {
                    types.put(
                            field.getAttribute("name"),
                            field.getAttribute("type").replaceFirst("^.*:", ""));
                }
            } else {
                Set<String> values = new LinkedHashSet<>();
                descendants(type, "enumeration").forEach(value -> values.add(value.getAttribute("value")));
                listes.put(name, Collections.unmodifiableSet(values));
            }
        }
    }

    /** @throws IllegalArgumentException when there is no such version */
    static Profil of(String version) {
        Profil profil = PROFILS.get(version);
        if (profil == null) {
            throw new IllegalArgumentException("no SAV profile " + version);
        }
        return profil;
    }

    String version() {
        return version;
    }

    /** The namespace of the SAV block, by default. */
    String espace() {
        return espace;
    }

    /** The fields of the SAV block, in the order in which they are written. */
    Set<String> champs() {
        return Collections.unmodifiableSet(types.keySet());
    }

    boolean isDate(String champ) {
        return "dateTime".equals(types.get(champ));
    }

    /** The values that a field may take, or none when it is not bound to a list. */
    Set<String> liste(String champ) {
        return listes.getOrDefault(types.getOrDefault(champ, ""), Set.of());
    }

    /** The form in which listed values are compared: whatever the case, the accents and the spaces (spec §0.2, X9). */
    static String compared(String value) {
        return Normalizer.normalize(value, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toUpperCase(Locale.ROOT)
                .strip()
                .replaceAll("\\s+", " ");
    }

    private static Element schema(String resource) {
        try (InputStream in = Profil.class.getResourceAsStream(resource)) {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder().parse(in).getDocumentElement();
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new IllegalStateException(resource, e);
        }
    }

    private static List<Element> children(Element parent) {
        return elements(parent.getChildNodes());
    }

    private static List<Element> descendants(Element parent, String name) {
        return elements(parent.getElementsByTagNameNS(XMLConstants.W3C_XML_SCHEMA_NS_URI, name));
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element element) {
                elements.add(element);
            }
        }
        return elements;
    }
}
