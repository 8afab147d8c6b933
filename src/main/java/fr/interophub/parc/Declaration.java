package fr.interophub.parc;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * An access as the OI writes it down, before it is looked at; every value is a text, or null.
 *
 * @param pm the PM that it lies behind, or nothing
 * @param adresse the address of its building in one line, or nothing
 * @param dateMes an ISO 8601 date with its offset
 * @param gtr an ISO 8601 duration, or nothing
 * @param partagee {@code true} or {@code false}; nothing: shared
 * @param etat {@code EN_SERVICE} (or nothing), {@code RESILIEE}, {@code ECRASEE}
 */
public record Declaration(
        String operateur,
        @JsonProperty("ReferencePrestationPrise") String prestation,
        @JsonProperty("ReferencePrise") String prise,
        @JsonProperty("ReferencePm") String pm,
        String adresse,
        String dateMes,
        String gtr,
        String partagee,
        String etat) {}
