package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.operateur.Operateur;
import java.util.List;

/**
 * Who speaks which version. Each party is spoken to in its own; what the other cannot be told is known beforehand, and the
 * dossier says so (spec §7).
 */
final class Versions {

    private final Catalogue catalogue;
    private final Page si;

    /**
     * @param si the version that the SI speaks
     * @throws java.util.NoSuchElementException when the catalogue has no such page
     */
    Versions(Catalogue catalogue, String si) {
        this.catalogue = catalogue;
        this.si = catalogue.page(Commandes.PROTOCOLE, si);
    }

    Page si() {
        return si;
    }

    /** The page that an OC speaks. */
    Page of(Operateur oc) {
        return page(oc.versions().getOrDefault(Commandes.PROTOCOLE, "1.2"));
    }

    Page page(String version) {
        return catalogue.page(Commandes.PROTOCOLE, version);
    }

    /** What the SI will not be told of a line; nothing, at no cost, when it speaks the version of the line. */
    List<Anomalie> pertes(Ligne ligne) {
        return ligne.feuille().version().equals(si.version())
                ? List.of()
                : si.findFeuille(ligne.feuille().flux().code())
                        .map(feuille -> ligne.traduire(feuille).pertes())
                        .orElse(List.of());
    }
}
