package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Ligne;
import fr.interophub.operateur.Contrat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an OC orders, held against what its contract lets it order (spec §3.1). Another model is refused by the AR; another
 * PTO case by the AR or, where the contract says so, by the CR (spec §6.3).
 */
final class Accord {

    private static final String REGLE = "CONTRAT";
    private static final String NON_CONFORME = "FIMP16";
    private static final String PTO_REQUISE = "FIMP01";

    private Accord() {}

    /** What the contract does not allow of an order that is otherwise sound. */
    static List<Anomalie> check(Contrat.Commande accord, Ligne commande) {
        List<Anomalie> found = new ArrayList<>();
        String modele = commande.get("TypeRacco");
        if (!accord.modeles().contains(modele)) {
            found.add(refused("TypeRacco", "modèle " + modele, accord.modeles(), Optional.of(NON_CONFORME)));
        }
        rejection(accord, commande)
                .map(motif -> refused(
                        "PriseExistante",
                        "cas " + Faits.cas(commande),
                        accord.casPto(),
                        Optional.of(motif).filter(any -> accord.refusPto().equals("AR"))))
                .ifPresent(found::add);
        return found;
    }

    /** The motif of the CR KO of an order that passed its AR. */
    static Optional<String> rejection(Contrat.Commande accord, Ligne commande) {
        return accord.casPto().contains(Faits.cas(commande)) ? Optional.empty() : Optional.of(PTO_REQUISE);
    }

    private static Anomalie refused(String champ, String ordered, Set<String> allowed, Optional<String> motif) {
        return new Anomalie(
                champ,
                "",
                REGLE,
                motif,
                "%s : le contrat ne permet pas le %s, mais %s"
                        .formatted(champ, ordered, allowed.isEmpty() ? "rien" : String.join(", ", allowed)));
    }
}
