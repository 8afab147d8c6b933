package fr.interophub.rdv;

import java.time.Instant;
import java.time.LocalDate;
import org.junit.jupiter.api.DisplayName;

@DisplayName("Le plan de charge en mémoire tient les mêmes promesses")
class MemoirePlanTest implements PlanDeChargeContract {

    private final MemoirePlan plan = new MemoirePlan();

    @Override
    public PlanDeCharge plan() {
        return plan;
    }

    @Override
    public void slot(String zone, Instant debut, Instant fin, int capacite) {
        plan.add(zone, debut, fin, capacite);
    }

    @Override
    public void close(String zone, LocalDate jour) {
        plan.close(zone, jour);
    }
}
