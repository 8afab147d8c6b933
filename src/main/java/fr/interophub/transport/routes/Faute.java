package fr.interophub.transport.routes;

/**
 * What is wrong in a drawing.
 *
 * @param fichier the drawing's name
 * @param ligne from 1
 * @param texte in French, for the engineer
 */
record Faute(String fichier, int ligne, String texte) {

    @Override
    public String toString() {
        return "%s, ligne %d : %s".formatted(fichier, ligne, texte);
    }
}
