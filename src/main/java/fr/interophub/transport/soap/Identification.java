package fr.interophub.transport.soap;

import fr.interophub.Empreinte;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.transport.MotsDePasse;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/** Tells which operator calls, by what its sheet says of its credentials (spec SAV §a.5). */
final class Identification {

    private final Annuaire annuaire;
    private final MotsDePasse motsDePasse;

    Identification(Annuaire annuaire, MotsDePasse motsDePasse) {
        this.annuaire = annuaire;
        this.motsDePasse = motsDePasse;
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
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return Optional.empty();
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? Optional.empty() : login(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
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
