package fr.interophub.catalogue;

import java.util.List;
import java.util.stream.Stream;

/**
 * Says the lines of one sheet on another version's sheet of the same flux: each column from the column of its name, or from
 * where the pages say that it has moved, or with its default (spec Accès 1.2 §7). Compiled on column indexes once.
 */
final class Traduction {

    private final FluxSheet to;

    /** For each column written, the columns read; the first filled one gives the value. */
    private final int[][] sources;

    private final String[] defaults;

    /** A further place of a moved field, filled where the sheet makes it mandatory only. */
    private final boolean[] repeated;

    Traduction(FluxSheet from, FluxSheet to) {
        this.to = to;
        sources = new int[to.size()][];
        defaults = new String[to.size()];
        repeated = new boolean[to.size()];
        var equivalences = from.equivalences().and(to.equivalences());
        for (int i = 0; i < to.size(); i++) {
            var nom = to.champs().get(i).nom();
            var names = Stream.of(nom);
            if (from.indexOf(nom) < 0) {
                names = Stream.concat(
                        equivalences.deplaces().getOrDefault(nom, List.of()).stream(),
                        moved(equivalences, nom).stream());
                repeated[i] = moved(equivalences, nom).stream()
                        .map(equivalences.deplaces()::get)
                        .anyMatch(places -> !nom.equals(first(places)));
            }
            sources[i] =
                    names.mapToInt(from::indexOf).filter(column -> column >= 0).toArray();
            defaults[i] = from.indexOf(nom) < 0 ? equivalences.defauts().getOrDefault(nom, "") : "";
        }
    }

    /** The fields that have a place under this name in another version. */
    private static List<String> moved(Equivalences equivalences, String place) {
        return equivalences.deplaces().entrySet().stream()
                .filter(moved -> moved.getValue().contains(place))
                .map(java.util.Map.Entry::getKey)
                .toList();
    }

    private String first(List<String> places) {
        return places.stream()
                .filter(place -> to.indexOf(place) >= 0)
                .findFirst()
                .orElse("");
    }

    Ligne apply(Ligne said) {
        var values = new String[to.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = repeated[i] ? "" : value(i, said);
        }
        for (int i = 0; i < values.length; i++) {
            if (repeated[i] && to.mandatory(i, values)) {
                values[i] = value(i, said);
            }
        }
        return Ligne.of(to, said.numero(), values);
    }

    private String value(int i, Ligne said) {
        for (int column : sources[i]) {
            if (!said.valeur(column).isEmpty()) {
                return to.canonical(i, said.valeur(column));
            }
        }
        return defaults[i];
    }
}
