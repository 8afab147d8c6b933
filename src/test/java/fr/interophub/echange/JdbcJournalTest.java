package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Tout ce qui vient et part est gardé mot pour mot, avant que quiconque n'agisse")
class JdbcJournalTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends JournalContract {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends JournalContract {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
