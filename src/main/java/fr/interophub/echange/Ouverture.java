package fr.interophub.echange;

import fr.interophub.catalogue.CsvFile;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.operateur.Operateur;

/**
 * A received file that proved readable from end to end; its lines may now take effect.
 *
 * @param prise the claim under which it is worked on; null for a single line judged again
 */
public record Ouverture(Prise prise, Transmission fichier, Operateur operateur, CsvFile.FileForm forme) {}
