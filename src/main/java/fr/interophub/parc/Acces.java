package fr.interophub.parc;

import java.time.Instant;
import java.util.UUID;

/**
 * One access of one OC. The OI chose its prestation; an OC has it once.
 *
 * @param operateur the OC's code
 * @param prestation its ReferencePrestationPrise, at most {@value Parc#REFERENCE_MAX} characters
 * @param prise the ReferencePrise of its socket, or null when nobody has said it
 * @param site where it is
 * @param dateMes when it was put in service
 * @param gtr the time in which a failure must be mended, an ISO 8601 duration ({@code PT10H}), or null for none
 * @param partagee false for a dedicated fibre, which no other OC can overwrite (spec §5.10)
 * @param dossierId the order that put it in service; null when it is older than the hub
 */
public record Acces(
        String operateur,
        String prestation,
        String prise,
        Site site,
        Instant dateMes,
        String gtr,
        boolean partagee,
        Etat etat,
        UUID dossierId) {

    /** An access of which nobody has said where it is. */
    public Acces(
            String operateur,
            String prestation,
            String prise,
            Instant dateMes,
            String gtr,
            boolean partagee,
            Etat etat,
            UUID dossierId) {
        this(operateur, prestation, prise, Site.INCONNU, dateMes, gtr, partagee, etat, dossierId);
    }

    /** Where an access is in its life. */
    public enum Etat {
        EN_SERVICE,
        /** Given back by its OC. */
        RESILIEE,
        /** Lost to another OC's order on the same socket. */
        ECRASEE
    }
}
