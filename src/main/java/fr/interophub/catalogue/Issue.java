package fr.interophub.catalogue;

/** What an answer says. Both are ordinary answers; neither is an error (decision Refus-Nest-Pas-Erreur). */
public enum Issue {
    OK,
    KO
}
