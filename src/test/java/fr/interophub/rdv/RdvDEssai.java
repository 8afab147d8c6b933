package fr.interophub.rdv;

import fr.interophub.BaseDEssai;
import java.time.Instant;

/** The parts of this room over a store of the tests. */
public final class RdvDEssai {

    private RdvDEssai() {}

    public static PlanDeCharge plan(BaseDEssai base) {
        return new JdbcPlanDeCharge(base.jdbc(), false);
    }

    /** Adds a slot. */
    public static void offer(BaseDEssai base, String zone, Instant debut, Instant fin, int capacite) {
        base.transactions().run(() -> Chargement.insert(base.jdbc(), zone, debut, fin, capacite));
    }
}
