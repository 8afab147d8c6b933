package fr.interophub.catalogue;

/** Who speaks in a protocol (Accès 1.2, glossary): the pages say who emits, never "in" or "out". */
public enum Role {
    /** Opérateur d'immeuble: builds the fibre. */
    OI,
    /** Opérateur commercial: sells it. */
    OC
}
