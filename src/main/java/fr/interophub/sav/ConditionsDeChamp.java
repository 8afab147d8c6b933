package fr.interophub.sav;

import fr.interophub.catalogue.ChampDAction.Obligation;
import fr.interophub.catalogue.ChampDAction.Regle;
import fr.interophub.catalogue.Grille;
import fr.interophub.operateur.Contrat;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The conditions that the cells of {@code champs.csv} name; their meaning is on the page. */
final class ConditionsDeChamp {

    private static final List<String> RENDEZ_VOUS = List.of(
            Champs.MODE,
            Champs.CRENEAU,
            Champs.SUGGESTIONS.get(0),
            Champs.SUGGESTIONS.get(1),
            Champs.SUGGESTIONS.get(2));

    /**
     * What a condition looks at.
     *
     * @param champ the field that the cell is about
     * @param gtr the repair time of the access; null when it has none
     */
    record Vue(String champ, Dit dit, Grille grille, Contrat.Sav contrat, String gtr) {
        private Obligation when(boolean mandatory, Obligation otherwise) {
            return mandatory ? Obligation.OBLIGATOIRE : otherwise;
        }

        private Obligation asCode(Function<Grille.Cloture, Obligation> said) {
            return grille.cloture(dit.get(Champs.CODE)).map(said).orElse(Obligation.FACULTATIF);
        }
    }

    private static final Map<String, Function<Vue, Obligation>> ALL = new HashMap<>();

    static {
        ALL.put("C1", vue -> Obligation.FACULTATIF);
        ALL.put(
                "C2",
                vue -> vue.when(
                        switch (vue.contrat.identifiants()) {
                            case "commercial" -> vue.champ.equals(Champs.COMMERCIAL);
                            case "technique" -> vue.champ.equals(Champs.TECHNIQUE);
                            case "commercial-ou-technique" ->
                                !vue.dit.has(Champs.COMMERCIAL) && !vue.dit.has(Champs.TECHNIQUE);
                            default -> true;
                        },
                        Obligation.FACULTATIF));
        ALL.put("C3", vue -> vue.when(vue.dit.has(Champs.MODE), Obligation.FACULTATIF));
        ALL.put("C4", vue -> vue.when(RENDEZ_VOUS.stream().anyMatch(vue.dit::has), Obligation.FACULTATIF));
        ALL.put("C5", vue -> vue.when(vue.dit.proposeAuto(), otherwise(vue.dit.proposeManuel())));
        ALL.put("C6", vue -> vue.when(vue.dit.proposeManuel(), otherwise(vue.dit.proposeAuto())));
        ALL.put("C7", vue -> vue.when(vue.dit.proposeManuel(), Obligation.FACULTATIF));
        ALL.put("C8", vue -> Obligation.FACULTATIF);
        ALL.put(
                "C9",
                vue -> vue.when(
                        !Set.of("", "ACTION A DEFINIR").contains(vue.dit.get(Champs.RESOLUTION)),
                        Obligation.FACULTATIF));
        ALL.put("C10", vue -> Obligation.FACULTATIF);
        ALL.put("C11", vue -> vue.asCode(Grille.Cloture::localisation));
        ALL.put("C12", vue -> vue.asCode(Grille.Cloture::responsabilite));
        ALL.put("C13", vue -> vue.when(vue.gtr != null, Obligation.INTERDIT));
        ALL.put(
                "C14",
                vue -> vue.when(
                        !vue.dit.has("supplierUnit") && !vue.dit.has("supplierPhoneNumber"), Obligation.FACULTATIF));
        ALL.put("C15", vue -> Obligation.FACULTATIF);
    }

    private ConditionsDeChamp() {}

    private static Obligation otherwise(boolean forbidden) {
        return forbidden ? Obligation.INTERDIT : Obligation.FACULTATIF;
    }

    static Set<String> names() {
        return ALL.keySet();
    }

    /** What a cell asks here and now. */
    static Obligation resolve(Regle regle, Vue vue) {
        return regle.obligation() == Obligation.CONDITIONNEL
                ? ALL.get(regle.condition()).apply(vue)
                : regle.obligation();
    }
}
