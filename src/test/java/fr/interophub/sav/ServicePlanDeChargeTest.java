package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.HorlogeDEssai;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Operateur;
import fr.interophub.rdv.MemoirePlan;
import fr.interophub.rdv.PlanDeCharge;
import fr.interophub.rdv.RdvDEssai;
import fr.interophub.sav.Creneaux.Reservation;
import fr.interophub.sav.ServicePlanDeCharge.Etat;
import fr.interophub.sav.ServicePlanDeCharge.Libre;
import fr.interophub.sav.ServicePlanDeCharge.Rendu;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Le service de plan de charge (spec SAV §a.11)")
class ServicePlanDeChargeTest {

    private static final String LIEU = "64445";
    private static final Instant MATIN = Instant.parse("2026-11-24T07:00:00Z");
    private static final Instant SOIR = Instant.parse("2026-11-24T16:00:00Z");
    private static final Operateur OCXA = SavDEssai.OCXA;
    private static final Operateur OCXB = SavDEssai.OCXB;

    @Nested
    @DisplayName("en mémoire")
    class EnMemoire extends Promises {
        private final MemoirePlan memoire = new MemoirePlan();

        EnMemoire() {
            pris = new MemoireRendezvous();
            plan = memoire;
        }

        @Override
        void offer(Instant debut) {
            memoire.add("64", debut, debut.plus(Duration.ofHours(2)), 1);
        }
    }

    @Nested
    @DisplayName("sur H2")
    class SurH2 extends EnBase {
        @RegisterExtension
        final BaseDEssai base = BaseDEssai.h2();

        @Override
        BaseDEssai base() {
            return base;
        }
    }

    @Nested
    @DisplayName("sur PostgreSQL")
    class SurPostgres extends EnBase {
        @RegisterExtension
        final BaseDEssai base = BaseDEssai.postgres();

        @Override
        BaseDEssai base() {
            return base;
        }
    }

    abstract static class EnBase extends Promises {

        abstract BaseDEssai base();

        @BeforeEach
        void over() {
            pris = new JdbcRendezvousPris(base().jdbc());
            plan = RdvDEssai.plan(base());
            transactions = base().transactions();
        }

        @Override
        void offer(Instant debut) {
            RdvDEssai.offer(base(), "64", debut, debut.plus(Duration.ofHours(2)), 1);
        }
    }

    abstract static class Promises {

        final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T23:30:00Z");
        RendezvousPris pris;
        PlanDeCharge plan;
        Transactions transactions = SavDEssai.NONE;

        abstract void offer(Instant debut);

        private ServicePlanDeCharge service() {
            return SavDEssai.planDeCharge(plan, pris, transactions, clock);
        }

        private Rendu call(Operateur oc, String operation, String... champs) {
            Map<String, String> said = new HashMap<>(Map.of("sirenOC", oc.siren(), "sirenOI", SavDEssai.OI));
            for (int i = 0; i < champs.length; i += 2) {
                said.put(champs[i], champs[i + 1]);
            }
            said.values().removeIf(String::isEmpty);
            return service().call(oc, operation, said);
        }

        private List<String> free() {
            return call(
                            OCXA,
                            "rechercheCreneauxLibres",
                            "codeInsee",
                            LIEU,
                            "dateDebut",
                            "2026-11-01T00:00:00",
                            "dateFin",
                            "2026-12-31T00:00:00+01:00")
                    .creneaux()
                    .stream()
                    .map(Libre::idOI)
                    .toList();
        }

        private String take(Operateur oc, Instant debut) {
            return call(oc, "reservationCreneau", "idCreneau", at(debut), "codeInsee", LIEU, "typeIntervention", "S")
                    .idRendezvous();
        }

        private Reservation quote(Operateur oc, UUID ticket, String reference) {
            return transactions.run(() -> new CreneauxDuPlan(plan, pris).reserve(oc.code(), ticket, reference));
        }

        private static String at(Instant debut) {
            return CreneauxDuPlan.reference("64", debut);
        }

