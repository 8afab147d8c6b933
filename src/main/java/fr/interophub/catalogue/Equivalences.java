package fr.interophub.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a page says of one flux so that its lines can be said in another version of the protocol, and the other way round; a
 * field of the same name needs no word (spec Accès 1.2 §7).
 *
 * @param defauts what a field is worth that the other version does not have
 * @param deplaces a field, and its places in a version that does not have it: the first filled place gives it; the other way
 *     round it fills the first place, and a further one where its sheet makes it mandatory
 */
public record Equivalences(Map<String, String> defauts, Map<String, List<String>> deplaces) {

    static final Equivalences AUCUNE = new Equivalences(Map.of(), Map.of());

    public Equivalences {
        defauts = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(defauts));
        deplaces = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(deplaces));
    }

    /** What both versions say, the page of either. */
    Equivalences and(Equivalences other) {
        var defauts = new LinkedHashMap<>(this.defauts);
        defauts.putAll(other.defauts);
        var deplaces = new LinkedHashMap<>(this.deplaces);
        deplaces.putAll(other.deplaces);
        return new Equivalences(defauts, deplaces);
    }
}
