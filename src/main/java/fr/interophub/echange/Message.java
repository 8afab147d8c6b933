package fr.interophub.echange;

import fr.interophub.catalogue.Issue;
import java.time.Instant;
import java.util.UUID;

/**
 * One thing said: a line of a file.
 *
 * @param dossierId the dossier it belongs to; null for a line kept outside (front door: a reference used again)
 * @param rang its rank in the dossier, from 1
 * @param issue OK, KO, or null when the flux carries no verdict
 * @param nature null for a message that counts in the dossier's life, else why it does not
 * @param journalId the transmission it came in; null for what leaves, which finds its file by its group
 * @param lotId what was written together with it
 * @param sortieId the group of lines that it leaves with; null for what came in
 * @param ligne the physical line in the incoming file (header = 1), or its place in the outgoing group, from 1
 * @param etat the state of the dossier once it was said
 * @param demande true if the SI must be told
 * @param champs the non-empty fields, a JSON object keyed by the protocol's field names
 * @param anomalies what was wrong with it, a JSON array, or null
 */
public record Message(
        UUID id,
        UUID dossierId,
        int rang,
        String operateur,
        Sens sens,
        String protocole,
        String flux,
        String version,
        Issue issue,
        Nature nature,
        String canal,
        UUID journalId,
        UUID lotId,
        UUID sortieId,
        int ligne,
        Acheminement acheminement,
        String etat,
        boolean demande,
        Instant date,
        String champs,
        String anomalies) {

    /** Why a message does not count in the life of its dossier. */
    public enum Nature {
        /** The same message again, or the first answer again. */
        REPETE,
        /** Sent again at the desk's request. */
        REEMIS,
        /** About no dossier: a second order with a reference already used, an access that is older than the hub. */
        HORS_DOSSIER,
        /** Not admitted by the state table. */
        HORS_SEQUENCE
    }

    /** The same thing said, as it counts in the life of another dossier that it moves too; the SI is told once. */
    public Message in(Dossier other) {
        return new Message(
                Ids.next(),
                other.id(),
                other.rang(),
                operateur,
                sens,
                protocole,
                flux,
                version,
                issue,
                null,
                canal,
                journalId,
                lotId,
                sortieId,
                ligne,
                acheminement,
                other.etat(),
                false,
                date,
                champs,
                null);
    }

    /** What the one-line life shows: the flux and its verdict. */
    public static String said(String flux, Issue issue) {
        return issue == null ? flux : flux + " " + issue;
    }
}