        @Test
        void theFreeSlotsOfAPlaceAreToldAndOneIsTakenOnce() {
            offer(MATIN);
            offer(SOIR);
            assertThat(free()).containsExactly(at(MATIN), at(SOIR));

            String id = take(OCXA, MATIN);

            assertThat(id).startsWith("OIDE-PDC-").hasSizeLessThanOrEqualTo(30);
            assertThat(free()).containsExactly(at(SOIR));
            Rendu late = call(OCXB, "reservationCreneau", "idCreneau", at(MATIN));
            assertThat(late.disponible()).isFalse();
            assertThat(late.idRendezvous()).isNull();
            Etat etat = call(OCXA, "consultationRdv", "idRendezVous", id).etat().orElseThrow();
            assertThat(etat.debut()).isEqualTo(MATIN);
            assertThat(etat.fin()).isEqualTo(MATIN.plus(Duration.ofHours(2)));
            assertThat(etat.confirme()).isFalse();
            assertThat(etat.champs()).isEqualTo(Map.of("codeInsee", LIEU, "typeIntervention", "S"));
        }

        @ParameterizedTest
        @CsvSource({"true", "false"})
        void aTicketQuotesWhatWasTakenByItsSlotOrByItsAppointment(boolean bySlot) {
            offer(MATIN);
            String id = take(OCXA, MATIN);
            UUID ticket = UUID.randomUUID();
            String quoted = bySlot ? at(MATIN) : id;

            assertThat(quote(OCXB, UUID.randomUUID(), quoted))
                    .as("it is OCXA's")
                    .isEqualTo(bySlot ? Reservation.PRISE : Reservation.INCONNUE);
            assertThat(quote(OCXA, ticket, quoted)).isEqualTo(Reservation.FAITE);
            assertThat(quote(OCXA, ticket, quoted)).as("again").isEqualTo(Reservation.FAITE);
            assertThat(quote(OCXA, UUID.randomUUID(), quoted))
                    .as("another ticket")
                    .isEqualTo(Reservation.PRISE);

            clock.advance(Duration.ofDays(1));
            assertThat(service().lapse()).isZero();
            assertThat(plan.reserved(ticket)).isPresent();
            assertThat(call(OCXA, "consultationRdv", "idRendezVous", id).etat())
                    .hasValueSatisfying(etat -> assertThat(etat.confirme()).isTrue());
        }

        @Test
        void whatNoTicketQuotesInTimeIsGivenBack() {
            offer(MATIN);
            String id = take(OCXA, MATIN);
            clock.advance(Duration.ofMinutes(29));
            assertThat(service().lapse()).isZero();
            clock.advance(Duration.ofMinutes(1));

            assertThat(service().lapse()).isOne();

            assertThat(service().lapse()).isZero();
            assertThat(free()).containsExactly(at(MATIN));
            assertThat(call(OCXA, "consultationRdv", "idRendezVous", id)
                            .reponse()
                            .code())
                    .isEqualTo(8);
            assertThat(quote(OCXA, UUID.randomUUID(), id)).isEqualTo(Reservation.INCONNUE);
        }

        @Test
        void anAppointmentThatNoTicketQuotesMovesAtOnce() {
            offer(MATIN);
            offer(SOIR);
            String id = take(OCXA, MATIN);

            assertThat(move(id, "REPORT_RDV_RESERVE", SOIR)).isZero();

            assertThat(free()).containsExactly(at(MATIN));
            assertThat(quote(OCXA, UUID.randomUUID(), id)).isEqualTo(Reservation.FAITE);
            assertThat(move(id, "REPORT_RDV_RESERVE", MATIN))
                    .as("a ticket has it")
                    .isEqualTo(13);
        }

        private int move(String id, String nature, Instant debut) {
            return call(OCXA, "reportRDV", "idRendezvous", id, "natureReport", nature, "idCreneau", at(debut))
                    .reponse()
                    .code();
        }

        @ParameterizedTest
        @CsvSource({"REPORT_RDV_CONFIRME", "NOUVEAU_RDV"})
        void aTicketKeepsItsSlotUntilItQuotesTheMovedAppointment(String nature) {
            offer(MATIN);
            offer(SOIR);
            UUID ticket = UUID.randomUUID();
            String id = take(OCXA, MATIN);
            assertThat(move(id, nature, SOIR)).as("no ticket has it").isEqualTo(13);
            quote(OCXA, ticket, id);

            assertThat(move(id, nature, SOIR)).isZero();
            assertThat(free()).isEmpty();
            assertThat(plan.reserved(ticket).orElseThrow().debut()).isEqualTo(MATIN);

            assertThat(quote(OCXA, ticket, id)).isEqualTo(Reservation.FAITE);
            assertThat(plan.reserved(ticket).orElseThrow().debut()).isEqualTo(SOIR);
            assertThat(free()).containsExactly(at(MATIN));
        }

