package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Judges what an OC says in one lot of lines, and writes the hub's own answers: AR, CR KO of overload, CR of annulation. */
final class Reception {

    private static final String CMD_ACCES = "Cmd_Acces";
    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";
    private static final String PRISE = "ReferencePrise";
    private static final String EN_SERVICE = "EN_SERVICE";

    /** The reference again with other content (spec §3.3, check 2). */
    private static final String REFERENCE_DEJA_UTILISEE = "FIMP13";

    /** A flux that quotes an order we do not know (spec §4). */
    private static final String COMMANDE_INCONNUE = "FIMP14";

    /** Another order of the same OC on the same PTO (spec §3.3, check 2). */
    private static final String PTO_DEJA_AFFECTEE = "FIMP19";

    /** No motif of the codification says that an order is closed already (spec §3.14), or cancelled (spec §3.3, check 1). */
    private static final String AUTRE_MOTIF = "FAUT01";

    /** Left out when two orders are compared: an OC that repeats an order dates it anew (front door). */
    private static final Set<String> SAUF_DATE = Set.of("DateCommandePrise");

    private final LotDeLignes source;
    private final Operateur operateur;
    private final Flux flux;
    private final Page page;
    private final Registre registre;
    private final Alertes alertes;
    private final Suivi suivi;
    private final Versions versions;
    private final Instant now;
    private final Map<String, Dossier> dossiers;
    private final Lot lot;
    private final Ecriture ecriture;

    private final Ecarts ecarts;

    /** The appointments that these orders may move, and what moves them. */
    private final RendezVous.Tenus rdvs;

    private final Carnet carnet;

    /** The sockets on which this OC has an order in progress, of those that the lot orders on. */
    private final Set<String> occupees = new HashSet<>();

    /** The motif of the orders that a check of the OI refuses. */
    private final Map<Ligne, String> refus;

    private final Map<Dossier, Ligne> misesEnService = new LinkedHashMap<>();
    private final List<Dossier> resiliees = new ArrayList<>();

    /**
     * @param dossiers the orders that the lines speak of, by key, held until the end of the transaction
     * @param rdvs their appointments, held too
     */
    Reception(
            LotDeLignes source,
            Map<String, Dossier> dossiers,
            RendezVous.Tenus rdvs,
            String siMode,
            Registre registre,
            Alertes alertes,
            Suivi suivi,
            Versions versions,
            Controles controles,
            Instant now) {
        this.source = source;
        this.operateur = source.operateur();
        this.flux = source.feuille().flux();
        this.page = versions.page(source.feuille().version());
        this.versions = versions;
        this.registre = registre;
        this.alertes = alertes;
        this.suivi = suivi;
        this.now = now;
        this.dossiers = new HashMap<>(dossiers);
        this.lot = new Lot(siMode);
        this.ecriture = new Ecriture(lot, operateur, versions, now);
        this.ecarts = new Ecarts(source, lot, ecriture, now);
        this.rdvs = rdvs;
        this.carnet = new Carnet(rdvs.plan(), suivi, operateur.contrat(), lot, now);
        boolean orders = flux.code().equals(CMD_ACCES);
        this.refus = orders ? controles.refusals(operateur, source.lignes()) : Map.of();
        if (orders) {
            findOccupees();
        }
    }

    /** One question for the whole lot: which orders of this OC are in progress on the sockets that it orders on? */
    private void findOccupees() {
        Set<String> prises = source.lignes().stream()
                .map(ligne -> ligne.get(PRISE))
                .filter(prise -> !prise.isEmpty())
                .collect(Collectors.toSet());
        registre.listByReference(operateur.code(), Commandes.OBJET, PRISE, prises).stream()
                .filter(known -> !suivi.terminal(known))
                .forEach(known -> occupees.add(Cles.upper(known.references().get(PRISE))));
    }

    private static String cle(Ligne ligne) {
        return Cles.shorten(ligne.reference());
    }

    /** Judges every line, in the order of the file. */
    Lot judge() {
        for (Ligne ligne : source.lignes()) {
            List<Anomalie> anomalies = source.feuille().check(ligne);
            Dossier dossier = dossiers.get(cle(ligne));
            switch (flux.code()) {
                case CMD_ACCES -> order(ligne, dossier, anomalies);
                case "Annulation_Acces" -> cancel(ligne, dossier, anomalies);
                default -> follow(ligne, dossier, anomalies);
            }
        }
        ecarts.tell(alertes);
        return lot;
    }

