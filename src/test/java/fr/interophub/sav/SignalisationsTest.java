package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.echange.EchangeDEssai;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Parc;
import fr.interophub.parc.ParcDEssai;
import fr.interophub.rdv.RdvDEssai;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Une signalisation, gardée entière, une seule ouverte par accès")
class SignalisationsTest {

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

        private final MemoireCreneaux creneaux = new MemoireCreneaux();

        Promesses(BaseDEssai base) {
            super(base);
        }

        private Signalisations room() {
            return room(creneaux);
        }

        private Signalisations room(Creneaux slots) {
            Registre registre = new EchangeDEssai(base(), clock()).registre();
            Parc parc = ParcDEssai.parc(base(), clock());
            base().transactions()
                    .run(() -> parc.write(IntStream.range(0, 16)
                            .mapToObj(i -> new Acces(
                                    i % 2 == 0 ? "OCXA" : "OCXB",
                                    "P-" + i,
                                    "PTO-" + i,
                                    Instant.EPOCH,
                                    null,
                                    true,
                                    Acces.Etat.EN_SERVICE,
                                    null))
                            .toList()));
            return SavDEssai.of(base(), registre, parc, slots, clock());
        }

        private static Appel creation(Operateur oc, String acces, String reference) {
            Map<String, String> champs = new HashMap<>(Map.of(
                    "troubleTicketState",
                    "QUEUED",
                    "serviceProviderID",
                    oc.siren(),
                    "supplierID",
                    SavDEssai.OI,
                    "troubleTicketType",
                    "1",
                    "commercialId",
                    "P-" + acces,
                    "technicalId",
                    "PTO-" + acces,
                    "serviceProviderTroubleTicketKey",
                    reference,
                    "defectClassId",
                    "1",
                    "defectDescription",
                    "PAS DE SIGNAL"));
            champs.put("defectPrelocalization", "PTO");
            return new Appel("CASE CREATE REQUEST", champs, null, "SOAP");
        }

        private static Appel auto(Appel creation, String slot) {
            creation.champs()
                    .putAll(Map.of(
                            "appointmentMode", "AUTO",
                            "SUAppointmentManagementId", slot,
                            "appointmentSuggestion1", "2026-11-24T08:00:00+01:00",
                            "customerLastName", "DUPONT",
                            "customerFirstName", "PAUL",
                            "contactPhoneNumber1", "0600000001"));
            return creation;
        }

        private Reponse create(Signalisations room, Operateur oc, Appel appel) {
            return base().transactions().run(() -> room.create(oc, appel));
        }

        private Reponse set(Signalisations room, Operateur oc, Appel appel) {
            return base().transactions().run(() -> room.set(oc, appel));
        }

        private Verdict decide(Signalisations room, String action, Map<String, String> champs) {
            return base().transactions().run(() -> room.decide(SavDEssai.OCXA, action, champs));
        }

