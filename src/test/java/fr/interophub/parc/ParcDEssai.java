package fr.interophub.parc;

import fr.interophub.BaseDEssai;
import java.time.Clock;

/** The parts of this room over a store of the tests. */
public final class ParcDEssai {

    private ParcDEssai() {}

    public static Parc parc(BaseDEssai base, Clock clock) {
        return new ParcWiring().parc(base.jdbc(), clock);
    }
}
