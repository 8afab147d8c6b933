package fr.interophub.acces;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.bacasable.CasPto;
import fr.interophub.bacasable.Modele;
import fr.interophub.bacasable.Specimen;
import fr.interophub.bacasable.Vie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.operateur.Operateur;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Deux OC, deux nœuds, un créneau")
class RendezVousEnCourseTest {

    private static final Catalogue CATALOGUE = Catalogue.load();

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Promises {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Promises {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }

    abstract static class Promises extends SurUneBase {

        private static final int ROUNDS = 200;

        private final Specimen specimen = new Specimen(clock(), "OIDE");
        private final List<Operateur> ocs = List.of(Essai.OCXA, Essai.OCXB).stream()
                .map(oc -> Essai.contrat(oc, Map.of("rdv", Map.of("delaiCommande", 1))))
                .toList();
        private final Course course;
        private final Commandes commandes;

        Promises(BaseDEssai base) {
            super(base);
            course = new Course(base, clock(), ocs);
            commandes = course.commandes;
        }

        @AfterEach
        void stop() {
            course.close();
        }

        /** A slot of one place only, for the appointment that the specimen asks for. */
        private void slot(String insee) {
            base().jdbc()
                    .update(
                            "insert into creneau (zone, debut, fin, capacite) values (?, ?, ?, 1)",
                            insee,
                            clock().instant().atZone(PlanDeCharge.PARIS).toOffsetDateTime(),
                            clock().instant()
                                    .plus(Duration.ofDays(60))
                                    .atZone(PlanDeCharge.PARIS)
                                    .toOffsetDateTime());
        }

        private Map<String, String> demande(Operateur oc, String insee) {
            Vie vie = specimen.open(oc.code(), Modele.OI, CasPto.A_CONSTRUIRE);
            Map<String, String> champs = new HashMap<>(specimen.champs("DemandeRdv", null, "", vie, Map.of()));
            champs.put("CodeInseeImmeuble", insee);
            return champs;
        }

        @Test
        @DisplayName("la dernière place : un OC la réserve, l'autre reçoit KO, deux cents fois de suite")
        void oneOcHasTheLastPlace() throws Exception {
            for (int round = 0; round < ROUNDS; round++) {
                String insee = "%05d".formatted(round);
                slot(insee);
                Map<String, String> ofA = demande(ocs.get(0), insee);
                Map<String, String> ofB = demande(ocs.get(1), insee);

                course.together(
                        () -> commandes.receive(
                                Essai.lot(CATALOGUE, ocs.get(0), "DemandeRdv", List.of(ofA), clock().instant())),
                        () -> commandes.receive(
                                Essai.lot(CATALOGUE, ocs.get(1), "DemandeRdv", List.of(ofB), clock().instant())));

                assertThat(base().jdbc()
                                .queryForList(
                                        "select etat from dossier where cle in (?, ?) order by etat",
                                        String.class,
                                        ofA.get("ReferenceDemandeOC"),
                                        ofB.get("ReferenceDemandeOC")))
                        .as(insee)
                        .containsExactly("REFUSE", "RESERVE");
                assertThat(base().count("creneau where zone = ? and reserves = 1", insee))
                        .isEqualTo(1);
            }
            assertThat(base().count("message where flux = 'ReponseRdv' and issue = 'OK'"))
                    .isEqualTo(ROUNDS);
            assertThat(base().count("reference where champ = 'IdRdv'")).isEqualTo(ROUNDS);
        }

        @Test
        @DisplayName("un délai passé : deux nœuds le voient, un seul le fait")
        void aDeadlineIsLetPassOnce() throws Exception {
            slot("*");
            for (int round = 0; round < 20; round++) {
                commandes.receive(Essai.lot(
                        CATALOGUE, ocs.get(0), "DemandeRdv", List.of(demande(ocs.get(0), "64445")), clock().instant()));
                clock().advance(Duration.ofHours(1));

                course.together(commandes::lapse, commandes::lapse);

                assertThat(base().count("dossier where etat = 'LIBERE'")).isEqualTo(round + 1);
                assertThat(base().count("message where flux = 'DELAI'")).isEqualTo(round + 1);
                assertThat(base().count("creneau where reserves = 0")).isEqualTo(1);
            }
        }
    }
}
