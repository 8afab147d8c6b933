package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import java.time.Clock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Le registre tient ses promesses sur H2")
class JdbcRegistreH2Test implements RegistreContract {

    @RegisterExtension
    final BaseDEssai base = BaseDEssai.h2();

    private final Registre registre = new EchangeDEssai(base, Clock.systemUTC()).registre();

    @Override
    public Registre registre() {
        return registre;
    }

    @Override
    public void run(Runnable work) {
        base.transactions().run(work);
    }
}
