package fr.interophub.parc;

import fr.interophub.BaseDEssai;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Le parc tient ses promesses sur PostgreSQL")
class JdbcParcPostgresTest implements ParcContract {

    @RegisterExtension
    final BaseDEssai base = BaseDEssai.postgres();

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
