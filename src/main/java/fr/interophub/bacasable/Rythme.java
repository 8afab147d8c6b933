package fr.interophub.bacasable;

import java.time.Duration;

/**
 * How fast the bac à sable plays.
 *
 * @param pas the pause before each step, so that a person can follow
 * @param tour the pause between two looks at the doors when nothing moves
 * @param limite how long a step may take before it is said not to have held
 */
public record Rythme(Duration pas, Duration tour, Duration limite) {

    /** As fast as the hub answers: for tests. */
    public static final Rythme VITE = new Rythme(Duration.ZERO, Duration.ofMillis(50), Duration.ofSeconds(60));

    /** So that people see a dossier live. */
    public static final Rythme LISIBLE =
            new Rythme(Duration.ofSeconds(2), Duration.ofMillis(500), Duration.ofMinutes(2));
}
