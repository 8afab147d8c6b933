package fr.interophub.suivi;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Une seule alerte est ouverte par affaire, qui que ce soit qui la voie en même temps")
class AlertesTest {

    abstract static class Contrat extends SurUneBase {

        Contrat(BaseDEssai base) {
            super(base);
        }

        private JdbcAlertes alertes() {
            return new JdbcAlertes(base().jdbc(), base().transactions(), clock());
        }

        /** Raises one alert in a transaction that ends once everybody has tried, or after a moment for those who wait. */
        private CompletableFuture<Void> raise(String sujet, CyclicBarrier together) {
            return CompletableFuture.runAsync(() -> base().transactions().run(() -> {
                meet(together, 10_000);
                alertes().raise("SI_INJOIGNABLE", sujet, null, "Le SI ne répond pas.");
                meet(together, 100);
            }));
        }

        private static void meet(CyclicBarrier together, long millis) {
            try {
                together.await(millis, TimeUnit.MILLISECONDS);
            } catch (Exception alone) {
                // The other one waits for the store: it goes on when this transaction is over.
            }
        }

        @Test
        @DisplayName("two that see the same matter at once count two on one alert")
        void atOnce() {
            for (int i = 0; i < 5; i++) {
                CyclicBarrier together = new CyclicBarrier(2);
                String sujet = "affaire " + i;
                CompletableFuture.allOf(raise(sujet, together), raise(sujet, together))
                        .orTimeout(30, TimeUnit.SECONDS)
                        .join();
            }

            assertThat(alertes().list(100))
                    .hasSize(5)
                    .allSatisfy(alerte -> assertThat(alerte.nombre()).isEqualTo(2));
        }

        @Test
        @DisplayName("a matter that is over and comes back is a new alert")
        void again() {
            alertes().raise("SI_INJOIGNABLE", "webhook", null, "Le SI ne répond pas.");
            alertes().close("SI_INJOIGNABLE", "webhook");
            alertes().raise("SI_INJOIGNABLE", "webhook", null, "Le SI ne répond plus.");

            assertThat(alertes().list(100)).singleElement().satisfies(alerte -> {
                assertThat(alerte.nombre()).isEqualTo(1);
                assertThat(alerte.texte()).isEqualTo("Le SI ne répond plus.");
            });
            assertThat(base().count("alerte")).isEqualTo(2);
        }
    }

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Contrat {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Contrat {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
