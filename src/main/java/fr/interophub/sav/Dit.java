package fr.interophub.sav;

import fr.interophub.catalogue.Grille.Colonne;
import fr.interophub.catalogue.Role;
import java.util.Map;

/**
 * What one party says of a ticket, in the protocol's own spelling.
 *
 * @param flux the action
 * @param colonne the column of the matrix that it is held to; null when its {@code messageType} has none
 * @param champs by name, none empty
 */
record Dit(String flux, Colonne colonne, Role emetteur, Map<String, String> champs) {

    /** The value of a field; empty when it is not said. */
    String get(String champ) {
        return champs.getOrDefault(champ, "");
    }

    boolean has(String champ) {
        return champs.containsKey(champ);
    }

    boolean parLOi() {
        return emetteur == Role.OI;
    }

    boolean type(String messageType) {
        return get(Champs.TYPE_MESSAGE).equals(messageType);
    }

    boolean proposeAuto() {
        return get(Champs.MODE).equals(Champs.AUTO);
    }

    boolean proposeManuel() {
        return has(Champs.MODE) && !proposeAuto();
    }
}
