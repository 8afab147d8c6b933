package fr.interophub.catalogue;

import java.util.List;
import java.util.Optional;

/**
 * One column of a flux, as its sheet describes it.
 *
 * @param nom the protocol's header, letter for letter ({@code Info Cmd Accès 1}, {@code NomModulePm N°1})
 * @param alias other headers read as this one ({@code ReferenceTechniquePrise})
 * @param forme what a value looks like
 * @param longueur longest value, in characters; 0 when the sheet gives none
 * @param longueurTracee true when the length is written in a source (spec Accès 1.2 §1.2): a longer value may refuse the
 *     line; false when it is a storage size of ours: a longer value only warns
 * @param presence O, F or C
 * @param si when it is mandatory, for a field C; {@link Condition#AUCUNE} when nothing can be checked from the line
 * @param sauf when it must be empty; {@link Condition#AUCUNE} when never
 * @param vide the motif that refuses a line where it is missing; empty when a missing value only warns
 * @param faux the motif that refuses a line where it is wrong (list, date, traced length, forbidden by {@code sauf},
 *     control character); empty when a wrong value only warns
 * @param regle the specification's rule, as data
 * @param preuve the specification's evidence tags, as data
 */
public record Champ(
        String nom,
        List<String> alias,
        Forme forme,
        int longueur,
        boolean longueurTracee,
        Presence presence,
        Condition si,
        Condition sauf,
        Optional<String> vide,
        Optional<String> faux,
        String regle,
        String preuve) {

    public Champ {
        alias = List.copyOf(alias);
    }
}
