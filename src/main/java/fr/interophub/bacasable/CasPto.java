package fr.interophub.bacasable;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What an order says of the socket (spec Accès 1.2 §3.1): the three cases that, with the model, make nine lives. */
public enum CasPto {
    A_CONSTRUIRE("à construire"),
    IDENTIFIEE("identifiée"),
    NON_IDENTIFIEE("non identifiée");

    private final String libelle;

    CasPto(String libelle) {
        this.libelle = libelle;
    }

    /** The words a scénario file uses. */
    public String libelle() {
        return libelle;
    }

    /** What the fields of a Cmd_Acces say. */
    static CasPto of(Map<String, String> commande) {
        if (!"O".equals(commande.get("PriseExistante"))) {
            return A_CONSTRUIRE;
        }
        return commande.getOrDefault("ReferencePrise", "").isEmpty() ? NON_IDENTIFIEE : IDENTIFIEE;
    }

    static Optional<CasPto> find(String libelle) {
        return Stream.of(values()).filter(c -> c.libelle.equals(libelle)).findFirst();
    }
}
