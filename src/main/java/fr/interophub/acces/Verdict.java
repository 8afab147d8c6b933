package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import java.util.List;
import java.util.Optional;

/**
 * What the hub says of a décision. Both outcomes are ordinary answers (decision Refus-Nest-Pas-Erreur).
 */
public sealed interface Verdict {

    /**
     * @param etat the state the dossier is in now
     * @param detail in French, what was noticed without refusing; may be null
     */
    record Ok(String etat, String detail) implements Verdict {}

    /**
     * @param motif a code: {@code HORS_SEQUENCE}, {@code DOSSIER_INCONNU}, {@code CHAMP_INCONNU}…
     * @param champ the field that is wrong, or null
     * @param detail in French
     */
    record Ko(String motif, String champ, String detail) implements Verdict {

        /** The first fault that refuses a décision, if one does. */
        static Optional<Verdict> of(List<Anomalie> anomalies) {
            return anomalies.stream()
                    .filter(Anomalie::bloquante)
                    .findFirst()
                    .map(fault -> new Ko(fault.regle(), fault.champ(), fault.detail()));
        }
    }
}
