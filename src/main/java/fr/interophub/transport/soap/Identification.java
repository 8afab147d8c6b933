package fr.interophub.transport.soap;

import fr.interophub.Empreinte;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.transport.MotsDePasse;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.apache.cxf.binding.soap.SoapHeader;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Tells which operator calls, by what its sheet says of its credentials (spec SAV §a.5). */
final class Identification {

    private final Annuaire annuaire;
    private final MotsDePasse motsDePasse;

    Identification(Annuaire annuaire, MotsDePasse motsDePasse) {
        this.annuaire = annuaire;
        this.motsDePasse = motsDePasse;
    }

    /**
     * Who calls: what HTTP or TLS has told the door, or the login header; if there are both they must agree.
     *
     * @return null for nobody we know
     */
    Operateur caller(List<SoapHeader> headers, HttpServletRequest request) {
        Operateur known = (Operateur) request.getAttribute(PorteSoap.OPERATEUR);
        for (SoapHeader header : headers) {
            if (header.getName().getLocalPart().equals("TroubleTicketHeaderRequest")
                    && header.getObject() instanceof Element element) {
                Optional<Operateur> said = login(text(element, "LoginName"), text(element, "Password"));
                Tentative.of(request).ifPresent(tentative -> tentative.end(said.isPresent()));
                return said.filter(oc -> known == null || known.code().equals(oc.code()))
                        .orElse(null);
            }
        }
        return known;
    }

    /** The text of the first element of that name below another; empty when there is none. */
    static String text(Element element, String name) {
        NodeList found = element.getElementsByTagNameNS("*", name);
        return found.getLength() == 0 ? "" : found.item(0).getTextContent().strip();
    }

    /** The operator of a login, if that is its password. */
    Optional<Operateur> login(String login, String password) {
        return annuaire.list().stream()
                .filter(oc -> oc.soap() != null
                        && oc.soap().motDePasse() != null
                        && login.equals(oc.soap().login()))
                .filter(oc -> motsDePasse.matches(password, oc.soap().motDePasse()))
                .findFirst();
    }

    /** The same, from an {@code Authorization} header. */
    Optional<Operateur> basic(String authorization) {
        String[] pair = pair(authorization);
        return pair.length < 2 ? Optional.empty() : login(pair[0], pair[1]);
    }

    /** The login of an {@code Authorization} header; empty when it names none. */
    static String basicLogin(String authorization) {
        return pair(authorization)[0];
    }

    private static String[] pair(String authorization) {
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return new String[] {""};
        }
        try {
            byte[] pair = Base64.getDecoder().decode(authorization.substring(6).strip());
            return new String(pair, StandardCharsets.UTF_8).split(":", 2);
        } catch (IllegalArgumentException notBase64) {
            return new String[] {""};
        }
    }

    /** The operator of a client certificate; that its issuer is trusted was the TLS door's business. */
    Optional<Operateur> certificate(X509Certificate certificate) {
        return annuaire.list().stream()
                .filter(oc ->
                        oc.soap() != null && oc.soap().certificats().stream().anyMatch(told -> same(told, certificate)))
                .findFirst();
    }

    private static boolean same(String told, X509Certificate certificate) {
        String plain = told.replace(":", "");
        return plain.matches("[0-9A-Fa-f]{64}")
                ? plain.equalsIgnoreCase(fingerprint(certificate))
                : new X500Principal(told).equals(certificate.getSubjectX500Principal());
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            return Empreinte.of(certificate.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}
