package fr.interophub.transport.soap;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.apache.cxf.staxutils.StaxUtils;

/**
 * Reads what partners write, by the names of the elements: in any order, unknown elements left aside, the SAV block in the
 * namespace of any version. What a value may be is judged elsewhere, so that it gets a return code and never a fault
 * (spec §a.6, §a.7).
 */
final class Lecteur {

    /** Elements of the OSS/J levels that SAV uses (spec §a.3). */
    private static final Set<String> NIVEAUX = Set.of(
            "interactionDate",
            "description",
            "troubleTicketKey",
            "troubleTicketState",
            "troubleDescription",
            "troubleDetectionTime",
            "serviceRestoredTime");

    /** What a read may be asked by (spec §0.2, X17). */
    private static final Set<String> CRITERES =
            Set.of("troubleTicketKey", "serviceProviderID", "supplierID", "technicalId");

    private static final String BLOC = "FTTHMUTTroubleTicket";
    private static final int IGNORES_MAX = 20;

    private final XMLStreamReader in;
    private final Map<String, String> champs = new LinkedHashMap<>();
    private final List<String> attrNames = new ArrayList<>();
    private final Set<String> ignores = new LinkedHashSet<>();
    private String espace;

    private Lecteur(XMLStreamReader in) {
        this.in = in;
    }

    /** A partner wrote something that is not even a message of this contract. */
    static final class Illisible extends Exception {
        Illisible(String message) {
            super(message);
        }

        Illisible(Throwable cause) {
            super(cause);
        }
    }

    /**
     * Reads one request.
     *
     * @param body at, or before, the element of the operation
     * @throws Illisible if it is not well-formed, or its SAV fields are of no version of the protocol
     */
    static Requete request(XMLStreamReader body) throws Illisible {
        try {
            Lecteur lecteur = new Lecteur(body);
            String operation = lecteur.open().replaceFirst("Request$", "");
            lecteur.operation(operation);
            return new Requete(
                    operation, lecteur.champs, List.copyOf(lecteur.attrNames), lecteur.espace, lecteur.ignores);
        } catch (XMLStreamException e) {
            throw new Illisible(e);
        }
    }

    /**
     * Reads one request whose fields lie side by side, in whatever namespace.
     *
     * @param end what the name of its element ends in, beside the operation
     * @param names the fields
     */
    static Requete flat(XMLStreamReader body, String end, Set<String> names) throws Illisible {
        try {
            Lecteur lecteur = new Lecteur(body);
            String operation = lecteur.open().replaceFirst(end + "$", "");
            while (lecteur.next()) {
                if (names.contains(body.getLocalName())) {
                    lecteur.keep(body.getLocalName());
                } else {
                    lecteur.ignore();
                }
            }
            return new Requete(operation, lecteur.champs, List.of(), null, lecteur.ignores);
        } catch (XMLStreamException e) {
            throw new Illisible(e);
        }
    }

