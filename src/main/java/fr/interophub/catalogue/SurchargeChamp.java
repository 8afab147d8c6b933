package fr.interophub.catalogue;

import java.util.List;

/**
 * What an operator's contract changes of one field; {@code null} leaves the sheet's word.
 *
 * @param alias headers read as this field, beside those of the sheet
 * @param longueur longest value in characters, held to (a longer value is wrong); 0 = none
 * @param presence O, F or C
 * @param vide the motif that refuses a line where it is missing; {@code ""} = only warns
 * @param faux the motif that refuses a line where it is wrong; {@code ""} = only warns
 */
public record SurchargeChamp(List<String> alias, Integer longueur, Presence presence, String vide, String faux) {}
