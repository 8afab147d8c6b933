package fr.interophub.si;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.Map;

/**
 * What the OI wants said.
 *
 * @param id chosen by the SI, at most 100 characters; the same id again has no second effect
 * @param operateur the OC it is said to
 * @param flux the protocol's code
 * @param champs the protocol's fields by name
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Decision(String id, String operateur, String flux, Map<String, String> champs) {

    public Decision {
        champs = champs == null ? Map.of() : champs;
    }
}
