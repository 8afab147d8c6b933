package fr.interophub.sav;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How often an operator has read in the present hour, on this node. */
final class Quota {

    private record Heure(Instant debut, int lectures) {}

    private final Map<String, Heure> heures = new ConcurrentHashMap<>();
    private final Clock clock;

    Quota(Clock clock) {
        this.clock = clock;
    }

    /** Counts one more; false when that is more than {@code max}, 0 meaning no bound. */
    boolean admits(String operateur, int max) {
        if (max == 0) {
            return true;
        }
        Instant hour = clock.instant().truncatedTo(ChronoUnit.HOURS);
        return heures.merge(
                                operateur,
                                new Heure(hour, 1),
                                (known, one) -> known.debut.equals(hour) ? new Heure(hour, known.lectures + 1) : one)
                        .lectures
                <= max;
    }
}
