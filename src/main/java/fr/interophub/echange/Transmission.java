package fr.interophub.echange;

import java.time.Instant;
import java.util.UUID;

/**
 * One transmission as the journal knows it: a file that came or went.
 *
 * @param fichier its name as dropped, or as sent
 * @param sha256 of its bytes, hexadecimal
 * @param taille bytes
 * @param flux null until it has been identified
 * @param lignesFaites how many of its lines have taken effect
 */
public record Transmission(
        UUID id,
        Sens sens,
        String operateur,
        String canal,
        String fichier,
        String sha256,
        long taille,
        String protocole,
        String flux,
        String version,
        Long lignes,
        long lignesFaites,
        Acheminement acheminement,
        UUID doublonDe,
        Instant date,
        Instant termineLe) {}
