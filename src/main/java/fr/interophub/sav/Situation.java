package fr.interophub.sav;

/** What a return code says, in one word; its number and its label are in {@code codes-retour.csv}. */
public enum Situation {
    ACCEPTE,
    CHAMP_VIDE,
    HORS_LISTE,
    FORMAT,
    SANS_CRITERE,
    SANS_RESULTAT,
    DESYNCHRONISE,
    SATURE,
    INCONNU,
    HORS_PARC,
    PANNE,
    NON_AUTORISE,
    AUTHENTIFICATION,
    INATTENDU,
    MAINTENANCE,
    INTERDIT,
    DESACTIVE,
    DEJA_OUVERT,
    RDV_INDISPONIBLE
}
