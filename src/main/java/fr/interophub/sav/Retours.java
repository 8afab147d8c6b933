package fr.interophub.sav;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Grille;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;

/** What is answered in a situation, in the codes that were agreed with an OC (spec SAV §c). */
final class Retours {

    private final Catalogue catalogue;

    Retours(Catalogue catalogue) {
        this.catalogue = catalogue;
    }

    /**
     * @param oc null for nobody we know
     * @param key the ticket spoken of, or null
     * @param champ the field at fault, or null
     * @param detail what the label does not say, or null
     */
    Reponse of(Operateur oc, String key, Situation situation, String champ, String detail) {
        Contrat.Sav contrat = oc == null ? Contrat.DEFAUT.sav() : oc.contrat().sav();
        Grille.Retour retour = catalogue
                .page(Signalisations.PROTOCOLE, contrat.profil())
                .grille()
                .flatMap(grille -> grille.retour(situation.name()))
                .orElseThrow();
        String label = champ == null ? retour.libelle() : retour.libelle().replace("XXXXX", champ);
        return new Reponse(
                key,
                retour.codes().get(contrat.codes()),
                detail == null || situation == Situation.ACCEPTE ? label : label + " : " + detail);
    }

    Reponse of(Operateur oc, String key, Refuse refuse) {
        return of(oc, key, refuse.situation(), refuse.champ(), refuse.getMessage());
    }
}