        @Test
        void aTicketIsKeptWithWhatTheSiAndTheOcMustBeTold() {
            Signalisations room = room();
            Reponse opened = create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "0", "S-1"));

            assertThat(opened.code()).isZero();
            assertThat(base().count("demande_a_numeroter")).isOne();
            assertThat(base().count("message where flux = 'CASE CREATE REQUEST' and demande = true"))
                    .isOne();
            assertThat(decide(
                            room,
                            "CASE SOLVING NOTIFICATION",
                            Map.of("troubleTicketKey", opened.troubleTicketKey(), "supplierUnit", "Guichet SAV")))
                    .isEqualTo(new Verdict.Ok("OPENACTIVE", "ACTION A DEFINIR"));
            assertThat(base().count(
                                    "notification_a_emettre n join message m on m.id = n.message_id where m.acheminement ="
                                            + " 'A_EMETTRE' and m.sens = 'sortant' and n.operateur = 'OCXA'"))
                    .isOne();

            Lecture read = room.read(
                    SavDEssai.OCXA,
                    Map.of(
                            "serviceProviderID",
                            SavDEssai.OCXA.siren(),
                            "supplierID",
                            SavDEssai.OI,
                            "technicalId",
                            "pto-0"),
                    List.of());
            assertThat(read.reponse().code()).isZero();
            assertThat(read.champs())
                    .containsEntry("troubleTicketKey", opened.troubleTicketKey())
                    .containsEntry("troubleTicketState", "OPENACTIVE")
                    .containsEntry("supplierUnit", "Guichet SAV");
        }

        @Test
        void aPartnerOfALaterVersionHasItsOwnValuesAndCodes() {
            Signalisations room = room();
            Operateur later = SavDEssai.oc("OCXA", "910000009", Map.of("profil", "3.0"));
            creneaux.take("C1");
            Appel brassage = creation(later, "0", "S-1");
            brassage.champs().put("defectPrelocalization", "PM-PRDM");
            brassage.champs().put("criticalLevel", "haut");

            assertThat(create(room, SavDEssai.OCXA, brassage).code()).isEqualTo(2);
            assertThat(create(room, later, auto(creation(later, "0", "S-1"), "C1"))
                            .code())
                    .isEqualTo(101);
            Reponse opened = create(room, later, brassage);
            assertThat(opened.code()).isZero();
            assertThat(base().count("dossier where version = '3.0'")).isOne();
            Verdict unknownThere = decide(
                    room,
                    "CASE SOLVED NOTIFICATION",
                    Map.of(
                            "troubleTicketKey",
                            opened.troubleTicketKey(),
                            "troubleTicketClosureCode",
                            "EXC01",
                            "serviceRestoredTime",
                            "2026-11-21T16:20:00+01:00"));
            assertThat(unknownThere)
                    .isInstanceOfSatisfying(
                            Verdict.Ko.class, ko -> assertThat(ko.champ()).isEqualTo("troubleTicketClosureCode"));
        }

        @Test
        void aRefusalLeavesNothing() {
            Signalisations room = room();
            creneaux.take("C1");

            assertThat(create(room, SavDEssai.OCXA, auto(creation(SavDEssai.OCXA, "0", "S-1"), "C1")))
                    .matches(reponse -> reponse.code() == 17 && reponse.troubleTicketKey() == null);
            assertThat(create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "1", "S-1"))
                            .code())
                    .isEqualTo(9);
            for (String table : List.of("dossier", "message", "reference", "demande_a_numeroter")) {
                assertThat(base().count(table)).as(table).isZero();
            }
        }

        @Test
        void whatComesAtTheWrongTimeIsKeptBesideTheTicket() {
            Signalisations room = room();
            String key = create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "0", "S-1"))
                    .troubleTicketKey();
            Appel request = new Appel(
                    "CASE CANCELATION REQUEST",
                    Map.of(
                            "troubleTicketKey",
                            key,
                            "troubleTicketState",
                            "OPENACTIVE.TO.BE.CANCELED",
                            "serviceProviderID",
                            SavDEssai.OCXA.siren(),
                            "supplierID",
                            SavDEssai.OI,
                            "messageType",
                            "commentaire dde annulation",
                            "messageContent",
                            "plus la peine"),
                    null,
                    "SOAP");

            assertThat(set(room, SavDEssai.OCXA, request).code()).isEqualTo(13);

            assertThat(base().count("message where nature = 'HORS_SEQUENCE' and demande = false"))
                    .isOne();
            assertThat(base().count("dossier where etat = 'QUEUED' and vie = 'CASE CREATE REQUEST'"))
                    .isOne();
        }

        @Test
        void theSameCreationAgainOpensNothing() {
            Signalisations room = room();
            Reponse first = create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "0", "S-1"));

            assertThat(create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "0", "S-1")))
                    .isEqualTo(first);
            assertThat(base().count("dossier")).isOne();
            assertThat(base().count("message where nature = 'REPETE'")).isOne();
        }

        @Test
        void ofCreationsOnOneAccessAtTheSameTimeOneIsAccepted() throws Exception {
            Signalisations room = room();

            assertThat(together(IntStream.range(0, 8)
                            .mapToObj(i -> (Callable<Integer>)
                                    () -> create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "0", "S-" + i))
                                            .code())
                            .toList()))
                    .containsExactlyInAnyOrder(0, 100, 100, 100, 100, 100, 100, 100);
            assertThat(base().count("dossier")).isOne();
        }

        @Test
        void ofCreationsUnderOneReferenceAtTheSameTimeOneIsAccepted() throws Exception {
            Signalisations room = room();

            assertThat(together(IntStream.range(0, 8)
                            .mapToObj(i -> (Callable<Integer>) () -> create(
                                            room,
                                            SavDEssai.OCXA,
                                            creation(SavDEssai.OCXA, String.valueOf(2 * i), "S-1"))
                                    .code())
                            .toList()))
                    .containsExactlyInAnyOrder(0, 100, 100, 100, 100, 100, 100, 100);
        }

        @Test
        void twoOcsDoNotGetTheSameSlot() throws Exception {
            Signalisations room = room();
            creneaux.offer("C1");

            assertThat(together(List.of(
                            () -> create(room, SavDEssai.OCXA, auto(creation(SavDEssai.OCXA, "0", "S-1"), "C1"))
                                    .code(),
                            () -> create(room, SavDEssai.OCXB, auto(creation(SavDEssai.OCXB, "1", "S-1"), "C1"))
                                    .code())))
                    .containsExactlyInAnyOrder(0, 17);
        }

        @Test
        void theLastPlaceOfThePlanIsTakenOnceAndGivenBackByACancellation() throws Exception {
            Signalisations room =
                    room(new CreneauxDuPlan(RdvDEssai.plan(base()), new JdbcRendezvousPris(base().jdbc())));
            Instant debut = Instant.parse("2026-11-24T07:00:00Z");
            base().jdbc()
                    .update(
                            "insert into creneau (zone, debut, fin, capacite) values ('64445', ?, ?, 1)",
                            debut.atOffset(ZoneOffset.UTC),
                            debut.plusSeconds(7200).atOffset(ZoneOffset.UTC));
            String slot = CreneauxDuPlan.reference("64445", debut);

            List<Reponse> answers = together(List.of(
                    () -> create(room, SavDEssai.OCXA, auto(creation(SavDEssai.OCXA, "0", "S-1"), slot)),
                    () -> create(room, SavDEssai.OCXB, auto(creation(SavDEssai.OCXB, "1", "S-1"), slot))));

            assertThat(answers).extracting(Reponse::code).containsExactlyInAnyOrder(0, 17);
            assertThat(base().count("creneau where reserves = 1")).isOne();
            Operateur winner = answers.get(0).code() == 0 ? SavDEssai.OCXA : SavDEssai.OCXB;
            String key = answers.get(0).code() == 0
                    ? answers.get(0).troubleTicketKey()
                    : answers.get(1).troubleTicketKey();
            assertThat(set(room, winner, cancelation(winner, key)).code()).isZero();
            assertThat(base().count("creneau where reserves = 0")).isOne();
        }

        private static Appel cancelation(Operateur oc, String key) {
            return new Appel(
                    "CASE CANCELATION",
                    Map.of(
                            "troubleTicketKey",
                            key,
                            "troubleTicketState",
                            "CLOSED",
                            "serviceProviderID",
                            oc.siren(),
                            "supplierID",
                            SavDEssai.OI),
                    null,
                    "SOAP");
        }

        @Test
        void cancelledOrTakenOverNeverBoth() throws Exception {
            Signalisations room = room();
            String key = create(room, SavDEssai.OCXA, creation(SavDEssai.OCXA, "0", "S-1"))
                    .troubleTicketKey();
            Appel cancel = cancelation(SavDEssai.OCXA, key);

            List<Integer> codes = together(List.of(
                    () -> set(room, SavDEssai.OCXA, cancel).code(),
                    () -> decide(
                                            room,
                                            "CASE SOLVING NOTIFICATION",
                                            Map.of("troubleTicketKey", key, "supplierUnit", "Guichet SAV"))
                                    instanceof Verdict.Ok
                            ? 0
                            : 13));

            assertThat(codes).containsExactlyInAnyOrder(0, 13);
            assertThat(base().count("dossier where etat = ?", codes.get(0) == 0 ? "CLOSED" : "OPENACTIVE"))
                    .isOne();
        }

        /** Starts everything at once, and gives each answer. */
        private static <T> List<T> together(List<Callable<T>> works) throws Exception {
            ExecutorService threads = Executors.newFixedThreadPool(works.size());
            CyclicBarrier start = new CyclicBarrier(works.size());
            try {
                List<Future<T>> futures = works.stream()
                        .map(work -> threads.submit(() -> {
                            start.await();
                            return work.call();
                        }))
                        .collect(Collectors.toList());
                List<T> answers = new ArrayList<>();
                for (Future<T> future : futures) {
                    answers.add(future.get());
                }
                return answers;
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
