package fr.interophub.sav;

/**
 * What an OC is answered (spec SAV §c).
 *
 * @param troubleTicketKey the OI's reference; null when a creation is refused
 * @param code of the catalogue agreed with the OC; 0 when accepted
 * @param libelle in French, with the field's name when a field is at fault
 */
public record Reponse(String troubleTicketKey, int code, String libelle) {}
