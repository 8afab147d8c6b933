package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import fr.interophub.HorlogeDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;

@DisplayName("Chaque opérateur avance dans l'ordre, sans attendre les autres, et rien n'est fait deux fois")
class FileDAttenteTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 implements FileDAttenteContract {
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
    class SurPostgres implements FileDAttenteContract {
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
