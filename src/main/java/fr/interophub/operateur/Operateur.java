package fr.interophub.operateur;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import fr.interophub.catalogue.Page;
import java.util.List;
import java.util.Map;

/**
 * The sheet of an operator that we talk to. Kept as one JSON document; every value may be left out.
 *
 * @param code the quadrigramme, 4 letters or digits; also the name of its folders
 * @param nom the name that people read
 * @param siren 9 digits
 * @param actif false: its doors are closed, what it had dropped stays
 * @param versions the version spoken per protocol, e.g. {@code acces -> 1.2}
 * @param sftp the account on our SFTP server, if any
 * @param cleApi SHA-256 (hexadecimal) of its REST key, if any
 * @param contrat what was agreed with this operator
 * @param soap how it is known on our web services, if it calls them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record Operateur(
        String code,
        String nom,
        String siren,
        Boolean actif,
        Map<String, String> versions,
        Sftp sftp,
        String cleApi,
        Contrat contrat,
        Soap soap) {

    public Operateur {
        actif = actif == null || actif;
        versions = versions == null ? Map.of("acces", "1.2") : Map.copyOf(versions);
        contrat = contrat == null ? Contrat.DEFAUT : contrat;
    }

    /**
     * An account on our SFTP server.
     *
     * @param login the user name
     * @param motDePasse the password's hash, in Spring Security's {@code {id}hash} form; may be absent
     * @param clesPubliques lines in the form of OpenSSH's authorized_keys
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Sftp(String login, String motDePasse, List<String> clesPubliques) {
        public Sftp {
            clesPubliques = clesPubliques == null ? List.of() : List.copyOf(clesPubliques);
        }
    }

    /** An operator that does not call our web services. */
    public Operateur(
            String code,
            String nom,
            String siren,
            Boolean actif,
            Map<String, String> versions,
            Sftp sftp,
            String cleApi,
            Contrat contrat) {
        this(code, nom, siren, actif, versions, sftp, cleApi, contrat, null);
    }

    /**
     * How an operator is known on our web services (spec SAV §a.5): any of these is enough.
     *
     * @param login its login, in the SOAP header or by HTTP Basic
     * @param motDePasse the password's hash, in Spring Security's {@code {id}hash} form; may be absent
     * @param certificats its client certificates: SHA-256 fingerprint in hexadecimal, or subject (RFC 2253)
     * @param motDePasseSortant the password that we give to its own service, sealed ({@link Coffre}); may be absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Soap(String login, String motDePasse, List<String> certificats, String motDePasseSortant) {
        public Soap {
            certificats = certificats == null ? List.of() : List.copyOf(certificats);
        }

        /** An account of one whose own service we give no password. */
        public Soap(String login, String motDePasse, List<String> certificats) {
            this(login, motDePasse, certificats, null);
        }
    }

    /** The door by which files of this page leave for it: the page's, if the operator has given an address to write to. */
    public String canal(Page page) {
        return page.fichiers()
                .canal()
                .filter(imposed -> !contrat.mail().adresses().isEmpty())
                .orElse(contrat.canal());
    }

    public Operateur withSecrets(Sftp sftp, String cleApi, Soap soap) {
        return new Operateur(code, nom, siren, actif, versions, sftp, cleApi, contrat, soap);
    }
}
