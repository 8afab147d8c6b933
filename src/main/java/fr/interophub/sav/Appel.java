package fr.interophub.sav;

import fr.interophub.catalogue.Anomalie;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * One call of an OC, as text.
 *
 * @param action the field {@code description}, as the OC wrote it; null when it left it out
 * @param champs field name of spec SAV §b to value as written on the wire; absent, nil and empty are the same: not in the map
 * @param journalId the envelope or the file, as the journal keeps it; null when it is not kept
 * @param canal the door: {@code SOAP}…
 * @param ligne the physical line of the file; 0 for a call
 * @param anomalies what the door has noticed without refusing
 */
public record Appel(
        String action, Map<String, String> champs, UUID journalId, String canal, int ligne, List<Anomalie> anomalies) {

    /** A call by a web service. */
    public Appel(String action, Map<String, String> champs, UUID journalId, String canal) {
        this(action, champs, journalId, canal, 0, List.of());
    }
}
