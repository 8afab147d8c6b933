package fr.interophub.bacasable;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The envelopes of an OC, written and read with nothing of the hub's own: two parties share the contract, not the code. */
final class EnveloppeSav {

    /** Fields that stand beside the SAV block, and where (spec SAV §a.3). */
    private static final Map<String, String> NIVEAUX = Map.of(
            "interactionDate", "cb",
            "description", "cb",
            "troubleTicketKey", "ct",
            "troubleTicketState", "ct",
            "troubleDescription", "ct",
            "troubleDetectionTime", "ct",
            "serviceRestoredTime", "ct");

    private static final List<String> AVANT = List.of(
            "interactionDate",
            "description",
            "troubleTicketKey",
            "troubleTicketState",
            "troubleDescription",
            "troubleDetectionTime",
            "serviceRestoredTime");

    private static final Set<String> CRITERES = Set.of("serviceProviderID", "supplierID", "technicalId");

    /** One envelope as it was read. */
    record Lue(String operation, Map<String, String> champs) {

        /** A field, or nothing. */
        String get(String champ) {
            return champs.getOrDefault(champ, "");
        }
    }

    private EnveloppeSav() {}

    private static String envelope(String header, String body) {
        return """
                <?xml version="1.0" encoding="UTF-8"?>
                <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/" \
                xmlns:tt="http://ossj.org/xml/TroubleTicket/v1-2" \
                xmlns:ct="http://ossj.org/xml/TroubleTicket-CBETrouble/v1-2" \
                xmlns:cb="http://ossj.org/xml/Common-CBEBi/v1-5" xmlns:co="http://ossj.org/xml/Common/v1-5" \
                xmlns:h="http://interop-fibre.fr/xml/TroubleTicketHeader/v1-0" \
                xmlns:sav="http://interop-fibre.fr/xml/TroubleTicketValue/v2-1">\
                %s<e:Body>%s</e:Body></e:Envelope>""".formatted(header, body);
    }

    static String login(String login, String motDePasse) {
        return tag(
                "e:Header",
                tag("h:TroubleTicketHeaderRequest", text("h:LoginName", login) + text("h:Password", motDePasse)));
    }

    /** A call of the create or the set service. */
    static String call(String header, String operation, Map<String, String> champs) {
        StringBuilder value = new StringBuilder();
        AVANT.stream()
                .filter(champs::containsKey)
                .forEach(champ -> value.append(text(NIVEAUX.get(champ) + ":" + champ, champs.get(champ))));
        value.append(tag(
                "ct:FTTHMUTTroubleTicket",
                champs.entrySet().stream()
                        .filter(each -> !NIVEAUX.containsKey(each.getKey()))
                        .map(each -> text("sav:" + each.getKey(), each.getValue()))
                        .collect(Collectors.joining())));
        return envelope(header, tag("tt:" + operation + "Request", tag("tt:troubleTicketValue", value.toString())));
    }

    static String read(String header, Map<String, String> criteres, List<String> attrNames) {
        StringBuilder request =
                new StringBuilder(text("tt:troubleTicketKey", criteres.getOrDefault("troubleTicketKey", "")));
        request.append(tag(
                "tt:attrNames",
                attrNames.stream().map(name -> text("co:item", name)).collect(Collectors.joining())));
        criteres.forEach(
                (critere, value) -> request.append(CRITERES.contains(critere) ? text("tt:" + critere, value) : ""));
        return envelope(header, tag("tt:getTroubleTicketByKeyRequest", request.toString()));
    }

    static String answer(String key, String code, String label) {
        return envelope(
                "",
                tag(
                        "tt:setTroubleTicketByValueResponse",
                        tag(
                                "tt:troubleTicketResponse",
                                text("ct:troubleTicketKey", key)
                                        + text("ct:returnCode", code)
                                        + text("ct:returnLabel", label))));
    }

    static String served(String item) {
        return envelope("", tag("co:getManagedEntityTypesResponse", tag("co:strings", text("co:item", item))));
    }

    static String fault(String exception) {
        return envelope(
                "",
                tag(
                        "e:Fault",
                        "<faultcode>e:Server</faultcode><faultstring>refus</faultstring>"
                                + tag(
                                        "detail",
                                        tag(
                                                "tt:setTroubleTicketByValueException",
                                                tag("tt:" + exception, text("co:message", "refus"))))));
    }

    private static String tag(String name, String content) {
        return "<%1$s>%2$s</%1$s>".formatted(name, content);
    }

    private static String text(String name, String value) {
        return tag(name, value.replace("&", "&amp;").replace("<", "&lt;"));
    }

    /**
     * Every text of a body by the local name of its element; the first that says something counts.
     *
     * @throws IOException when this is no SOAP 1.1 envelope
     */
    static Lue read(String envelope) throws IOException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element root = factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(envelope)))
                    .getDocumentElement();
            List<Element> body =
                    elements(root.getElementsByTagNameNS("http://schemas.xmlsoap.org/soap/envelope/", "Body"));
            List<Element> inside =
                    body.isEmpty() ? List.of() : elements(body.get(0).getElementsByTagNameNS("*", "*"));
            if (inside.isEmpty()) {
                throw new IOException("enveloppe vide");
            }
            Map<String, String> champs = new LinkedHashMap<>();
            inside.stream()
                    .filter(element -> element.getElementsByTagNameNS("*", "*").getLength() == 0)
                    .filter(element -> !element.getTextContent().isBlank())
                    .forEach(element -> champs.putIfAbsent(
                            element.getLocalName(), element.getTextContent().strip()));
            return new Lue(inside.get(0).getLocalName(), champs);
        } catch (SAXException e) {
            throw new IOException("enveloppe illisible", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<Element> elements(NodeList nodes) {
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }
}
