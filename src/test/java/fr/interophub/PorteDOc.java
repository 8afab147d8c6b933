package fr.interophub;

import fr.interophub.operateur.Operateur;
import fr.interophub.sav.JeuParFichiers.Fichier;
import java.util.List;
import java.util.Map;

/** How an OC of the tests and a running hub exchange files. */
interface PorteDOc {

    /**
     * The sheet of an OC that is met by this door.
     *
     * @param fiche the sheet without a door
     * @param sav what its contract says of SAV
     */
    Operateur ouvre(Operateur fiche, Map<String, Object> sav);

    /** The OC gives a file. */
    void depose(String oc, Fichier fichier);

    /** Every file that has come to the OC so far, in any order. */
    List<Fichier> releve(String oc);
}
