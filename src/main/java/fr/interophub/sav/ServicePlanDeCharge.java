package fr.interophub.sav;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampDAction;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Operateur;
import fr.interophub.rdv.PlanDeCharge;
import fr.interophub.rdv.PlanDeCharge.Creneau;
import fr.interophub.rdv.PlanDeCharge.Souhait;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The planning service (spec SAV §a.11): an OC sees the free slots of the OI's plan de charge, reserves one, asks after its
 * appointment, moves it. A reservation waits for a ticket that quotes it, and is given back when none comes in time.
 */
public final class ServicePlanDeCharge {

    /** Under which protocol its deadlines are kept. */
    static final String ECHEANCES = "plan-sav";

    private static final Duration FENETRE = Duration.ofDays(60);
    private static final int CRENEAUX = 200;
    private static final int DELAIS = 50;
    private static final int REFERENCE_MAX = 50;

    private static final Map<String, Set<String>> LISTES = Map.of(
            "typeIntervention", Set.of("S", "E"),
            "natureProduit", Set.of("FTTH_ACCES"),
            "segmentMarche", Set.of("ENTREPRISE", "GP", "OPERATEUR"),
            "natureReport", Set.of("REPORT_RDV_RESERVE", "REPORT_RDV_CONFIRME", "NOUVEAU_RDV"),
            "defectPrelocalization", Set.of("PTO", "RACCO PALIER", "PBO", "PM-PBO", "PM", "HORIZONTALE RESEAU"));

    private static final List<String> GARDES =
            List.of("typeIntervention", "natureProduit", "segmentMarche", "codeInsee", "commercialId", "technicalId");

    private final Retours retours;
    private final PlanDeCharge plan;
    private final RendezvousPris pris;
    private final Transactions transactions;
    private final Clock clock;
    private final Reglages reglages;

    /**
     * @param oi our own code
     * @param siren our own SIREN
     * @param attente how long a reservation waits for a ticket
     */
    record Reglages(String oi, String siren, Duration attente) {}

    ServicePlanDeCharge(
            Catalogue catalogue,
            PlanDeCharge plan,
            RendezvousPris pris,
            Transactions transactions,
            Clock clock,
            Reglages reglages) {
        this.retours = new Retours(catalogue);
        this.plan = plan;
        this.pris = pris;
        this.transactions = transactions;
        this.clock = clock;
        this.reglages = reglages;
    }

    /** A slot as the service tells it. */
    public record Libre(String idOI, Instant debut, Instant fin) {}

    /**
     * An appointment as the service tells it.
     *
     * @param confirme a ticket has quoted it
     * @param champs what the OC said when it took it
     */
    public record Etat(String idRendezVous, Instant debut, Instant fin, boolean confirme, Map<String, String> champs) {}

    /**
     * What is answered; the parts that were not asked for are empty.
     *
     * @param reponse its code is 0, or tells why nothing was done; a slot that is no longer free has the situation {@code
     *     RDV_INDISPONIBLE}, which the service answers without a fault
     */
    public record Rendu(
            Reponse reponse, boolean disponible, List<Libre> creneaux, String idRendezvous, Optional<Etat> etat) {}

    /**
     * One call, in one transaction with what the caller keeps of it.
     *
     * @param operation the operation's name
     * @param champs its fields, those of its header among them
     */
    public Rendu call(Operateur oc, String operation, Map<String, String> champs) {
        try {
            return transactions.run(() -> {
                check(oc, champs);
                return switch (operation) {
                    case "rechercheCreneauxLibres" -> done(oc, search(champs), null, Optional.empty());
                    case "reservationCreneau" -> done(oc, List.of(), reserve(oc, champs), Optional.empty());
                    case "consultationRdv" -> done(oc, List.of(), null, Optional.of(look(oc, champs)));
                    case "reportRDV" -> done(oc, List.of(), move(oc, champs), Optional.empty());
                    default -> throw Refuse.because(Situation.NON_AUTORISE, null, operation);
                };
            });
        } catch (Refuse refuse) {
            boolean gone = refuse.situation() == Situation.RDV_INDISPONIBLE;
            return new Rendu(retours.of(oc, null, refuse), !gone, List.of(), null, Optional.empty());
        }
    }

    private Rendu done(Operateur oc, List<Libre> creneaux, String id, Optional<Etat> etat) {
        return new Rendu(retours.of(oc, null, Situation.ACCEPTE, null, null), true, creneaux, id, etat);
    }

    /** Who asks whom, and the values that are out of their lists; what is not used may be left out. */
    private void check(Operateur oc, Map<String, String> champs) {
        if (!oc.siren().equals(required(champs, "sirenOC"))) {
            throw Refuse.because(Situation.INTERDIT, null, null);
        }
        if (!reglages.siren().equals(required(champs, "sirenOI"))) {
            throw Refuse.because(Situation.INCONNU, "sirenOI", champs.get("sirenOI"));
        }
        LISTES.forEach((champ, liste) -> {
            String said = champs.get(champ);
            if (said != null && !liste.contains(said)) {
                throw Refuse.because(Situation.HORS_LISTE, champ, cut(said));
            }
        });
        for (String champ : List.of("commercialId", "technicalId")) {
            if (champs.getOrDefault(champ, "").length() > REFERENCE_MAX) {
                throw Refuse.because(Situation.FORMAT, champ, REFERENCE_MAX + " caractères au plus");
            }
        }
        String insee = champs.get("codeInsee");
        if (insee != null && !insee.matches("[0-9A-Za-z]{5}")) {
            throw Refuse.because(Situation.FORMAT, "codeInsee", cut(insee));
        }
    }