        @Test
        void aMoveThatNoTicketQuotesInTimeLeavesTheTicketWhereItWas() {
            offer(MATIN);
            offer(SOIR);
            UUID ticket = UUID.randomUUID();
            String id = take(OCXA, MATIN);
            quote(OCXA, ticket, id);
            move(id, "REPORT_RDV_CONFIRME", SOIR);
            clock.advance(Duration.ofHours(1));

            assertThat(service().lapse()).isOne();

            assertThat(free()).containsExactly(at(SOIR));
            Etat etat = call(OCXA, "consultationRdv", "idRendezVous", id).etat().orElseThrow();
            assertThat(etat.debut()).isEqualTo(MATIN);
            assertThat(etat.confirme()).isTrue();
        }

        @Test
        void aSlotThatIsGoneLeavesTheAppointmentWhereItWas() {
            offer(MATIN);
            offer(SOIR);
            String id = take(OCXA, MATIN);
            take(OCXB, SOIR);

            assertThat(move(id, "REPORT_RDV_RESERVE", SOIR)).isEqualTo(17);

            assertThat(call(OCXA, "consultationRdv", "idRendezVous", id)
                            .etat()
                            .orElseThrow()
                            .debut())
                    .isEqualTo(MATIN);
        }

        @ParameterizedTest(name = "{0} {1}={2} → {3}")
        @CsvSource({
            "rechercheCreneauxLibres,sirenOC,920000007,15",
            "rechercheCreneauxLibres,sirenOC,'',1",
            "rechercheCreneauxLibres,sirenOI,910000009,8",
            "rechercheCreneauxLibres,codeInsee,'',1",
            "rechercheCreneauxLibres,codeInsee,64,3",
            "rechercheCreneauxLibres,dateDebut,demain,3",
            "rechercheCreneauxLibres,dateFin,2026-11-01T00:00:00Z,13",
            "rechercheCreneauxLibres,segmentMarche,TOUS,2",
            "rechercheCreneauxLibres,defectPrelocalization,LUNE,2",
            "reservationCreneau,idCreneau,'',1",
            "reservationCreneau,idCreneau,CRENEAU-42,8",
            "reservationCreneau,idCreneau,64-20261124T0600Z,17",
            "consultationRdv,idRendezVous,OIDE-PDC-999999,8",
            "reportRDV,natureReport,'',1",
            "reportRDV,idRendezvous,OIDE-PDC-999999,8",
        })
        void whatIsWrongGetsTheCodeOfTheContract(String operation, String champ, String valeur, int code) {
            offer(MATIN);
            Rendu rendu = call(
                    OCXA,
                    operation,
                    Map.of(
                            "codeInsee", LIEU,
                            "dateDebut", "2026-11-20T00:00:00Z",
                            "dateFin", "2026-11-30T00:00:00Z",
                            "natureReport", "NOUVEAU_RDV"),
                    champ,
                    valeur);
            assertThat(rendu.reponse().code()).isEqualTo(code);
            assertThat(free()).as("nothing is taken").containsExactly(at(MATIN));
        }

        private Rendu call(Operateur oc, String operation, Map<String, String> usual, String champ, String valeur) {
            Map<String, String> said = new HashMap<>(usual);
            said.put(champ, valeur);
            return call(
                    oc,
                    operation,
                    said.entrySet().stream()
                            .flatMap(one -> Stream.of(one.getKey(), one.getValue()))
                            .toArray(String[]::new));
        }

        @Test
        void anAppointmentOfAnotherOcIsUnknown() {
            offer(MATIN);
            String id = take(OCXA, MATIN);

            assertThat(call(OCXB, "consultationRdv", "idRendezVous", id)
                            .reponse()
                            .code())
                    .isEqualTo(8);
        }
    }
}
