package fr.interophub.acces;

import fr.interophub.acces.Controle.Avis;
import fr.interophub.catalogue.Ligne;
import fr.interophub.operateur.Operateur;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The checks 3 to 6 of spec §3.3 that someone answers here, in their order. */
final class Controles {

    private final List<Controle> inOrder;

    /**
     * @throws IllegalArgumentException if one check is answered twice
     */
    Controles(List<Controle> controles) {
        Set<Controle.Nom> named = EnumSet.noneOf(Controle.Nom.class);
        for (Controle controle : controles) {
            if (!named.add(controle.nom())) {
                throw new IllegalArgumentException("check answered twice: " + controle.nom());
            }
        }
        this.inOrder =
                controles.stream().sorted(Comparator.comparing(Controle::nom)).toList();
    }

    /** The motif of every order that is refused; a check that nobody answers leaves all that follows to the SI. */
    Map<Ligne, String> refusals(Operateur operateur, List<Ligne> commandes) {
        Map<Ligne, String> refused = new IdentityHashMap<>();
        List<Ligne> remaining = commandes;
        for (int i = 0; i < inOrder.size() && inOrder.get(i).nom().ordinal() == i && !remaining.isEmpty(); i++) {
            List<Avis> said = inOrder.get(i).judge(operateur, remaining);
            List<Ligne> passed = new ArrayList<>();
            for (int n = 0; n < said.size(); n++) {
                if (said.get(n) instanceof Avis.Refuse refuse) {
                    refused.put(remaining.get(n), refuse.motif());
                } else if (said.get(n) instanceof Avis.Passe) {
                    passed.add(remaining.get(n));
                }
            }
            remaining = passed;
        }
        return refused;
    }
}
