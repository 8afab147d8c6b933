package fr.interophub.catalogue;

/** The protocol's own presence letters (spec Accès 1.2 §0.1). */
public enum Presence {
    /** Obligatoire. */
    O,
    /** Facultatif. */
    F,
    /** Conditionné: obligatoire when the column {@code si} of the sheet holds. */
    C
}
