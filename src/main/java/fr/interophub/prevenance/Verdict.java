package fr.interophub.prevenance;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.UUID;

/**
 * What the hub says of an announcement. The same announcement again gets the same verdict again, and has no second effect.
 *
 * @param verdict {@code OK} or {@code KO}
 * @param motif with KO: a code, e.g. {@code PM_INCONNU}
 * @param champ with KO: the field that is wrong
 * @param detail with KO: in French
 * @param envois with OK: who is told, one for each OC
 * @param adressesSansAcces with OK: what was announced and where nobody has an access behind this PM
 * @param accesSansAdresse with OK and a list of addresses: how many accesses behind the PM the register cannot place, and are
 *     told to nobody
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Verdict(
        @JsonProperty("ReferencePrevenance") String reference,
        String verdict,
        String motif,
        String champ,
        String detail,
        List<Envoi> envois,
        List<String> adressesSansAcces,
        Integer accesSansAdresse) {

    /** Another announcement had this reference first. */
    public static final String REFERENCE_DEJA_UTILISEE = "REFERENCE_DEJA_UTILISEE";

    /**
     * One OC that is told.
     *
     * @param adresses how many, one a line
     * @param dossier where its file and its AR are followed
     */
    public record Envoi(String operateur, int adresses, UUID dossier) {}

    static Verdict ok(String reference, List<Envoi> envois, List<String> adressesSansAcces, int accesSansAdresse) {
        return new Verdict(reference, "OK", null, null, null, envois, adressesSansAcces, accesSansAdresse);
    }

    static Verdict ko(String reference, String motif, String champ, String detail) {
        return new Verdict(reference, "KO", motif, champ, detail, null, null, null);
    }

    public boolean ok() {
        return verdict.equals("OK");
    }
}
