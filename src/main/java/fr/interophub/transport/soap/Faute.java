package fr.interophub.transport.soap;

import java.io.StringReader;
import javax.xml.namespace.QName;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.cxf.binding.soap.SoapFault;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;

/**
 * A fault that an OC may read: its text is ours and always the same; what happened inside is for our log (spec SAV §a.6).
 */
final class Faute extends SoapFault {

    static final String ILLISIBLE = "MESSAGE ILLISIBLE";
    static final String INTERNE = "ERREUR SI INTERNE";
    static final int PANNE = 10;

    private Faute(String message, String code) {
        super(message, new QName(Redacteur.SOAP, code));
    }

    /** What came is no message of this contract. */
    static Faute client(String message) {
        return new Faute(message, "Client");
    }

    static Faute of(String message, String code) {
        return new Faute(message, code);
    }

    /** A fault that the contract declares for an operation. */
    static Faute declared(String code, String operation, String exception, String message) {
        Faute faute = new Faute(exception, code);
        String prefix = Introspection.COMMON.contains(operation) ? "co" : "tt";
        Element detail = element("<detail>" + Redacteur.exception(prefix, operation, exception, message) + "</detail>");
        faute.setDetail(detail);
        return faute;
    }

    /** The fault that the contract of the planning service declares (spec SAV §a.11). */
    static Faute info(int code, String message) {
        Faute faute = new Faute(message, code == PANNE ? "Server" : "Client");
        faute.setDetail(element(
                "<detail><p:InfoErreurType xmlns:p=\"%s\"><codeErreur>%d</codeErreur><messageErreur>%s</messageErreur></p:InfoErreurType></detail>"
                        .formatted(PlanEntree.ESPACE, code, Redacteur.escape(message))));
        return faute;
    }

    static Element element(String xml) {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
            factory.setNamespaceAware(true);
            return factory.newDocumentBuilder()
                    .parse(new InputSource(new StringReader(xml)))
                    .getDocumentElement();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
