package fr.interophub.catalogue;

import java.util.LinkedHashMap;
import java.util.Map;

/** One valid specimen of the flux that tests break in one place. */
final class Specimens {

    static final Page PAGE = Catalogue.load().page("acces", "1.2");
    static final FluxSheet CMD = PAGE.feuille("Cmd_Acces");
    static final FluxSheet CR = PAGE.feuille("CR_Cmd_Acces");

    private Specimens() {}

    /** An order in model OI, PTO à construire, that no rule has anything to say about. */
    static Map<String, String> commande() {
        var champs = new LinkedHashMap<String, String>();
        champs.put("ReferenceCommandePriseInterneOC", "478977");
        champs.put("CommuneImmeuble", "PAU");
        champs.put("CodePostalImmeuble", "64000");
        champs.put("CodeInseeImmeuble", "64445");
        champs.put("CodeVoieRivoliImmeuble", "0123");
        champs.put("NumeroVoieImmeuble", "12");
        champs.put("ComplementNumeroVoieImmeuble", "B");
        champs.put("TypeVoieImmeuble", "RUE");
        champs.put("LibelleVoieImmeuble", "des Écoles");
        champs.put("TypeRacco", "OI");
        champs.put("DateInstall", "20141003 09:00");
        champs.put("NomClient", "Martin");
        champs.put("ContactClient1", "0102030405");
        champs.put("IdRdv", "RDV-1");
        champs.put("ReferencePrestationPm", "OCXY-PM-64269BEAR-01");
        champs.put("ReferencePm", "ADR-64269-BEAR-01");
        champs.put("PriseExistante", "N");
        champs.put("TypeCommandeDemande", "COFI");
        champs.put("DateCommandePrise", "20141001 11:06");
        return champs;
    }

    static Ligne commande(String champ, String valeur) {
        var champs = commande();
        champs.put(champ, valeur);
        return CMD.ligne(2, champs);
    }
}
