package fr.interophub.api;

import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/**
 * A page of a list, the newest first.
 *
 * @param suivant what to give as {@code apres} to read on; null at the end
 */
public record Tranche<T>(List<T> lignes, UUID suivant) {

    /** Cuts a page out of rows of which one more than the page was read. */
    static <T> Tranche<T> of(List<T> rows, int max, Function<T, UUID> id) {
        if (rows.size() <= max) {
            return new Tranche<>(rows, null);
        }
        List<T> page = List.copyOf(rows.subList(0, max));
        return new Tranche<>(page, id.apply(page.get(max - 1)));
    }
}
