package fr.interophub.bacasable;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one party knows of one dossier: the last value it heard or said of every field. The OC and the OI each keep their
 * own, so that nothing is known that was not said through the hub.
 */
public final class Vie {

    /** The fields by which a dossier may be found. */
    static final Set<String> REFERENCES =
            Set.of("ReferenceCommandePriseInterneOC", "ReferencePrestationPrise", "ReferenceDemandeOC", "IdRdv");

    private final String operateur;
    private final Modele modele;
    private final CasPto cas;
    private final Map<String, String> connu = new HashMap<>();
    private int routes;

    Vie(String operateur, Modele modele, CasPto cas) {
        this.operateur = operateur;
        this.modele = modele;
        this.cas = cas;
    }

    /** The OC's code. */
    public String operateur() {
        return operateur;
    }

    public Modele modele() {
        return modele;
    }

    public CasPto cas() {
        return cas;
    }

    /** The order's reference, which the OC chose. */
    public String reference() {
        return get("ReferenceCommandePriseInterneOC");
    }

    /** The last value heard or said of a field; empty if none was. */
    public String get(String champ) {
        return connu.getOrDefault(champ, "");
    }

    boolean knows(String champ) {
        return connu.containsKey(champ);
    }

    /** Takes in what a message says. */
    public void remember(String flux, Map<String, String> champs) {
        // A new request proposes slots of its own; a new appointment has no IdRdv yet.
        if (flux.equals("DemandeRdv") || flux.equals("Demande_Modif_RDV")) {
            connu.keySet().removeAll(Set.of("DateRdv1", "DateRdv2", "DateRdv3"));
        }
        if (flux.equals("DemandeRdv")) {
            connu.remove("IdRdv");
        }
        champs.forEach((champ, valeur) -> {
            if (!valeur.isBlank()) {
                connu.put(champ, valeur);
            }
        });
        // A décharge number is worth for the intervention during which it was given, and cold reprovisioning gives
        // none.
        if (flux.equals("Cmd_STOC")
                || flux.equals("Notif_Reprov")
                        && champs.getOrDefault("NumeroDecharge", "").isBlank()) {
            connu.remove("NumeroDecharge");
        }
    }

    int nextRoute() {
        return ++routes;
    }

    int route() {
        return Math.max(1, routes);
    }
}
