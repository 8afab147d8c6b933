package fr.interophub.prevenance;

import fr.interophub.BaseDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Les prévenances de travaux et les dommages signalés (spec SAV §g, V8 à V11)")
class PrevenancesTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends PrevenancesContract {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends PrevenancesContract {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