    /**
     * What a partner answered to a call: {@code troubleTicketKey}, {@code returnCode}, {@code returnLabel}; of a fault, the
     * name of its exception under {@code fault} and its {@code faultstring}; of an introspection, {@code item}.
     *
     * @param envelope an envelope, with its declared encoding
     */
    static Map<String, String> answer(InputStream envelope) throws Illisible {
        try {
            XMLStreamReader in = body(envelope);
            Map<String, String> said = new LinkedHashMap<>();
            StringBuilder text = new StringBuilder();
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.START_ELEMENT) {
                    text.setLength(0);
                    if (in.getLocalName().endsWith("Exception")) {
                        said.put("fault", in.getLocalName());
                    } else if (in.getLocalName().equals("Fault")) {
                        said.putIfAbsent("fault", "Fault");
                    }
                } else if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                    text.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
                } else if (event == XMLStreamConstants.END_ELEMENT) {
                    String value = text.toString().strip();
                    if (!value.isEmpty()) {
                        said.merge(
                                in.getLocalName(),
                                value,
                                (first, next) -> in.getLocalName().equals("item") ? first + ", " + next : first);
                    }
                    text.setLength(0);
                }
            }
            return said;
        } catch (XMLStreamException e) {
            throw new Illisible(e);
        }
    }

    /** A reader at the body of an envelope. */
    static XMLStreamReader body(InputStream envelope) throws Illisible {
        XMLStreamReader in = StaxUtils.createXMLStreamReader(envelope);
        try {
            while (in.hasNext()) {
                int event = in.next();
                if (event == XMLStreamConstants.DTD) {
                    throw new Illisible("a document type");
                }
                if (event == XMLStreamConstants.START_ELEMENT
                        && in.getLocalName().equals("Body")) {
                    return in;
                }
            }
            throw new Illisible("no body");
        } catch (XMLStreamException e) {
            throw new Illisible(e);
        }
    }

    /** To the next element that opens; its name. */
    private String open() throws XMLStreamException {
        if (in.getEventType() != XMLStreamConstants.START_ELEMENT
                || in.getLocalName().equals("Body")) {
            in.nextTag();
        }
        return in.getLocalName();
    }

    private void operation(String operation) throws XMLStreamException, Illisible {
        while (in.nextTag() == XMLStreamConstants.START_ELEMENT) {
            String name = in.getLocalName();
            if (name.equals("troubleTicketValue")) {
                value();
            } else if (name.equals("attrNames")) {
                names();
            } else if (operation.equals("getTroubleTicketByKey") && CRITERES.contains(name)
                    || name.equals("eventType")) {
                keep(name);
            } else if (name.equals("resyncRequired")) {
                skip();
            } else {
                ignore();
            }
        }
    }

    private void value() throws XMLStreamException, Illisible {
        while (next()) {
            String name = in.getLocalName();
            if (name.equals(BLOC)) {
                block();
            } else if (NIVEAUX.contains(name)) {
                keep(name);
            } else {
                ignore();
            }
        }
    }

    private void block() throws XMLStreamException, Illisible {
        while (next()) {
            String name = in.getLocalName();
            boolean known =
                    Profil.V2_1.champs().contains(name) || Profil.V3_0.champs().contains(name);
            if (!known) {
                ignore();
                continue;
            }
            if (in.getNamespaceURI() == null || !in.getNamespaceURI().startsWith(Profil.ESPACE_SAV)) {
                throw new Illisible("SAV block in namespace " + in.getNamespaceURI());
            }
            espace = in.getNamespaceURI();
            keep(name.equals("defectResponsibility") ? "defectResponsability" : name);
        }
    }

    private void names() throws XMLStreamException, Illisible {
        while (next()) {
            String name = text();
            if (!name.isEmpty()) {
                attrNames.add(name);
            }
        }
    }

    /** True at the next element that opens, false at the end of the one we are in; text between them means nothing. */
    private boolean next() throws XMLStreamException, Illisible {
        while (true) {
            int event = event();
            if (event == XMLStreamConstants.START_ELEMENT) {
                return true;
            }
            if (event == XMLStreamConstants.END_ELEMENT) {
                return false;
            }
        }
    }

    /** The next thing; an entity that nobody declared would be lost in silence. */
    private int event() throws XMLStreamException, Illisible {
        int event = in.next();
        if (event == XMLStreamConstants.ENTITY_REFERENCE) {
            throw new Illisible("an entity");
        }
        return event;
    }

    /** The first value that a field is given counts; any other is told with what was ignored. */
    private void keep(String name) throws XMLStreamException, Illisible {
        boolean nil = "true".equals(in.getAttributeValue(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil"));
        String value = text();
        if (nil || value.isEmpty()) {
            return;
        }
        if (champs.putIfAbsent(name, value) != null) {
            note(name);
        }
    }

    private String text() throws XMLStreamException, Illisible {
        StringBuilder text = new StringBuilder();
        while (true) {
            int event = event();
            if (event == XMLStreamConstants.CHARACTERS || event == XMLStreamConstants.CDATA) {
                text.append(in.getTextCharacters(), in.getTextStart(), in.getTextLength());
            } else if (event == XMLStreamConstants.START_ELEMENT) {
                ignore();
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                return text.toString().strip();
            }
        }
    }

    private void ignore() throws XMLStreamException, Illisible {
        note(in.getLocalName());
        skip();
    }

    /** To the end of the element we are at. */
    private void skip() throws XMLStreamException, Illisible {
        for (int depth = 1; depth > 0; ) {
            int event = event();
            if (event == XMLStreamConstants.START_ELEMENT) {
                depth++;
            } else if (event == XMLStreamConstants.END_ELEMENT) {
                depth--;
            }
        }
    }

    private void note(String name) {
        if (ignores.size() < IGNORES_MAX) {
            ignores.add(name.length() > 60 ? name.substring(0, 60) : name);
        }
    }
}
