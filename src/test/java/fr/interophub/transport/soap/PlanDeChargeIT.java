package fr.interophub.transport.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import fr.interophub.HorlogeDEssai;
import fr.interophub.HubEnMarche;
import fr.interophub.client.plan.CodeReponseType;
import fr.interophub.client.plan.ConsultationRdvReponse;
import fr.interophub.client.plan.ConsultationRdvRequete;
import fr.interophub.client.plan.CreneauType;
import fr.interophub.client.plan.DefectPrelocalizationType;
import fr.interophub.client.plan.EnteteType;
import fr.interophub.client.plan.InfoErreur;
import fr.interophub.client.plan.NatureProduitType;
import fr.interophub.client.plan.NatureReportType;
import fr.interophub.client.plan.PlanChargeFtthSav;
import fr.interophub.client.plan.PlanChargeFtthSavService;
import fr.interophub.client.plan.RechercheCreneauxLibresRequete;
import fr.interophub.client.plan.ReportRDVRequete;
import fr.interophub.client.plan.ReservationCreneauReponse;
import fr.interophub.client.plan.ReservationCreneauRequete;
import fr.interophub.client.plan.SegmentMarcheType;
import fr.interophub.client.plan.StatutRendezVousType;
import fr.interophub.client.plan.TypeInterventionType;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.parc.Declaration;
import fr.interophub.parc.Declarations;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.Chargement;
import fr.interophub.rdv.Entree;
import jakarta.xml.ws.BindingProvider;
import jakarta.xml.ws.Holder;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.datatype.DatatypeFactory;
import javax.xml.datatype.XMLGregorianCalendar;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The planning service over real SOAP, by a client that wsdl2java makes from our contract (spec SAV §a.11)")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PlanDeChargeIT {

    private static final HorlogeDEssai HORLOGE = new HorlogeDEssai("2026-11-20T09:00:00Z");
    private static final String OCXA = "910000009";
    private static final String OCXB = "920000007";
    private static final String OI = "900000001";

    private final AtomicInteger next = new AtomicInteger();
    private HubEnMarche hub;

    @BeforeAll
    void start() {
        hub = HubEnMarche.start(System.getProperty("hub.test.db", "h2"), HORLOGE);
    }

    @AfterAll
    void stop() {
        hub.close();
    }

    private PlanChargeFtthSav port(String login) throws Exception {
        PlanChargeFtthSav port = new PlanChargeFtthSavService(
                        hub.url().resolve("/services/sav/plan-de-charge?wsdl").toURL())
                .getPlanChargeFtthSavPort();
        Map<String, Object> context = ((BindingProvider) port).getRequestContext();
        assertThat(context.get(BindingProvider.ENDPOINT_ADDRESS_PROPERTY))
                .as("the address that the contract tells")
                .isEqualTo(hub.url().resolve("/services/sav/plan-de-charge").toString());
        context.put(BindingProvider.USERNAME_PROPERTY, login);
        context.put(BindingProvider.PASSWORD_PROPERTY, "demo-" + login);
        return port;
    }

    private static Holder<EnteteType> entete(String siren) {
        EnteteType entete = new EnteteType();
        entete.setVersionWS("1.0");
        entete.setHorodatageRequete(date("2026-11-20T10:00:00+01:00"));
        entete.setSirenOC(siren);
        entete.setSirenOI(OI);
        return new Holder<>(entete);
    }

    private static XMLGregorianCalendar date(String text) {
        return DatatypeFactory.newDefaultInstance().newXMLGregorianCalendar(text);
    }

    /** A place of its own, with one free slot a day. */
    private String lieu(String... jours) {
        String insee = "%05d".formatted(90_000 + next.incrementAndGet());
        List<Entree> slots = new ArrayList<>();
        for (String jour : jours) {
            slots.add(new Entree(insee, jour + "T08:00:00+01:00", jour + "T10:00:00+01:00", 1, null, null));
        }
        hub.context()
                .getBean(Transactions.class)
                .run(() -> assertThat(hub.context().getBean(Chargement.class).load(slots))
                        .allMatch(Chargement.Verdict::ok));
        return insee;
    }

    private List<CreneauType> search(String login, String siren, String insee) throws Exception {
        RechercheCreneauxLibresRequete requete = new RechercheCreneauxLibresRequete();
        requete.setTypeIntervention(TypeInterventionType.S);
        requete.setNatureProduit(NatureProduitType.FTTH_ACCES);
        requete.setSegmentMarche(SegmentMarcheType.GP);
        requete.setCodeInsee(insee);
        requete.setDateDebut(date("2026-11-20T00:00:00"));
        requete.setDateFin(date("2026-12-31T00:00:00+01:00"));
        requete.setDefectPrelocalization(DefectPrelocalizationType.PTO);
        Holder<EnteteType> entete = entete(siren);
        var reponse = port(login).rechercheCreneauxLibres(requete, entete);
        assertThat(reponse.getCodeReponse()).isEqualTo(CodeReponseType.OK);
        assertThat(entete.value.getSirenOC()).isEqualTo(siren);
        assertThat(entete.value.getHorodatageReponse()).isNotNull();
        return reponse.getListeCreneau().getOccCreneau();
    }

    private ReservationCreneauReponse take(String login, String siren, String insee, String idOI) throws Exception {
        ReservationCreneauRequete requete = new ReservationCreneauRequete();
        requete.setTypeIntervention(TypeInterventionType.S);
        requete.setNatureProduit(NatureProduitType.FTTH_ACCES);
        requete.setSegmentMarche(SegmentMarcheType.GP);
        requete.setCodeInsee(insee);
        requete.setCommercialId("PREST-42");
        requete.setIdCreneau(idOI);
        return port(login).reservationCreneau(requete, entete(siren));
    }

    private ConsultationRdvReponse look(String id) throws Exception {
        ConsultationRdvRequete requete = new ConsultationRdvRequete();
        requete.setIdRendezVous(id);
        return port("ocxa").consultationRdv(requete, entete(OCXA));
    }

    /** A creation in mode AUTO on an access of its own. */
    private Map<String, String> create(String quoted) throws Exception {
        String access = "PREST-" + next.incrementAndGet();
        Declarations declarations = new Declarations(
                hub.context().getBean(Parc.class), hub.context().getBean(Annuaire.class));
        hub.context()
                .getBean(Transactions.class)
                .run(() -> declarations.load(List.of(new Declaration(
                        "OCXA", access, "PTO-" + access, null, null, "2020-01-01T00:00:00+01:00", null, null, null))));
        String envelope = Essai.sample("2.1", "02-create-rdv-auto")
                .replace("PREST-0001", access)
                .replace("FI-AAAA-0001", "PTO-" + access)
                .replaceAll("OC-000\\d", "OC-" + access)
                .replaceAll("(<sav:SUAppointmentManagementId>)[^<]*", "$1" + quoted);
        HttpResponse<String> response = Essai.post(hub.url(), "2.1", envelope);
        return Lecteur.answer(new ByteArrayInputStream(response.body().getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"idOI", "idRendezvous"})
    @DisplayName("an OC finds a slot, reserves it, and its ticket quotes it by either name")
    void quoted(String name) throws Exception {
        String insee = lieu("2026-12-01");
        CreneauType slot = search("ocxa", OCXA, insee).get(0);
        String id = take("ocxa", OCXA, insee, slot.getIdOI()).getIdRendezvous();
        assertThat(look(id).getStatutRendezVous()).isEqualTo(StatutRendezVousType.CREE);
        assertThat(search("ocxb", OCXB, insee)).isEmpty();

        assertThat(create(name.equals("idOI") ? slot.getIdOI() : id)).containsEntry("returnCode", "0");

        ConsultationRdvReponse told = look(id);
        assertThat(told.getStatutRendezVous()).isEqualTo(StatutRendezVousType.CONFIRME);
        assertThat(told.getReferencePrestationPrise()).isEqualTo("PREST-42");
        assertThat(told.getCodeInsee()).isEqualTo(insee);
        assertThat(OffsetDateTime.parse(told.getDateDebut().toXMLFormat()))
                .isEqualTo(OffsetDateTime.parse("2026-12-01T08:00:00+01:00"));
        assertThat(create(id)).as("it is another ticket's").containsEntry("returnCode", "17");
        HORLOGE.advance(Duration.ofHours(1));
        assertThat(look(id).getStatutRendezVous()).isEqualTo(StatutRendezVousType.CONFIRME);
    }

    @Test
    @DisplayName("an appointment that no ticket has quoted is moved, and given back when its time is over")
    void movedAndLapsed() throws Exception {
        String insee = lieu("2026-12-02", "2026-12-03");
        List<CreneauType> slots = search("ocxa", OCXA, insee);
        String id = take("ocxa", OCXA, insee, slots.get(0).getIdOI()).getIdRendezvous();
        ReportRDVRequete requete = new ReportRDVRequete();
        requete.setTypeIntervention(TypeInterventionType.S);
        requete.setNatureProduit(NatureProduitType.FTTH_ACCES);
        requete.setSegmentMarche(SegmentMarcheType.GP);
        requete.setCodeInsee(insee);
        requete.setIdRendezvous(id);
        requete.setNatureReport(NatureReportType.REPORT_RDV_RESERVE);
        requete.setIdCreneau(slots.get(1).getIdOI());

        assertThat(port("ocxa").reportRDV(requete, entete(OCXA)).getCodeReponse())
                .isEqualTo(CodeReponseType.OK);

        assertThat(search("ocxb", OCXB, insee))
                .extracting(CreneauType::getIdOI)
                .containsExactly(slots.get(0).getIdOI());
        HORLOGE.advance(Duration.ofMinutes(30));
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(search("ocxb", OCXB, insee)).hasSize(2));
        assertThat(create(id)).as("nobody's any more").containsEntry("returnCode", "8");
    }

    @Test
    @DisplayName("two OCs race for the last place: one has it, the other a KO")
    void race() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 5; round++) {
                String insee = lieu("2026-12-04");
                String idOI = search("ocxa", OCXA, insee).get(0).getIdOI();
                CyclicBarrier start = new CyclicBarrier(2);
                List<Callable<CodeReponseType>> both = List.of(
                        () -> {
                            start.await();
                            return take("ocxa", OCXA, insee, idOI).getCodeReponse();
                        },
                        () -> {
                            start.await();
                            return take("ocxb", OCXB, insee, idOI).getCodeReponse();
                        });
                List<CodeReponseType> answers = new ArrayList<>();
                for (Future<CodeReponseType> one : threads.invokeAll(both)) {
                    answers.add(one.get());
                }
                assertThat(answers).containsExactlyInAnyOrder(CodeReponseType.OK, CodeReponseType.KO);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    @DisplayName("what is wrong is the declared fault, with a code of the contract")
    void faults() throws Exception {
        String insee = lieu("2026-12-05");
        assertThat(fault(() -> search("ocxa", OCXB, insee)))
                .as("another's SIREN")
                .isEqualTo(15);
        assertThat(fault(() -> take("ocxa", OCXA, insee, "CRENEAU-42"))).isEqualTo(8);
        assertThat(fault(() -> look("OIDE-PDC-999999"))).isEqualTo(8);
    }

    private static int fault(Callable<?> call) {
        InfoErreur fault = catchThrowableOfType(InfoErreur.class, call::call);
        assertThat(fault.getFaultInfo().getMessageErreur()).isNotBlank();
        return fault.getFaultInfo().getCodeErreur();
    }

    private HttpResponse<String> raw(String header, String body) throws Exception {
        return Essai.send(HttpRequest.newBuilder(hub.url().resolve("/services/sav/plan-de-charge"))
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", "text/xml;charset=UTF-8")
                .POST(BodyPublishers.ofString(Redacteur.header(Redacteur.envelope(body), header))));
    }

    private static String entete() {
        return ("<p:EnteteType xmlns:p=\"http://interop-fibre.fr\"><sirenOI>%s</sirenOI><sirenOC>%s</sirenOC></p:EnteteType>")
                .formatted(OI, OCXA);
    }

    @Test
    @DisplayName("the login header is admitted too; fields in another order or namespace, and unknown ones, are read")
    void tolerant() throws Exception {
        String insee = lieu("2026-12-06");
        String body =
                ("<p:RechercheCreneauxLibresRequete xmlns:p=\"http://interop-fibre.fr\"><p:dateFin>2026-12-31T00:00:00</p:dateFin>"
                                + "<x/><dateDebut>2026-11-20T00:00:00</dateDebut><codeInsee>%s</codeInsee></p:RechercheCreneauxLibresRequete>")
                        .formatted(insee);
        HttpResponse<String> known = raw(Redacteur.login("ocxa", "demo-ocxa") + entete(), body);
        assertThat(known.statusCode()).as(known.body()).isEqualTo(200);
        assertThat(known.body()).contains(insee + "-20261206T0700Z");

        HttpResponse<String> nobody = raw(entete(), body);
        assertThat(nobody.statusCode()).isEqualTo(500);
        assertThat(nobody.body()).contains("<codeErreur>12</codeErreur>");
        HttpResponse<String> other = raw(
                Redacteur.login("ocxa", "demo-ocxa") + entete(),
                body.replace("RechercheCreneauxLibresRequete", "AnnulationRequete"));
        assertThat(other.body()).contains(Faute.ILLISIBLE);
        assertThat(raw(Redacteur.login("ocxa", "demo-ocxa"), "<!DOCTYPE a>" + body)
                        .body())
                .contains(Faute.ILLISIBLE);
    }
}
