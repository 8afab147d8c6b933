package fr.interophub.si;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What the hub says of a décision.
 *
 * @param id the décision's
 * @param verdict {@code OK} or {@code KO}
 * @param etat with OK: the state the dossier is in now
 * @param motif with KO: a code, e.g. {@code HORS_SEQUENCE}
 * @param champ with KO: the field that is wrong, if one is
 * @param detail in French
 */
public record VerdictSi(String id, String verdict, String etat, String motif, String champ, String detail) {

    static VerdictSi ok(String id, String etat, String detail) {
        return new VerdictSi(id, "OK", etat, null, null, detail);
    }

    static VerdictSi ko(String id, String motif, String champ, String detail) {
        return new VerdictSi(id, "KO", null, motif, champ, detail);
    }

    /** The keys that the front door promises: a KO always has its {@code champ}, even null. */
    @JsonValue
    Map<String, String> json() {
        Map<String, String> json = new LinkedHashMap<>();
        json.put("id", id);
        json.put("verdict", verdict);
        if (verdict.equals("OK")) {
            json.put("etat", etat);
            if (detail != null) {
                json.put("detail", detail);
            }
        } else {
            json.put("motif", motif);
            json.put("champ", champ);
            json.put("detail", detail);
        }
        return json;
    }
}
