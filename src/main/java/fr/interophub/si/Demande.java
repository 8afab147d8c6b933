package fr.interophub.si;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.OffsetDateTime;
import java.util.Map;

/**
 * What the SI is told: what an OC said and the hub accepted, or what the hub itself answered in its place.
 *
 * @param id the message's; a repetition carries the same
 * @param version the one that the SI speaks, whatever the OC has said it in
 * @param date when the hub took it, with its offset
 * @param dossier the dossier's id; null for a line kept outside any dossier
 * @param etat the state of the dossier once it was said
 * @param champs the protocol's fields by name, the empty ones left out
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
public record Demande(
        String id,
        OffsetDateTime date,
        String operateur,
        String protocole,
        String version,
        String flux,
        String dossier,
        String etat,
        Map<String, String> champs) {

    /** The same said in another version. */
    Demande in(String version, Map<String, String> champs) {
        return new Demande(id, date, operateur, protocole, version, flux, dossier, etat, champs);
    }
}
