package fr.interophub.catalogue;

import java.util.Set;

/**
 * A reason of the "Codification - type KO" tab (spec Accès 1.2 §4).
 *
 * @param code e.g. {@code FIMP15}
 * @param libelle the label as the protocol prints it, family prefix included, at most 255 characters
 * @param flux the flux it may be used in
 * @param cause the protocol's wording it stands for; may be empty
 */
public record Motif(String code, String libelle, Set<String> flux, String cause) {}
