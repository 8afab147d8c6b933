package fr.interophub.catalogue;

/** A field that the sheet does not have was named. */
public final class ChampInconnu extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final String champ;

    public ChampInconnu(String champ, String flux) {
        super("champ %s : inconnu du flux %s".formatted(champ, flux));
        this.champ = champ;
    }

    /** The name as it was given. */
    public String champ() {
        return champ;
    }
}
