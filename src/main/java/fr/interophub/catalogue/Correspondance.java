package fr.interophub.catalogue;

import java.util.List;

/**
 * One thing that a line of this page and a call of another version of the protocol say alike (spec SAV §g). What the OC says is
 * read from the left to the right: a line, where {@code si} holds, gives the fields; what the OI says from the right to the left.
 *
 * @param emetteur who says it
 * @param flux the flux of this page; empty for an action that is said by no line
 * @param si when it holds: of the columns of the line for the OC, of the fields of the call for the OI
 * @param colonne the column; empty for what goes with the whole line
 * @param ecrit the value of the column, or, for the OI and without field, a text that may quote fields in braces; empty for the
 *     value of the field as it is
 * @param action the action of the other version; empty for what it cannot say
 * @param champs the fields of the action, several for a column that lists dates; none for a flux that only goes with its action
 * @param vaut the value of the field; empty for that of the column as it is
 * @param preuve the specification's evidence tags, as data
 */
public record Correspondance(
        Role emetteur,
        String flux,
        Condition si,
        String colonne,
        String ecrit,
        String action,
        List<String> champs,
        String vaut,
        String preuve) {

    public Correspondance {
        champs = List.copyOf(champs);
    }

    /** Is this the value of the column, whatever the case, the accents and the punctuation? */
    public boolean writes(String valeur) {
        return Page.fold(ecrit).equals(Page.fold(valeur));
    }
}
