package fr.interophub.catalogue;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * When a field is mandatory ({@code si}) or must be empty ({@code sauf}), in the words of a sheet:
 * {@code TypeRacco=OI et PriseExistante=N}, {@code EtatArCommandePrise=KO}, {@code IdRdv rempli},
 * {@code CodeAdresseImmeuble vide}, {@code ValidDate2=KO|vide}. Every term must hold.
 *
 * @param texte the expression as written; empty when there is none
 * @param termes its terms, all of which must hold
 */
public record Condition(String texte, List<Terme> termes) {

    /**
     * One term: a field and the values it may have.
     *
     * @param champ the field, named as the sheet prints it
     * @param valeurs the values, one of which it must have; {@code ""} stands for an empty field; no value at all means
     *     « rempli », whatever with
     */
    public record Terme(String champ, List<String> valeurs) {
        public Terme {
            valeurs = List.copyOf(valeurs);
        }
    }

    /** No condition written. */
    public static final Condition AUCUNE = new Condition("", List.of());

    public Condition {
        termes = List.copyOf(termes);
    }

    /** Does it hold for these values, by field? */
    public boolean holds(UnaryOperator<String> valeurs) {
        return termes.stream().allMatch(terme -> {
            var valeur = valeurs.apply(terme.champ());
            return terme.valeurs().isEmpty()
                    ? !valeur.isEmpty()
                    : terme.valeurs().contains(valeur);
        });
    }

    /** True if something is written. */
    public boolean ecrite() {
        return !termes.isEmpty();
    }

    /**
     * Reads an expression; blank gives {@link #AUCUNE}.
     *
     * @throws IllegalArgumentException when a term is not understood (message in French)
     */
    public static Condition read(String text) {
        var expression = text.trim();
        if (expression.isEmpty()) {
            return AUCUNE;
        }
        var terms = new ArrayList<Terme>();
        for (var part : expression.split(" et ", -1)) {
            terms.add(terme(part.trim(), expression));
        }
        return new Condition(expression, terms);
    }

    private static Terme terme(String part, String expression) {
        int equals = part.indexOf('=');
        if (equals > 0 && equals < part.length() - 1) {
            var values = new ArrayList<String>();
            for (var value : part.substring(equals + 1).split("\\|", -1)) {
                values.add(value.trim().equals("vide") ? "" : value.trim());
            }
            return new Terme(part.substring(0, equals).trim(), values);
        }
        if (part.endsWith(" vide")) {
            return new Terme(part.substring(0, part.length() - 5).trim(), List.of(""));
        }
        if (part.endsWith(" rempli")) {
            return new Terme(part.substring(0, part.length() - 7).trim(), List.of());
        }
        throw new IllegalArgumentException(
                "« %s » dans « %s » : attendu champ=valeur, champ=v1|v2, champ vide ou champ rempli"
                        .formatted(part, expression));
    }
}
