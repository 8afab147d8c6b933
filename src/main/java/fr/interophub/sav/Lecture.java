package fr.interophub.sav;

import java.util.Map;

/**
 * What a read finds.
 *
 * @param champs the fields of column RS of spec SAV §b.2; empty when nothing was found
 */
public record Lecture(Reponse reponse, Map<String, String> champs) {}
