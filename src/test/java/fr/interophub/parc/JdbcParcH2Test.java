package fr.interophub.parc;

import fr.interophub.BaseDEssai;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Le parc tient ses promesses sur H2")
class JdbcParcH2Test implements ParcContract {

    @RegisterExtension
    final BaseDEssai base = BaseDEssai.h2();

    private final Parc parc = ParcDEssai.parc(base, Clock.systemUTC());

    @Override
    public Parc parc() {
        return parc;
    }

    @Override
    public void run(Runnable work) {
        base.transactions().run(work);
    }
}
