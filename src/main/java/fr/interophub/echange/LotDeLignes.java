package fr.interophub.echange;

import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.operateur.Operateur;
import java.util.List;

/**
 * Consecutive lines of a received file, judged and committed together.
 *
 * @param ouverture the file they come from
 * @param debut how many lines of the file come before them
 * @param lignes the lines, in the order of the file
 * @param rejeu true when a person has asked for these lines alone to be judged again
 */
public record LotDeLignes(Ouverture ouverture, long debut, List<Ligne> lignes, boolean rejeu) {

    public Operateur operateur() {
        return ouverture.operateur();
    }

    public Transmission fichier() {
        return ouverture.fichier();
    }

    public FluxSheet feuille() {
        return ouverture.forme().feuille();
    }
}
