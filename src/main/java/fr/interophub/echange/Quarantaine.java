package fr.interophub.echange;

import fr.interophub.catalogue.Ligne;
import java.time.Instant;
import java.util.UUID;

/**
 * Something kept aside for a person to look at.
 *
 * @param fichier the name as dropped
 * @param motif a code: {@code NOMBRE_DE_COLONNES}, {@code HORS_SEQUENCE}…
 * @param detail in French: what, where, expected, read
 * @param ligne the physical line, or null for the whole file
 * @param journalId the transmission it came in
 * @param messageId the message, or null for a whole file
 */
public record Quarantaine(
        UUID id,
        String operateur,
        String canal,
        String fichier,
        String motif,
        String detail,
        Long ligne,
        UUID journalId,
        UUID messageId,
        Instant date) {

    /** The alert that tells the desk of a line kept aside. */
    public static final String LIGNE = "LIGNE_EN_QUARANTAINE";

    /** A line of a file, and the message that it is. */
    public static Quarantaine of(LotDeLignes source, Ligne ligne, Message message, String motif, String detail) {
        Transmission file = source.fichier();
        return new Quarantaine(
                Ids.next(),
                source.operateur().code(),
                file.canal(),
                file.fichier(),
                motif,
                detail,
                (long) ligne.numero(),
                file.id(),
                message.id(),
                message.date());
    }
}
