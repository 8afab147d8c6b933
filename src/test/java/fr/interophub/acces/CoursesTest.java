package fr.interophub.acces;

import fr.interophub.BaseDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Deux messages au même instant : un seul gagne, et tout ce qui est gardé s'accorde")
class CoursesTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends CoursesContract {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends CoursesContract {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
