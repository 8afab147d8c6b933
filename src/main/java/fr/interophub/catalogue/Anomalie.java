package fr.interophub.catalogue;

import java.util.Optional;

/**
 * A fault of one field of one line.
 *
 * @param champ the field's name as the sheet prints it
 * @param valeur what was read, cut to 80 characters
 * @param regle what is wrong: {@code CHAMP_VIDE}, {@code HORS_LISTE}, {@code FORMAT}, {@code LONGUEUR},
 *     {@code INTERDIT} (filled where it must be empty), {@code CARACTERE}
 * @param motif the KO motif code if the fault refuses the line; empty if it only warns
 * @param detail the fault in French, for people: what was expected, what was read
 */
public record Anomalie(String champ, String valeur, String regle, Optional<String> motif, String detail) {

    public boolean bloquante() {
        return motif.isPresent();
    }
}
