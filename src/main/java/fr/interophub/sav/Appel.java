package fr.interophub.sav;

import java.util.Map;
import java.util.UUID;

/**
 * One call of an OC, as text.
 *
 * @param action the field {@code description}, as the OC wrote it; null when it left it out
 * @param champs field name of spec SAV §b to value as written on the wire; absent, nil and empty are the same: not in the map
 * @param journalId the envelope, as the journal keeps it; null when it is not kept
 * @param canal the door: {@code SOAP}…
 */
public record Appel(String action, Map<String, String> champs, UUID journalId, String canal) {}
