package fr.interophub.infra;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.infra.Bilan.Faute;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Un registre est ce que dit le dernier fichier, ou n'a pas changé")
class ChargementsTest {

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends Promesses {
        SurH2() {
            super(BaseDEssai.h2());
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends Promesses {
        SurPostgres() {
            super(BaseDEssai.postgres());
        }
    }

    abstract static class Promesses extends SurUneBase {

        private static final String ROUTES =
                "ReferencePm;NomModulePm;PositionModulePm;ReferencePBO;InformationTubePBO;InformationFibrePBO;ReferencePrise;Utilisation\n";

        Promesses(BaseDEssai base) {
            super(base);
        }

        private Bilan load(Inventaire inventaire, String csv) {
            return InfraDEssai.load(base(), inventaire, csv);
        }

        private void samples() throws IOException {
            for (Inventaire inventaire : Inventaire.values()) {
                Bilan bilan = load(
                        inventaire, Files.readString(Path.of("samples/infra-1", inventaire.code(), "nominal.csv")));
                assertThat(bilan.premieres()).as(inventaire.code()).isEmpty();
                assertThat(bilan.ajoutees()).as(inventaire.code()).isEqualTo(bilan.lignes());
            }
        }

        @Test
        void theSamplesFillEveryRegister() throws IOException {
            samples();

            for (Inventaire inventaire : Inventaire.values()) {
                assertThat(base().count(inventaire.table())).isPositive();
            }
            assertThat(base().count("infra_immeuble where voie = '64445/0417/12/'"))
                    .isOne();
            assertThat(base().count("infra_route_optique where connecteur_prise_numero = 1"))
                    .isOne();
        }

        @Test
        void theSameFileAgainTouchesNothing() throws IOException {
            samples();

            Bilan again = load(
                    Inventaire.ROUTE_OPTIQUE, Files.readString(Path.of("samples/infra-1/RouteOptique/nominal.csv")));

            assertThat(again.ajoutees() + again.retirees()).isZero();
        }

        @Test
        void theNextFileTakesThePlaceOfTheFirst() {
            load(
                    Inventaire.PM,
                    "ReferencePm;EtatPm;TypeIngenierie;NombreLogementsPm\nA;DEPLOYE;MONO;10\nB;DEPLOYE;MONO;10\n");

            Bilan bilan = load(
                    Inventaire.PM,
                    "référence pm;etatpm;TYPE_INGENIERIE;NombreLogementsPm;Remarque\nb;deploye;Bi;10;vue\nC;PLANIFIE;MONO;5;\n");

            assertThat(bilan.ajoutees()).isEqualTo(2);
            assertThat(bilan.retirees()).isEqualTo(2);
            assertThat(base().jdbc().queryForList("select reference_pm || type_ingenierie from infra_pm order by 1"))
                    .extracting(row -> row.values().iterator().next())
                    .containsExactly("BBI", "CMONO");
        }

        @Test
        void aPartialFileLeavesTheRest() {
            load(Inventaire.PM, "ReferencePm;EtatPm;TypeIngenierie;NombreLogementsPm\nA;DEPLOYE;MONO;10\n");

            InfraDEssai.loadSome(
                    base(), Inventaire.PM, "ReferencePm;EtatPm;TypeIngenierie;NombreLogementsPm\nB;DEPLOYE;MONO;10\n");

            assertThat(base().count("infra_pm")).isEqualTo(2);
        }

        @Test
        void everyFaultIsToldWithItsPlaceAndNothingHasChanged() throws IOException {
            samples();

            Bilan bilan = load(
                    Inventaire.ROUTE_OPTIQUE,
                    ROUTES + "ADR-64445-PAU-01;MOD-CLI-03;1;PBO-00417;Rouge;Bleu;;PEUT-ETRE\n"
                            + "ADR-64445-PAU-01;MOD-CLI-03;;PBO-00417;Rouge;Bleu;;NON\n");

            assertThat(bilan.fautes()).isEqualTo(2);
            assertThat(bilan.premieres())
                    .extracting(Faute::ligne, Faute::champ, Faute::valeur, Faute::regle)
                    .containsExactly(
                            org.assertj.core.groups.Tuple.tuple(2L, "Utilisation", "PEUT-ETRE", "HORS_LISTE"),
                            org.assertj.core.groups.Tuple.tuple(3L, "PositionModulePm", "", "CHAMP_VIDE"));
            assertThat(base().count("infra_route_optique")).isEqualTo(2);
        }

        @Test
        void whatAnotherRegisterDoesNotHaveAndWhatStandsTwiceIsBlamed() throws IOException {
            samples();

            Bilan bilan = load(
                    Inventaire.ROUTE_OPTIQUE,
                    ROUTES + "ADR-64445-PAU-01;MOD-CLI-03;1;PBO-00417;Rouge;Bleu;;NON\n"
                            + "ADR-64445-PAU-01;MOD-CLI-03;1;PBO-00417;Rouge;Vert;;NON\n"
                            + "ADR-64445-PAU-01;MOD-CLI-03;2;PBO-AILLEURS;Rouge;Vert;OI-PERDUE;NON\n");

            assertThat(bilan.premieres())
                    .extracting(Faute::ligne, Faute::champ, Faute::regle)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.groups.Tuple.tuple(3L, "ReferencePm", "DOUBLON"),
                            org.assertj.core.groups.Tuple.tuple(4L, "ReferencePBO", "INCONNU"),
                            org.assertj.core.groups.Tuple.tuple(4L, "ReferencePrise", "INCONNU"));
            assertThat(base().count("infra_route_optique")).isEqualTo(2);
        }

        @Test
        void aFileThatIsNoneIsToldAndNotTaken() {
            Bilan bilan = load(Inventaire.PM, "Nom;Prenom\nA;B\n");

            assertThat(bilan.pris()).isFalse();
            assertThat(bilan.premieres()).extracting(Faute::regle).containsExactly("ENTETE_INCONNUE");
        }

        @Test
        void moreLinesThanOneTripTakes() {
            StringBuilder csv = new StringBuilder("ReferencePm;EtatPm;TypeIngenierie;NombreLogementsPm\n");
            for (int i = 0; i < 20_500; i++) {
                csv.append("PM-").append(i).append(";DEPLOYE;MONO;10\n");
            }

            assertThat(load(Inventaire.PM, csv.toString()).ajoutees()).isEqualTo(20_500);
        }
    }
}