    private static String required(Map<String, String> champs, String champ) {
        return Optional.ofNullable(champs.get(champ))
                .orElseThrow(() -> Refuse.because(Situation.CHAMP_VIDE, champ, null));
    }

    private static Instant date(Map<String, String> champs, String champ) {
        String said = required(champs, champ);
        try {
            return ChampDAction.date(said).toInstant();
        } catch (DateTimeException e) {
            throw Refuse.because(Situation.FORMAT, champ, cut(said));
        }
    }

    private static String cut(String said) {
        return said.length() > REFERENCE_MAX ? said.substring(0, REFERENCE_MAX) : said;
    }

    /** The free slots of a place, from now on, of at most {@link #FENETRE}. */
    private List<Libre> search(Map<String, String> champs) {
        String lieu = required(champs, "codeInsee");
        Instant now = clock.instant();
        Instant from = date(champs, "dateDebut");
        Instant to = date(champs, "dateFin");
        if (!to.isAfter(from)) {
            throw Refuse.because(Situation.INATTENDU, "dateFin", "avant dateDebut");
        }
        Instant first = from.isBefore(now) ? now : from;
        Instant last = first.plus(FENETRE);
        return plan.listFree(lieu, first, to.isBefore(last) ? to : last, CRENEAUX).stream()
                .map(slot -> new Libre(CreneauxDuPlan.reference(slot.zone(), slot.debut()), slot.debut(), slot.fin()))
                .toList();
    }

    private String reserve(Operateur oc, Map<String, String> champs) {
        UUID reservation = take(champs, List.of());
        Map<String, String> kept = new LinkedHashMap<>();
        GARDES.stream().filter(champs::containsKey).forEach(champ -> kept.put(champ, champs.get(champ)));
        String reference = "%s-PDC-%06d".formatted(reglages.oi(), pris.number());
        pris.add(new Rendezvous(reference, oc.code(), reservation, null, kept));
        return reference;
    }

    /**
     * Takes the slot that is named, for a while.
     *
     * @param others those whose slot may be given back after
     */
    private UUID take(Map<String, String> champs, List<UUID> others) {
        String creneau = required(champs, "idCreneau");
        Souhait slot = CreneauxDuPlan.read(creneau)
                .orElseThrow(() -> Refuse.because(Situation.INCONNU, "idCreneau", cut(creneau)));
        Instant debut = slot.dates().get(0);
        Instant now = clock.instant();
        UUID reservation = Ids.next();
        plan.hold(List.of(slot), others);
        if (debut.isBefore(now) || !plan.reserve(reservation, slot.lieu(), debut)) {
            throw Refuse.because(Situation.RDV_INDISPONIBLE, null, creneau);
        }
        plan.expect(ECHEANCES, reservation, now.plus(reglages.attente()).truncatedTo(ChronoUnit.MICROS));
        return reservation;
    }

    private Rendezvous get(Operateur oc, Map<String, String> champs) {
        String champ = champs.containsKey("idRendezVous") ? "idRendezVous" : "idRendezvous";
        String id = required(champs, champ);
        return pris.findForUpdate(oc.code(), id).orElseThrow(() -> Refuse.because(Situation.INCONNU, champ, cut(id)));
    }

    private Etat look(Operateur oc, Map<String, String> champs) {
        Rendezvous rendezvous = get(oc, champs);
        Creneau slot = plan.reserved(rendezvous.reservation())
                .orElseThrow(() -> Refuse.because(Situation.INCONNU, "idRendezVous", "son créneau a été rendu"));
        return new Etat(rendezvous.reference(), slot.debut(), slot.fin(), rendezvous.confirme(), rendezvous.champs());
    }

    /**
     * Moves an appointment, which keeps its name. Before a ticket has quoted it, the slot it had is given back at once; after,
     * the ticket keeps its slot until it quotes the appointment again: what a ticket lives by is said on the ticket (§d.2 A5,
     * A8).
     */
    private String move(Operateur oc, Map<String, String> champs) {
        String nature = required(champs, "natureReport");
        Rendezvous rendezvous = get(oc, champs);
        if (nature.equals("REPORT_RDV_RESERVE") != (rendezvous.ticket() == null)) {
            throw Refuse.because(
                    Situation.INATTENDU,
                    "natureReport",
                    rendezvous.ticket() == null ? "aucun ticket ne le cite encore" : "un ticket le cite");
        }
        UUID before = rendezvous.reservation();
        UUID taken = take(champs, List.of(before));
        if (!rendezvous.confirme()) {
            plan.expect(ECHEANCES, before, null);
            plan.release(before);
        }
        pris.change(rendezvous.moved(taken));
        return rendezvous.reference();
    }

    /**
     * Gives back the slots that no ticket has quoted in time. Any node may, at any time; each is done once.
     *
     * @return how many there were; more may be waiting
     */
    public int lapse() {
        Instant now = clock.instant();
        List<UUID> due = plan.due(ECHEANCES, now, DELAIS);
        due.forEach(reservation -> transactions.run(() -> lapse(reservation, now)));
        return due.size();
    }

    private void lapse(UUID reservation, Instant now) {
        Optional<Rendezvous> found = pris.findByReservation(reservation)
                .flatMap(one -> pris.findForUpdate(one.operateur(), one.reference()))
                .filter(one -> one.reservation().equals(reservation));
        if (!plan.strike(reservation, now)) {
            return;
        }
        plan.hold(List.of(), List.of(reservation));
        plan.release(reservation);
        found.ifPresent(one -> {
            if (one.ticket() == null) {
                pris.remove(one);
            } else {
                pris.change(one.confirme(one.ticket()));
            }
        });
    }
}
