package fr.interophub.catalogue;

import java.util.Optional;

/**
 * How the files of a page travel and are written (spec SAV §g, Naming); what a page leaves open is the operator's contract's.
 *
 * @param canal the door by which they leave
 * @param sujet the subject of the mail that carries one, {@code {FICHIER}} standing for its name
 * @param nom the template of their names
 * @param encodage the name of a character set
 * @param finDeLigne the line end
 * @param souple true when columns are known by their name alone: an unknown one is left aside, and one that is missing, or a
 *     wrong number of fields, is a fault of the lines that lack it and not of the file
 */
public record Fichiers(
        Optional<String> canal,
        Optional<String> sujet,
        Optional<String> nom,
        Optional<String> encodage,
        String finDeLigne,
        boolean souple) {

    /** A page that leaves everything open. */
    static final Fichiers LIBRES =
            new Fichiers(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), "\n", false);

    /** The subject of the mail that carries this file; empty when the page says none. */
    public Optional<String> sujet(String fichier) {
        return sujet.map(template -> template.replace("{FICHIER}", fichier));
    }
}
