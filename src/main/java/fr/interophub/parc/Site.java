package fr.interophub.parc;

/**
 * Where an access is.
 *
 * @param pm the ReferencePm that it lies behind, at most {@value Parc#REFERENCE_MAX} characters, or null when nobody has said it
 * @param adresse the address of its building in one line, number, street, postcode and town, at most
 *     {@value #ADRESSE_MAX} characters, or null when nobody has said it
 */
public record Site(String pm, String adresse) {

    /** The longest address that the register keeps: as long as a prévenance may say it (spec SAV §g). */
    public static final int ADRESSE_MAX = 255;

    /** Nobody has said where. */
    public static final Site INCONNU = new Site(null, null);

    /** The same, where this one says nothing of it. */
    public Site or(Site other) {
        return new Site(pm == null ? other.pm : pm, adresse == null ? other.adresse : adresse);
    }
}
