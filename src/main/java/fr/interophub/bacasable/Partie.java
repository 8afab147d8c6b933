package fr.interophub.bacasable;

import fr.interophub.bacasable.Scenario.Commande;
import java.util.Map;

/**
 * One order of a scénario while it is played: what its OC and the OI know of it.
 *
 * @param commande the order
 * @param oc what the OC knows
 * @param oi what the OI knows
 */
public record Partie(Commande commande, Vie oc, Vie oi) {

    /** The OC's code. */
    public String operateur() {
        return oc.operateur();
    }

    /** The order's reference, which the OC chose. */
    public String reference() {
        return oc.reference();
    }

    /** Both parties have heard a message. */
    public void remember(String flux, Map<String, String> champs) {
        oc.remember(flux, champs);
        oi.remember(flux, champs);
    }
}
