package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.catalogue.Catalogue;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signalisations of the demo, through the real doors: now and then an OC opens one on an access of its own by SOAP, or by
 * mail where it lives by mail, an SI that reads its demandes takes it over, plans, and closes it, and the OC hears all of it
 * at its own service or in its mailbox. One in four by SOAP is cancelled before anyone has looked at it. What a newcomer opens
 * by hand is answered too.
 */
final class SavEnDemo implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SavEnDemo.class);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final String CREATION = "CASE CREATE REQUEST";
    private static final int ANNULEE = 4;

    /** Between two signalisations, and between two steps of one, in steps of an order. */
    private static final int ATTENTE = 15;

    private static final int ETAPE = 3;
    private static final List<String> DEFAUTS = List.of("PAS DE SIGNAL", "SIGNAL AFFAIBLI", "PROBLEME ALIGNEMENT");
    private static final List<String> SECTIONS = List.of("PTO", "PBO", "PM-PBO");
    private static final String SIGNALISATION = "SIGSAV";
    private static final List<String> SECTIONS_1_0A = List.of("PTO", "PBO", "COL MONTANTE");
    private static final DateTimeFormatter HORODATE = DateTimeFormatter.ofPattern("uuuuMMdd_HHmmss");
    private static final List<String> ACTIONS =
            List.of("CASE SOLVING NOTIFICATION", "SU CASE INFORMATION NOTIFICATION", "CASE SOLVED NOTIFICATION");

    /** A signalisation that the SI is busy with. */
    private static final class Prise {
        private final String operateur;
        private final String key;
        private int said;
        private Instant next;

        private Prise(String operateur, String key, Instant next) {
            this.operateur = operateur;
            this.key = key;
            this.next = next;
        }
    }

    private final Portes portes;
    private final String siren;
    private final Set<Cote> joues;
    private final Duration pas;
    private final Rest lecture;
    private final Rest si;
    private final Fiches fiches;
    private final ServiceSav services;
    private final Dialecte fichiers;
    private final Map<Portes.Compte, Casier> casiers = new LinkedHashMap<>();
    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final Map<String, Prise> prises = new LinkedHashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Deque<Portes.Compte> turn;
    private String cursor;
    private Instant next;
    private int opened;
    private String trouble = "";

    /** @param siren the OI's */
    SavEnDemo(Portes portes, String siren, Set<Cote> joues, Duration pas, Catalogue catalogue) throws IOException {
        this.portes = portes;
        this.siren = siren;
        this.joues = joues;
        this.pas = pas;
        HttpClient http = Rest.client();
        lecture = new Rest(http, portes.http(), portes.cleLecture());
        si = new Rest(http, portes.http(), portes.cleSi());
        fiches = new Fiches(lecture);
        turn = new ArrayDeque<>(portes.comptes());
        fichiers = new Dialecte(catalogue.page("sav", "1.0a"));
        services = joues.contains(Cote.OC) ? ServiceSav.open(catalogue) : null;
    }

    /** Does what is due; a door that does not answer is told once and tried again. */
    void round(Instant now) throws InterruptedException {
        try {
            if (joues.contains(Cote.SI)) {
                hear(now);
                decide(now);
            }
            if (joues.contains(Cote.OC)) {
                open(now);
                takeMails();
            }
            trouble = "";
        } catch (IOException e) {
            casiers.values().forEach(Casier::hangUp);
            if (!trouble.equals(e.toString())) {
                LOG.warn("bac à sable, SAV : {}", e.toString());
            }
            trouble = e.toString();
        }
    }

    private void open(Instant now) throws IOException, InterruptedException {
        if (next == null) {
            for (Portes.Compte compte : portes.comptes()) {
                if (!compte.parCourriel()) {
                    fiches.serve(compte.operateur(), services.url(compte.operateur()));
                }
            }
            next = now;
        }
        if (now.isBefore(next)) {
            return;
        }
        Portes.Compte compte = turn.removeFirst();
        turn.addLast(compte);
        next = now.plus(pas.multipliedBy(ETAPE));
        JsonNode found = lecture.get(
                "/api/v1/dossiers",
                Map.of("operateur", compte.operateur(), "protocole", "acces", "etat", "EN_SERVICE", "max", "100"));
        for (JsonNode dossier : found.path("dossiers")) {
            JsonNode references = dossier.path("references");
            if (references.has("ReferencePrestationPrise")
                    && used.add(references.get("ReferencePrestationPrise").asText())) {
                if (compte.parCourriel()) {
                    write(compte, references, now);
                } else {
                    signal(compte, references, now);
                }
                next = now.plus(pas.multipliedBy(ATTENTE));
                return;
            }
        }
    }

    private void signal(Portes.Compte compte, JsonNode references, Instant now)
            throws IOException, InterruptedException {
        PosteSav poste = new PosteSav(portes.http(), "2.1", compte.utilisateur(), compte.motDePasse());
        Map<String, String> champs = new HashMap<>(Map.of(
                "description",
                CREATION,
                "troubleTicketState",
                "QUEUED",
                "serviceProviderID",
                fiches.siren(compte.operateur()),
                "supplierID",
                siren,
                "troubleTicketType",
                "1",
                "commercialId",
                references.get("ReferencePrestationPrise").asText(),
                "technicalId",
                references.path("ReferencePrise").asText(),
                "serviceProviderTroubleTicketKey",
                "BAS-%s-%d".formatted(run, ++opened),
                "defectClassId",
                "1",
                "defectDescription",
                DEFAUTS.get(opened % DEFAUTS.size())));
        champs.put("defectPrelocalization", SECTIONS.get(opened % SECTIONS.size()));
        champs.put("troubleDetectionTime", at(now));
        PosteSav.Reponse said = poste.create(champs);
        LOG.info(
                "bac à sable : {} signale {}, réponse {} {}",
                compte,
                champs.get("commercialId"),
                said.code(),
                said.cle());
        if (said.code() == 0 && opened % ANNULEE == 0) {
            champs.keySet().retainAll(Set.of("serviceProviderID", "supplierID", "serviceProviderTroubleTicketKey"));
            champs.put("description", "CASE CANCELATION");
            champs.put("troubleTicketState", "CLOSED");
            champs.put("troubleTicketKey", said.cle());
            poste.set(champs);
        }
    }

    /** The same in a file, which a mail carries (spec SAV §g). */
    private void write(Portes.Compte compte, JsonNode references, Instant now) throws IOException {
        Map<String, String> champs = Map.of(
                "ReferencePrestationPrise",
                references.get("ReferencePrestationPrise").asText(),
                "ReferencePrise",
                references.path("ReferencePrise").asText(),
                "ReferenceSigSAVRaccoOC",
                "BAS-%s-%d".formatted(run, ++opened),
                "DateIncidClientFinal",
                DateTimeFormatter.BASIC_ISO_DATE.format(now.atZone(PARIS).toLocalDate()),
                "NatureDefaut",
                "Pas de signal",
                "PrelocDefaut",
                SECTIONS_1_0A.get(opened % SECTIONS_1_0A.size()));
        String name = "%s_%s_%s_%s_%03d.csv"
                .formatted(SIGNALISATION, compte.operateur(), portes.oi(), HORODATE.format(now.atZone(PARIS)), opened);
        casiers.computeIfAbsent(compte, portes::casierSav).drop(name, fichiers.write(SIGNALISATION, List.of(champs)));
        LOG.info("bac à sable : {} signale {} par courriel", compte, champs.get("ReferencePrestationPrise"));
    }

    /** What the hub has written to the OCs that live by mail. */
    private void takeMails() throws IOException {
        for (Map.Entry<Portes.Compte, Casier> each : casiers.entrySet()) {
            for (String name : each.getValue().list()) {
                LOG.info("bac à sable : {} a reçu {}", each.getKey(), name);
                each.getValue().remove(name);
            }
        }
    }

    /** What was asked before this start was answered, or not, by another play. */
    private void hear(Instant now) throws IOException, InterruptedException {
        boolean late = cursor == null;
        JsonNode page;
        do {
            page = si.get(
                    "/api/v1/si/demandes",
                    cursor == null ? Map.of("max", "100") : Map.of("max", "100", "apres", cursor));
            cursor = page.path("curseur").asText();
            for (JsonNode one : page.path("demandes")) {
                String key = one.path("champs").path("troubleTicketKey").asText();
                if (!late && one.path("flux").asText().equals(CREATION)) {
                    prises.put(key, new Prise(one.path("operateur").asText(), key, now.plus(step())));
                } else if (one.path("etat").asText().equals("CLOSED")) {
                    prises.remove(key);
                }
            }
        } while (!page.path("demandes").isEmpty());
    }

    private Duration step() {
        return pas.multipliedBy(ETAPE);
    }

    private void decide(Instant now) throws IOException, InterruptedException {
        for (Prise prise : List.copyOf(prises.values())) {
            if (!now.isBefore(prise.next)) {
                String action = ACTIONS.get(prise.said);
                JsonNode verdict = si.post(
                                "/api/v1/si/decisions",
                                Rest.JSON
                                        .createArrayNode()
                                        .add(Rest.JSON
                                                .createObjectNode()
                                                .put("id", "%s-%d".formatted(prise.key, prise.said))
                                                .put("operateur", prise.operateur)
                                                .put("flux", action)
                                                .set("champs", Rest.JSON.valueToTree(champs(prise, now)))))
                        .path(0);
                prise.said++;
                prise.next = now.plus(step());
                if (prise.said == ACTIONS.size()
                        || !verdict.path("verdict").asText().equals("OK")) {
                    LOG.info("bac à sable : {} {}", prise.key, verdict);
                    prises.remove(prise.key);
                }
            }
        }
    }

    private Map<String, String> champs(Prise prise, Instant now) {
        Map<String, String> champs = new HashMap<>(Map.of("troubleTicketKey", prise.key));
        switch (prise.said) {
            case 0 -> {
                champs.put("supplierUnit", "Guichet SAV");
                champs.put("supplierPlannedActionDate", at(now.plus(Duration.ofHours(4))));
            }
            case 1 -> {
                champs.put("messageType", "AVANCEMENT INTERVENTION");
                champs.put("supplierPlannedActionDate", at(now.plus(Duration.ofHours(2))));
                champs.put("supplierResolutionAction", "INTERVENTION SANS RDV");
                champs.put("supplierResolutionState", "ACTION PLANIFIEE");
            }
            default -> {
                champs.put("serviceRestoredTime", at(now));
                champs.put("troubleTicketClosureCode", "RET01");
                champs.put("defectLocalization", "PBO");
                champs.put("defectResponsability", "OI");
            }
        }
        return champs;
    }

    private static String at(Instant moment) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                moment.atZone(PARIS).truncatedTo(ChronoUnit.SECONDS));
    }

    @Override
    public void close() {
        casiers.values().forEach(Casier::close);
        if (services != null) {
            services.close();
        }
    }
}
