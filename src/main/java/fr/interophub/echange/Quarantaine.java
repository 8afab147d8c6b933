package fr.interophub.echange;

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
        Instant date) {}
