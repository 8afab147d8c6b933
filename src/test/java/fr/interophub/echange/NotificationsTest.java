package fr.interophub.echange;

import fr.interophub.BaseDEssai;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;

@DisplayName("Ce qui est dit au service d'un OC l'est dans l'ordre pour chaque ticket, et rien ne se perd")
class NotificationsTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends NotificationsContract {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends NotificationsContract {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }
}
