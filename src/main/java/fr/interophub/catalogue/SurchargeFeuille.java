package fr.interophub.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * An operator's contract about one sheet; {@code null} leaves the sheet's word.
 *
 * @param ordre canonical names in the partner's order; columns it does not name follow in the sheet's order
 * @param absents columns the partner does not have: neither read nor written, never missing
 * @param champs what changes field by field, by canonical name
 */
public record SurchargeFeuille(List<String> ordre, Set<String> absents, Map<String, SurchargeChamp> champs) {}
