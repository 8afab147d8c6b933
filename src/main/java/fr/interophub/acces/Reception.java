package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges what an OC says in one lot of lines, and writes the hub's own answers: AR, CR KO of overload, CR of annulation. */
final class Reception {

    private static final String REFERENCE = "ReferenceCommandePriseInterneOC";

    /** The reference again with other content (spec §3.3, check 2). */
    private static final String REFERENCE_DEJA_UTILISEE = "FIMP13";

    /** A flux that quotes an order we do not know (spec §4). */
    private static final String COMMANDE_INCONNUE = "FIMP14";

    /** No motif of the codification says that an order is closed already (spec §3.14). */
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
    private final Instant now;
    private final Map<String, Dossier> dossiers;
    private final Lot lot;
    private final Ecriture ecriture;

    /** What was set aside, by kind of alert: the desk is told once per lot. */
    private final Map<String, List<String>> asides = new LinkedHashMap<>();

    Reception(
            LotDeLignes source,
            Page page,
            String siMode,
            Registre registre,
            Alertes alertes,
            Suivi suivi,
            Instant now) {
        this.source = source;
        this.operateur = source.operateur();
        this.flux = source.feuille().flux();
        this.page = page;
        this.registre = registre;
        this.alertes = alertes;
        this.suivi = suivi;
        this.now = now;
        Set<String> cles = new LinkedHashSet<>();
        source.lignes().forEach(ligne -> cles.add(cle(ligne)));
        // Held before anything is numbered, so that what leaves about one dossier is numbered in order.
        this.dossiers = registre.findForUpdate(operateur.code(), Commandes.OBJET, cles);
        this.lot = new Lot(siMode);
        this.ecriture = new Ecriture(lot, operateur, page.version(), now);
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
                case "Cmd_Acces" -> order(ligne, dossier, anomalies);
                case "Annulation_Acces" -> cancel(ligne, dossier, anomalies);
                default -> follow(ligne, dossier, anomalies);
            }
        }
        asides.forEach((genre, texts) -> alertes.raise(
                genre,
                operateur.code() + " " + flux.code(),
                operateur.code(),
                "%s : %s, fichier « %s », %d ligne(s) en quarantaine, à commencer par la %s"
                        .formatted(
                                operateur.code(),
                                flux.code(),
                                source.fichier().fichier(),
                                texts.size(),
                                texts.get(0))));
        return lot;
    }

    /** A Cmd_Acces: a new order, the same one again, or a reference used again (front door, "Who decides what"). */
    private void order(Ligne ligne, Dossier known, List<Anomalie> anomalies) {
        String empreinte = ligne.empreinte(SAUF_DATE);
        Optional<String> refusal = fault(anomalies).flatMap(Anomalie::motif);
        if (known == null) {
            open(ligne, empreinte, refusal, anomalies);
        } else if (empreinte.equals(known.empreinte())) {
            repeat(ligne, known);
        } else {
            reuse(ligne, known, refusal, anomalies);
        }
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
        Ligne ar = acknowledgement(ligne, refusal);
        suivi.advance(dossier, page.flux("AR_Cmd_Acces"), Role.OI, ar.issue(), ar, lot, now)
                .orElseThrow();
        received(ligne, Place.in(dossier, rang), refusal.isEmpty(), anomalies);
        ecriture.said(ar, ar.issue(), Place.in(dossier), false);
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
        if (refusal.isPresent() || page.terminal(Commandes.OBJET, known.etat())) {
            Ligne ar = acknowledgement(ligne, refusal.or(() -> Optional.of(REFERENCE_DEJA_UTILISEE)));
            ecriture.said(ar, Issue.KO, outside, false);
        } else {
            ecriture.said(acknowledgement(ligne, Optional.empty()), Issue.OK, outside, false);
            Map<String, String> champs = new LinkedHashMap<>();
            champs.put(REFERENCE, cle(ligne));
            champs.put("EtatCrCommandePrise", "KO");
            champs.put("MotifKoCrCommandePrise", motif(REFERENCE_DEJA_UTILISEE));
            champs.put("DateCrCommandePrise", Dates.format(now));
            champs.put("ReferencePrestationPm", ligne.get("ReferencePrestationPm"));
            champs.put("ReferencePm", ligne.get("ReferencePm"));
            ecriture.said(answer("CR_Cmd_Acces", champs), Issue.KO, outside, true);
        }
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
        boolean alive = dossier.etat().equals("EN_SERVICE") || !page.terminal(Commandes.OBJET, dossier.etat());
        suivi.advance(dossier, flux, Role.OC, null, ligne, lot, now).orElseThrow();
        int rang = dossier.rang();
        Optional<String> refusal = alive ? fault(anomalies).flatMap(Anomalie::motif) : Optional.of(AUTRE_MOTIF);
        Ligne cr = cancelAnswer(ligne, refusal, Faits.pivotReached(dossier) ? "RESIL" : "ANNUL");
        suivi.advance(dossier, page.flux("CR_Annulation_Acces"), Role.OI, cr.issue(), cr, lot, now)
                .orElseThrow();
        received(ligne, Place.in(dossier, rang), refusal.isEmpty(), anomalies);
        ecriture.said(cr, cr.issue(), Place.in(dossier), false);
        lot.change(dossier);
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
            aside(ligne, null, "DOSSIER_INCONNU", "commande inconnue : " + cle(ligne), anomalies);
            return;
        }
        if (fault.isPresent()) {
            aside(ligne, dossier, fault.get().regle(), fault.get().detail(), anomalies);
            return;
        }
        String before = dossier.etat();
        if (suivi.advance(dossier, flux, Role.OC, ligne.issue(), ligne, lot, now)
                .isPresent()) {
            received(ligne, Place.in(dossier), true, anomalies);
            lot.change(dossier);
        } else {
            String said = Message.said(flux.code(), ligne.issue());
            aside(ligne, dossier, "HORS_SEQUENCE", "%s en %s".formatted(said, before), anomalies);
        }
    }

    /** Kept, alerted, shown: the protocol has no answer for it (spec §5.2). */
    private void aside(Ligne ligne, Dossier dossier, String motif, String detail, List<Anomalie> anomalies) {
        Place place = Place.outside(Nature.HORS_SEQUENCE);
        if (dossier != null) {
            place = new Place(dossier, dossier.aside(now), Nature.HORS_SEQUENCE);
            lot.change(dossier);
        }
        Message message =
                ecriture.received(ligne, source.fichier(), place, Acheminement.EN_QUARANTAINE, false, anomalies);
        lot.add(new Quarantaine(
                Ids.next(),
                operateur.code(),
                source.fichier().canal(),
                source.fichier().fichier(),
                motif,
                detail,
                (long) ligne.numero(),
                source.fichier().id(),
                message.id(),
                now));
        asides.computeIfAbsent(motif.equals("HORS_SEQUENCE") ? motif : "LIGNE_EN_QUARANTAINE", any -> new ArrayList<>())
                .add("ligne %d : %s".formatted(ligne.numero(), detail));
    }

    private void received(Ligne ligne, Place place, boolean demande, List<Anomalie> anomalies) {
        ecriture.received(ligne, source.fichier(), place, null, demande, anomalies);
    }
}
