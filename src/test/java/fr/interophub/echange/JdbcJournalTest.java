package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import fr.interophub.HorlogeDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Tout ce qui vient et part est gardé mot pour mot, avant que quiconque n'agisse")
class JdbcJournalTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 implements JournalContract {
        @RegisterExtension
        final BaseDEssai base = BaseDEssai.h2();

        private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T23:30:00Z");

        @Override
        public BaseDEssai base() {
            return base;
        }

        @Override
        public HorlogeDEssai clock() {
            return clock;
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres implements JournalContract {
        @RegisterExtension
        final BaseDEssai base = BaseDEssai.postgres();

        private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T23:30:00Z");

        @Override
        public BaseDEssai base() {
            return base;
        }

        @Override
        public HorlogeDEssai clock() {
            return clock;
        }
    }
}
