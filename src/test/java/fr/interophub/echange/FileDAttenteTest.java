package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Chaque opérateur avance dans l'ordre, sans attendre les autres, et rien n'est fait deux fois")
class FileDAttenteTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends FileDAttenteContract {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends FileDAttenteContract {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
