package fr.interophub.echange;

/** Tells the OI that something wants a look. One alert per matter: a repetition is counted, not told again. */
public interface Alertes {

    /** Tells nobody. */
    Alertes SILENCE = new Alertes() {
        @Override
        public void raise(String genre, String sujet, String operateur, String texte) {}

        @Override
        public void close(String genre, String sujet) {}
    };

    /**
     * Raises an alert inside the caller's transaction, or counts one more on the open alert of the same matter.
     *
     * @param genre a code, e.g. {@code FICHIER_ILLISIBLE}
     * @param sujet what it is about, at most 200 characters; with the genre it identifies the matter
     * @param operateur the operator it concerns, or null
     * @param texte in French, for the OI's desk
     */
    void raise(String genre, String sujet, String operateur, String texte);

    /** The matter is over. */
    void close(String genre, String sujet);
}
