package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.echange.Json;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What was wrong with a line, as the store keeps it and as a person reads it. */
final class Anomalies {

    private Anomalies() {}

    /** A JSON array, or null when there is none. */
    static String write(List<Anomalie> anomalies) {
        return Json.write(anomalies);
    }

    /** What two looks at a line have found. */
    static List<Anomalie> union(List<Anomalie> some, List<Anomalie> more) {
        return more.isEmpty()
                ? some
                : Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The details one after the other, or null when there is none. */
    static String summary(List<Anomalie> anomalies) {
        return anomalies.isEmpty()
                ? null
                : anomalies.stream().map(Anomalie::detail).collect(Collectors.joining(" ; "));
    }
}
