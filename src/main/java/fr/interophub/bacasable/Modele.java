package fr.interophub.bacasable;

/** Who connects the client (Accès 1.2, field {@code TypeRacco}). */
public enum Modele {
    OI,
    STOC,
    OC
}
