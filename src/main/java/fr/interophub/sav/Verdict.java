package fr.interophub.sav;

/** What the hub says of a décision about a ticket. Both outcomes are ordinary answers (decision Refus-Nest-Pas-Erreur). */
public sealed interface Verdict {

    /**
     * @param etat the ticket's state now
     * @param detail in French: the resolution now, and what was noticed without refusing
     */
    record Ok(String etat, String detail) implements Verdict {}

    /**
     * @param motif a code: {@code HORS_SEQUENCE}, {@code DOSSIER_INCONNU}, {@code CHAMP_VIDE}…
     * @param champ the field that is wrong, or null
     * @param detail in French, led by the return code that an OC would have been given (spec SAV §f, internal API)
     */
    record Ko(String motif, String champ, String detail) implements Verdict {}
}