    /** A Cmd_Acces: a new order, the same one again, or a reference used again (front door, "Who decides what"). */
    private void order(Ligne ligne, Dossier known, List<Anomalie> form) {
        List<Anomalie> anomalies = fault(form).isPresent()
                ? form
                : Anomalies.union(form, Accord.check(operateur.contrat().commande(), ligne));
        String empreinte = ligne.empreinte(SAUF_DATE);
        Optional<String> refusal = fault(anomalies).flatMap(Anomalie::motif);
        if (known == null) {
            open(ligne, empreinte, refusal, anomalies);
        } else if (empreinte.equals(known.empreinte()) || sameInItsVersion(ligne, known)) {
            repeat(ligne, known);
        } else {
            reuse(ligne, known, refusal, anomalies);
        }
    }

    /** The order that an OC repeats once it speaks another version, compared in the version in which it was opened. */
    private boolean sameInItsVersion(Ligne ligne, Dossier known) {
        return !known.version().equals(page.version())
                && ligne.traduire(versions.page(known.version()).feuille(CMD_ACCES))
                        .ligne()
                        .empreinte(SAUF_DATE)
                        .equals(known.empreinte());
    }

    private static Optional<Anomalie> fault(List<Anomalie> anomalies) {
        return anomalies.stream().filter(Anomalie::bloquante).findFirst();
    }

    private void open(Ligne ligne, String empreinte, Optional<String> refusal, List<Anomalie> anomalies) {
        String cle = cle(ligne);
        Dossier dossier = Dossier.open(
                Commandes.OBJET,
                Commandes.PROTOCOLE,
                page.version(),
                operateur.code(),
                cle,
                empreinte,
                Passage.NEANT,
                now);
        dossiers.put(cle, dossier);
        lot.open(dossier);
        suivi.advance(dossier, flux, Role.OC, null, ligne, lot, now).orElseThrow();
        int rang = dossier.rang();
        Optional<String> rejet = refusal.isPresent() ? Optional.empty() : rejection(ligne);
        Ligne ar = acknowledgement(ligne, refusal);
        Place place = Place.in(dossier, step(dossier, ar));
        // Of an order that the hub rejects in its place, the SI is told the rejection alone.
        received(ligne, Place.in(dossier, rang), refusal.isEmpty() && rejet.isEmpty(), anomalies);
        Message said = ecriture.said(ar, ar.issue(), place, false);
        if (rejet.isEmpty()) {
            carnet.follow(rdvs.of(ligne), said, ar, Role.OI);
        }
        rejet.ifPresent(motif -> {
            Ligne cr = rejection(ligne, motif);
            ecriture.said(cr, Issue.KO, Place.in(dossier, step(dossier, cr)), true);
        });
        if (refusal.isEmpty() && rejet.isEmpty() && !ligne.get(PRISE).isEmpty()) {
            occupees.add(Cles.upper(ligne.get(PRISE)));
        }
    }

    /**
     * Of the eliminatory checks of spec §3.3, the first that refuses: overload of the socket, the PTO case that the contract
     * does not allow, those of the OI, then the appointment (spec §4, FRDV03 to FRDV06).
     */
    private Optional<String> rejection(Ligne ligne) {
        return occupees.contains(Cles.upper(ligne.get(PRISE)))
                ? Optional.of(PTO_DEJA_AFFECTEE)
                : Accord.rejection(operateur.contrat().commande(), ligne)
                        .or(() -> Optional.ofNullable(refus.get(ligne)))
                        .or(() -> rdvs.refusal(ligne));
    }

    /** Something that the hub says itself; its rank in the dossier. */
    private int step(Dossier dossier, Ligne said) {
        suivi.advance(dossier, said.feuille().flux(), Role.OI, said.issue(), said, lot, now, operateur.contrat())
                .orElseThrow();
        return dossier.rang();
    }

    /** The same order again: the first AR again, and nothing else. */
    private void repeat(Ligne ligne, Dossier known) {
        received(ligne, new Place(known, known.aside(now), Nature.REPETE), false, List.of());
        Message first = lot.messages().stream()
                .filter(message ->
                        known.id().equals(message.dossierId()) && message.flux().equals("AR_Cmd_Acces"))
                .findFirst()
                .or(() -> registre.findFirst(known.id(), "AR_Cmd_Acces"))
                .orElseThrow(() -> new IllegalStateException("order without AR: " + known.id()));
        Ligne ar = answer("AR_Cmd_Acces", Json.read(first.champs()));
        ecriture.said(ar, first.issue(), new Place(known, known.aside(now), Nature.REPETE), false);
        lot.change(known);
    }

