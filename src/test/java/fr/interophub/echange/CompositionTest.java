package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Ce qui doit partir part en fichiers, dans l'ordre, sous un nom qui ne sert qu'une fois")
class CompositionTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends CompositionContract {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends CompositionContract {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
