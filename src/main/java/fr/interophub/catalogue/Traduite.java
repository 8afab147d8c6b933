package fr.interophub.catalogue;

import java.util.List;

/**
 * A line said in another version of its protocol.
 *
 * @param ligne the line, of the other version's sheet
 * @param pertes the filled fields that cannot be had back from it, rule {@link #PERDU}; they never refuse a line
 */
public record Traduite(Ligne ligne, List<Anomalie> pertes) {

    public static final String PERDU = "PERDU_A_LA_TRADUCTION";
}
