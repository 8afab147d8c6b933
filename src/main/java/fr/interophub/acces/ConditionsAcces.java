package fr.interophub.acces;

import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Dossier;

final class ConditionsAcces {
    private ConditionsAcces() {}

    static boolean holds(String condition, Dossier dossier, Ligne ligne) {
        return true;
    }
}
