package fr.interophub.echange;

/** How far a message has got on its way; never mixed with the state of a dossier (decision Two-Axes). */
public enum Acheminement {
    RECU,
    A_EMETTRE,
    EMIS,
    ACQUITTE,
    A_VERIFIER,
    EN_QUARANTAINE,
    ECARTE
}
