package fr.interophub.rdv;

import fr.interophub.BaseDEssai;

/** The parts of this room over a store of the tests. */
public final class RdvDEssai {

    private RdvDEssai() {}

    public static PlanDeCharge plan(BaseDEssai base) {
        return new JdbcPlanDeCharge(base.jdbc(), false);
    }
}
