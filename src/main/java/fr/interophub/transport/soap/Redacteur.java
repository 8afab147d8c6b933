package fr.interophub.transport.soap;

import java.io.StringWriter;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes what the hub says in one profile of the contract: its elements in their order, its spelling of the fields, its
 * values (spec §0.2, §a.3). What it gives is the body of
 * an envelope; {@link #envelope} puts the envelope around it.
 */
final class Redacteur {

    static final String SOAP = "http://schemas.xmlsoap.org/soap/envelope/";
    static final String TT = "http://ossj.org/xml/TroubleTicket/v1-2";
    static final String CT = "http://ossj.org/xml/TroubleTicket-CBETrouble/v1-2";
    static final String CB = "http://ossj.org/xml/Common-CBEBi/v1-5";
    static final String CO = "http://ossj.org/xml/Common/v1-5";
    static final String H = "http://interop-fibre.fr/xml/TroubleTicketHeader/v1-0";

    private static final String BODY = "<soapenv:Body>";
    private static final String WSSE =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
    private static final String WSSE_TEXT =
            "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";

    private static final Map<String, String> PREFIXES = Map.of("tt", TT, "ct", CT, "cb", CB, "co", CO);
    private static final Set<String> DATES = Set.of("interactionDate", "troubleDetectionTime", "serviceRestoredTime");
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final Pattern INECRIVABLE =
            Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");
    private static final int CONTENU_MAX = 1024;
    private static final XMLOutputFactory FACTORY = XMLOutputFactory.newFactory();

    private final Profil profil;
    private final String espace;
    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter out;

    /** One piece of writing; what it does may fail only for a reason of ours. */
    private interface Ecriture {
        void write() throws XMLStreamException;
    }

    private Redacteur(Profil profil, String espace) {
        this.profil = profil;
        this.espace = espace;
        try {
            this.out = FACTORY.createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * A request for an OC's set service.
     *
     * @param espace the namespace that the partner gives to its SAV block
     */
    static String set(Profil profil, String espace, Map<String, String> champs) {
        Redacteur redacteur = new Redacteur(profil, espace);
        return redacteur.root("tt", "setTroubleTicketByValueRequest", () -> {
            redacteur.value(champs);
            redacteur.simple("tt", "resyncRequired", "false");
        });
    }

    /** The answer of create and set. */
    static String answer(Profil profil, String operation, String key, int code, String libelle) {
        Redacteur redacteur = new Redacteur(profil, profil.espace());
        return redacteur.root("tt", operation + "Response", () -> redacteur.response(key, code, libelle));
    }

    /** The answer of a read: the value is always there, with a nil key and a nil state when nothing was found. */
    static String found(
            Profil profil, String espace, String key, int code, String libelle, Map<String, String> champs) {
        Redacteur redacteur = new Redacteur(profil, espace);
        return redacteur.root("tt", "getTroubleTicketByKeyResponse", () -> {
            redacteur.response(key, code, libelle);
            redacteur.value(champs);
        });
    }

    /** A request without content, and what an introspection answers: names, or one text. */
    static String empty(String prefix, String element) {
        return new Redacteur(Profil.V2_1, null).root(prefix, element, () -> {});
    }

    static String names(String prefix, String element, String array, List<String> items) {
        Redacteur redacteur = new Redacteur(Profil.V2_1, null);
        return redacteur.root(prefix, element, () -> {
            redacteur.out.writeStartElement(prefix, array, PREFIXES.get(prefix));
            for (String item : items) {
                redacteur.simple("co", "item", item);
            }
            redacteur.out.writeEndElement();
        });
    }

    static String one(String prefix, String element, String child, String value) {
        Redacteur redacteur = new Redacteur(Profil.V2_1, null);
        return redacteur.root(prefix, element, () -> redacteur.simple(prefix, child, value));
    }

    /** The detail of a declared fault: an OSS/J exception with its message. */
    static String exception(String prefix, String operation, String exception, String message) {
        Redacteur redacteur = new Redacteur(Profil.V2_1, null);
        return redacteur.root(prefix, operation + "Exception", () -> {
            redacteur.out.writeStartElement(prefix, exception, PREFIXES.get(prefix));
            redacteur.simple("co", "message", message);
            redacteur.out.writeEndElement();
        });
    }

    /** The header that carries a login (spec SAV §a.5). */
    static String login(String login, String password) {
        return "<h:TroubleTicketHeaderRequest xmlns:h=\"%s\"><h:LoginName>%s</h:LoginName><h:Password>%s</h:Password></h:TroubleTicketHeaderRequest>"
                .formatted(H, escape(login), escape(password));
    }

    /** The header of WS-Security with a password in clear, which TLS hides. */
    static String token(String login, String password) {
        return "<w:Security xmlns:w=\"%s\"><w:UsernameToken><w:Username>%s</w:Username><w:Password Type=\"%s\">%s</w:Password></w:UsernameToken></w:Security>"
                .formatted(WSSE, escape(login), WSSE_TEXT, escape(password));
    }

    /** The envelope around a body. */
    static String envelope(String body) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<soapenv:Envelope xmlns:soapenv=\"" + SOAP + "\">" + BODY
                + body + "</soapenv:Body></soapenv:Envelope>";
    }

    /** One of our envelopes, with a header. */
    static String header(String envelope, String header) {
        int at = envelope.indexOf(BODY);
        return envelope.substring(0, at) + "<soapenv:Header>" + header + "</soapenv:Header>" + envelope.substring(at);
    }

    /** An answer that is a fault. */
    static String fault(String code, String message) {
        return envelope("<soapenv:Fault><faultcode>soapenv:%s</faultcode><faultstring>%s</faultstring></soapenv:Fault>"
                .formatted(code, escape(message)));
    }

    static String escape(String text) {
        return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private String root(String prefix, String element, Ecriture content) {
        try {
            out.writeStartElement(prefix, element, PREFIXES.get(prefix));
            for (Map.Entry<String, String> each : PREFIXES.entrySet()) {
                out.writeNamespace(each.getKey(), each.getValue());
            }
            if (espace != null) {
                out.writeNamespace("sav", espace);
            }
            out.writeNamespace("xsi", XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI);
            content.write();
            out.writeEndElement();
            out.close();
            return text.toString();
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    private void response(String key, int code, String libelle) throws XMLStreamException {
        out.writeStartElement("tt", "troubleTicketResponse", TT);
        nillable("ct", "troubleTicketKey", key);
        simple("ct", "returnCode", String.valueOf(code));
        if (libelle != null) {
            simple("ct", "returnLabel", libelle);
        }
        out.writeEndElement();
    }

    private void value(Map<String, String> said) throws XMLStreamException {
        Map<String, String> champs = translated(said);
        out.writeStartElement("tt", "troubleTicketValue", TT);
        optional("cb", "interactionDate", champs);
        optional("cb", "description", champs);
        nillable("ct", "troubleTicketKey", champs.get("troubleTicketKey"));
        nillable("ct", "troubleTicketState", champs.get("troubleTicketState"));
        optional("ct", "troubleDescription", champs);
        optional("ct", "troubleDetectionTime", champs);
        optional("ct", "serviceRestoredTime", champs);
        if (profil.champs().stream().anyMatch(champs::containsKey)) {
            out.writeStartElement("ct", "FTTHMUTTroubleTicket", CT);
            for (String champ : profil.champs()) {
                if (champs.containsKey(champ)) {
                    out.writeStartElement("sav", champ, espace);
                    out.writeCharacters(written(champ, champs.get(champ)));
                    out.writeEndElement();
                }
            }
            out.writeEndElement();
        }
        out.writeEndElement();
    }

    /**
     * The spelling of the partner's profile: the responsibility field (X2), and a mode of appointment that the profile does
     * not list, written as plain {@code MANUEL} with its reason in {@code messageContent} (X10).
     */
    private Map<String, String> translated(Map<String, String> said) {
        Map<String, String> champs = new LinkedHashMap<>(said);
        if (!profil.champs().contains("defectResponsability") && champs.containsKey("defectResponsability")) {
            champs.put("defectResponsibility", champs.remove("defectResponsability"));
        }
        String mode = champs.get("appointmentMode");
        if (mode != null && !profil.liste("appointmentMode").contains(mode) && mode.startsWith("MANUEL (")) {
            champs.put("appointmentMode", "MANUEL");
            champs.merge("messageContent", mode, (content, reason) -> cut(reason + " - " + content));
        }
        return champs;
    }

    private static String cut(String content) {
        return content.length() <= CONTENU_MAX ? content : content.substring(0, CONTENU_MAX);
    }

    private String written(String champ, String value) {
        if (!DATES.contains(champ) && !profil.isDate(champ)) {
            return clean(value);
        }
        try {
            return LocalDateTime.parse(value).atZone(PARIS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);
        } catch (DateTimeParseException offset) {
            return clean(value);
        }
    }

    private void optional(String prefix, String name, Map<String, String> champs) throws XMLStreamException {
        if (champs.containsKey(name)) {
            simple(prefix, name, written(name, champs.get(name)));
        }
    }

    private void simple(String prefix, String name, String value) throws XMLStreamException {
        out.writeStartElement(prefix, name, PREFIXES.get(prefix));
        out.writeCharacters(clean(value));
        out.writeEndElement();
    }

    private void nillable(String prefix, String name, String value) throws XMLStreamException {
        out.writeStartElement(prefix, name, PREFIXES.get(prefix));
        if (value == null) {
            out.writeAttribute("xsi", XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI, "nil", "true");
        } else {
            out.writeCharacters(clean(value));
        }
        out.writeEndElement();
    }

    /** Characters that XML 1.0 has no way to write become a question mark. */
    private static String clean(String value) {
        return INECRIVABLE.matcher(value).replaceAll("?");
    }
}