    /**
     * Another order under a reference already used: refused, and kept outside the first dossier, which stays the one
     * found by the reference. While the first is open it is the overload of the CR (check 2), afterwards a reference
     * that must be renewed (spec §5.7). The SI learns of our refusal in its place by that very CR.
     */
    private void reuse(Ligne ligne, Dossier known, Optional<String> refusal, List<Anomalie> anomalies) {
        Place outside = Place.outside(Nature.HORS_DOSSIER);
        received(ligne, outside, false, anomalies);
        if (refusal.isPresent() || suivi.terminal(known)) {
            Ligne ar = acknowledgement(ligne, refusal.or(() -> Optional.of(REFERENCE_DEJA_UTILISEE)));
            ecriture.said(ar, Issue.KO, outside, false);
        } else {
            ecriture.said(acknowledgement(ligne, Optional.empty()), Issue.OK, outside, false);
            ecriture.said(rejection(ligne, REFERENCE_DEJA_UTILISEE), Issue.KO, outside, true);
        }
    }

    /** The CR_Cmd_Acces KO of an order. */
    private Ligne rejection(Ligne commande, String code) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(REFERENCE, cle(commande));
        champs.put("EtatCrCommandePrise", "KO");
        champs.put("MotifKoCrCommandePrise", motif(code));
        champs.put("DateCrCommandePrise", Dates.format(now));
        champs.put("ReferencePrestationPm", commande.get("ReferencePrestationPm"));
        champs.put("ReferencePm", commande.get("ReferencePm"));
        return answer("CR_Cmd_Acces", champs);
    }

    private Ligne acknowledgement(Ligne ligne, Optional<String> refusal) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(REFERENCE, cle(ligne));
        champs.put("EtatArCommandePrise", refusal.isEmpty() ? "OK" : "KO");
        champs.put("DateArCommandePrise", Dates.format(now));
        refusal.ifPresent(code -> champs.put("MotifKoArCommandePrise", motif(code)));
        return answer("AR_Cmd_Acces", champs);
    }

    private Ligne answer(String code, Map<String, String> champs) {
        return Feuilles.of(page, code, operateur).ligne(0, champs);
    }

    private String motif(String code) {
        return Motifs.write(page, code, operateur);
    }

    /**
     * An annulation stops the order at once and is qualified by the hub: annulation before the pivot, résiliation on
     * its day or later (spec §5.9).
     */
    private void cancel(Ligne ligne, Dossier dossier, List<Anomalie> anomalies) {
        if (dossier == null) {
            Place outside = Place.outside(Nature.HORS_DOSSIER);
            received(ligne, outside, false, anomalies);
            ecriture.said(cancelAnswer(ligne, Optional.of(COMMANDE_INCONNUE), ""), Issue.KO, outside, false);
            return;
        }
        boolean alive = dossier.etat().equals(EN_SERVICE) || !suivi.terminal(dossier);
        suivi.advance(dossier, flux, Role.OC, null, ligne, lot, now).orElseThrow();
        int rang = dossier.rang();
        Optional<String> refusal = alive ? fault(anomalies).flatMap(Anomalie::motif) : Optional.of(AUTRE_MOTIF);
        boolean resil = Faits.pivotReached(dossier, source.fichier().date());
        if (refusal.isEmpty() && dossier.etat().equals(EN_SERVICE)) {
            resiliees.add(dossier);
        }
        Ligne cr = cancelAnswer(ligne, refusal, resil ? "RESIL" : "ANNUL");
        Place place = Place.in(dossier, step(dossier, cr));
        Message annulation = received(ligne, Place.in(dossier, rang), refusal.isEmpty(), anomalies);
        if (refusal.isEmpty()) {
            carnet.follow(rdvs.of(dossier), annulation, ligne, Role.OC);
        }
        ecriture.said(cr, cr.issue(), place, false);
        if (refusal.isEmpty() && operateur.contrat().crKoAvecAnnulation()) {
            rejectCancelled(dossier);
        }
        lot.change(dossier);
    }

    /** An order cancelled before its CR fails check 1; where the contract asks, its CR KO says so (spec §8.3, point 5). */
    private void rejectCancelled(Dossier dossier) {
        Message commande = registre.findFirst(dossier.id(), CMD_ACCES).orElseThrow();
        Ligne ligne = versions.page(commande.version()).feuille(CMD_ACCES).ligne(0, Json.read(commande.champs()));
        Ligne cr = rejection(ligne, AUTRE_MOTIF);
        suivi.advance(dossier, cr.feuille().flux(), Role.OI, Issue.KO, cr, lot, now, operateur.contrat())
                .ifPresent(etat -> ecriture.said(cr, Issue.KO, Place.in(dossier), false));
    }

    private Ligne cancelAnswer(Ligne ligne, Optional<String> refusal, String operation) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(REFERENCE, cle(ligne));
        champs.put("DateCrCommandeAnnulPrise", Dates.format(now));
        champs.put("EtatCrAnnResCommandePrise", refusal.isEmpty() ? "OK" : "KO");
        refusal.ifPresentOrElse(
                code -> champs.put("MotifKoCrAnnResCommandePrise", motif(code)),
                () -> champs.put("TypeOperation", operation));
        return answer("CR_Annulation_Acces", champs);
    }

    /** Any other flux: it speaks of an order that we know, and the table says whether it may be said now. */
    private void follow(Ligne ligne, Dossier dossier, List<Anomalie> anomalies) {
        Optional<Anomalie> fault = fault(anomalies);
        if (dossier == null) {
            ecarts.keep(ligne, null, "DOSSIER_INCONNU", "commande inconnue : " + cle(ligne), anomalies);
            return;
        }
        if (fault.isPresent()) {
            ecarts.keep(ligne, dossier, fault.get().regle(), fault.get().detail(), anomalies);
            return;
        }
        String before = dossier.etat();
        List<Anomalie> echos = Echos.check(dossier, ligne);
        if (suivi.advance(dossier, flux, Role.OC, ligne.issue(), ligne, lot, now)
                .isPresent()) {
            received(ligne, Place.in(dossier), true, Anomalies.union(anomalies, echos));
            echos.forEach(echo -> alertes.raise(
                    "ECHO_DIFFERENT",
                    "%s %s %s".formatted(operateur.code(), flux.code(), dossier.cle()),
                    operateur.code(),
                    "%s, commande %s, %s : %s".formatted(operateur.code(), dossier.cle(), flux.code(), echo.detail())));
            lot.change(dossier);
            if (dossier.etat().equals(EN_SERVICE) && !before.equals(EN_SERVICE)) {
                misesEnService.put(dossier, ligne);
            }
        } else {
            String said = Message.said(flux.code(), ligne.issue());
            ecarts.keep(ligne, dossier, Ecarts.HORS_SEQUENCE, "%s en %s".formatted(said, before), anomalies);
            if (operateur.contrat().messOiHorsSequence()) {
                tellOutOfSequence(dossier, said);
            }
        }
    }

    /** Where the contract asks and the table lets a message leave, the OC is told that what it said has no effect. */
    private void tellOutOfSequence(Dossier dossier, String said) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(REFERENCE, dossier.cle());
        champs.put("ReferencePrestationPrise", dossier.references().getOrDefault("ReferencePrestationPrise", ""));
        champs.put("DateMessage", Dates.format(now));
        champs.put(
                "Message",
                "Votre %s reçu le %s est sans effet : la commande est en %s."
                        .formatted(said, Dates.format(source.fichier().date()), dossier.etat()));
        Ligne message = answer("Mess_OI_Cmd_Acces", champs);
        suivi.advance(dossier, message.feuille().flux(), Role.OI, null, message, lot, now)
                .ifPresent(etat -> ecriture.said(message, null, Place.in(dossier), false));
    }

    /** The orders that have reached EN_SERVICE, with the CR_MES that says so. */
    Map<Dossier, Ligne> misesEnService() {
        return misesEnService;
    }

    /** The orders whose access was in service and is given back. */
    List<Dossier> resiliees() {
        return resiliees;
    }

    private Message received(Ligne ligne, Place place, boolean demande, List<Anomalie> anomalies) {
        return ecriture.received(ligne, source.fichier(), place, null, demande, anomalies);
    }
}
