package fr.interophub.sav;

/** What is said is refused: why, and which field. Thrown before anything is written. */
final class Refuse extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Situation situation;
    private final String champ;
    private final String motif;

    private Refuse(Situation situation, String champ, String motif, String detail) {
        super(detail, null, false, false);
        this.situation = situation;
        this.champ = champ;
        this.motif = motif;
    }

    /**
     * @param champ the field at fault, or null
     * @param detail what was expected, what was read, in French; null when the label says it all
     */
    static Refuse because(Situation situation, String champ, String detail) {
        return new Refuse(situation, champ, situation.name(), detail);
    }

    /** The same, under another motif for the SI. */
    Refuse as(String other) {
        return new Refuse(situation, champ, other, getMessage());
    }

    Situation situation() {
        return situation;
    }

    String champ() {
        return champ;
    }

    String motif() {
        return motif;
    }
}
