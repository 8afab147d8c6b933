package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampInconnu;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
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
import fr.interophub.echange.Progression;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The orders: what an OC says of them is judged here line by line, and what the OI decides of them.
 *
 * <p>Every call is one transaction: dossiers, messages, what leaves and what the SI is told are kept together or not at
 * all (decision Journal-First).
 */
public final class Commandes {

    public static final String PROTOCOLE = "acces";
    public static final String OBJET = "commande";

    private static final String CMD = "Cmd_Acces";
    private static final String AR = "AR_Cmd_Acces";
    private static final String CR = "CR_Cmd_Acces";

    /** The reference again with other content (spec §3.3, check 2). */
    private static final String REFERENCE_DEJA_UTILISEE = "FIMP13";

    /** Left out when two orders are compared: an OC that repeats an order dates it anew (front door). */
    private static final Set<String> SAUF_DATE = Set.of("DateCommandePrise");

    private final Catalogue catalogue;
    private final Registre registre;
    private final Progression progression;
    private final Alertes alertes;
    private final Transactions transactions;
    private final Clock clock;
    private final String siMode;
    private final Suivi suivi;

    /**
     * @param siMode how the SI is met when an operator's contract does not say otherwise
     */
    public Commandes(
            Catalogue catalogue,
            Registre registre,
            Progression progression,
            Alertes alertes,
            Transactions transactions,
            Clock clock,
            String siMode) {
        this.catalogue = catalogue;
        this.registre = registre;
        this.progression = progression;
        this.alertes = alertes;
        this.transactions = transactions;
        this.clock = clock;
        this.siMode = siMode;
        this.suivi = new Suivi(catalogue);
    }

    /** Judges consecutive lines of one received file; a bad line never harms its neighbours. */
    public void receive(LotDeLignes lignes) {
        transactions.run(() -> {
            progression.advance(lignes);
            Reception reception = new Reception(lignes);
            lignes.lignes().forEach(reception::judge);
            registre.write(reception.lot);
        });
    }

    /** What is being written while one lot of lines is judged. */
    private final class Reception {

        private final LotDeLignes source;
        private final Operateur operateur;
        private final Flux flux;
        private final Page page;
        private final Instant now = clock.instant();
        private final String date = Dates.format(now);
        private final Map<String, Dossier> dossiers;
        private final Lot lot;

        private Reception(LotDeLignes source) {
            this.source = source;
            this.operateur = source.operateur();
            this.flux = source.feuille().flux();
            this.page = catalogue.page(PROTOCOLE, source.feuille().version());
            Set<String> cles = new LinkedHashSet<>();
            source.lignes().forEach(ligne -> cles.add(Cles.shorten(ligne.get(flux.reference()))));
            // Held before anything is numbered, so that what follows about one dossier is numbered in order.
            this.dossiers = registre.findForUpdate(operateur.code(), OBJET, cles);
            this.lot = newLot(operateur);
        }

        private void judge(Ligne ligne) {
            List<Anomalie> anomalies = source.feuille().check(ligne);
            String cle = Cles.shorten(ligne.get(flux.reference()));
            if (flux.code().equals(CMD)) {
                order(ligne, cle, anomalies);
            } else {
                follow(ligne, dossiers.get(cle), anomalies);
            }
        }

        /** A Cmd_Acces: a new order, the same one again, or a reference used again (front door, "Who decides what"). */
        private void order(Ligne ligne, String cle, List<Anomalie> anomalies) {
            String empreinte = ligne.empreinte(SAUF_DATE);
            Dossier known = dossiers.get(cle);
            Optional<String> refusal =
                    anomalies.stream().filter(Anomalie::bloquante).findFirst().flatMap(Anomalie::motif);
            if (known == null) {
                open(ligne, cle, empreinte, refusal, anomalies);
            } else if (empreinte.equals(known.empreinte())) {
                repeat(ligne, known);
            } else {
                reuse(ligne, known, refusal, anomalies);
            }
        }

        private void open(
                Ligne ligne, String cle, String empreinte, Optional<String> refusal, List<Anomalie> anomalies) {
            Dossier dossier = Dossier.open(
                    OBJET, PROTOCOLE, page.version(), operateur.code(), cle, empreinte, Passage.NEANT, now);
            dossiers.put(cle, dossier);
            lot.open(dossier);
            suivi.advance(dossier, flux, Role.OC, null, ligne, lot, now).orElseThrow();
            Ligne ar = acknowledgement(ligne, refusal);
            Issue issue = refusal.isEmpty() ? Issue.OK : Issue.KO;
            int rang = dossier.rang();
            suivi.advance(dossier, page.flux(AR), Role.OI, issue, ar, lot, now).orElseThrow();
            received(ligne, dossier, rang, null, null, refusal.isEmpty(), anomalies);
            said(AR, issue, ar, dossier, dossier.rang(), null);
        }

        /** The same order again: the first AR again, and nothing else. */
        private void repeat(Ligne ligne, Dossier known) {
            received(ligne, known, known.aside(now), Nature.REPETE, null, false, List.of());
            Message first = findFirstAr(known);
            Ligne ar = sheet(AR).ligne(0, Json.read(first.champs()));
            said(AR, first.issue(), ar, known, known.aside(now), Nature.REPETE);
            lot.change(known);
        }

        private Message findFirstAr(Dossier known) {
            return lot.messages().stream()
                    .filter(message -> known.id().equals(message.dossierId())
                            && message.flux().equals(AR))
                    .findFirst()
                    .or(() -> registre.findFirst(known.id(), AR))
                    .orElseThrow(() -> new IllegalStateException("order without AR: " + known.id()));
        }

        /**
         * Another order under a reference already used: refused, and kept outside the first dossier, which stays the
         * one found by the reference. While the first is open it is the overload of the CR (check 2), afterwards a
         * reference that must be renewed (spec §5.7).
         */
        private void reuse(Ligne ligne, Dossier known, Optional<String> refusal, List<Anomalie> anomalies) {
            received(ligne, null, 0, Nature.HORS_DOSSIER, null, false, anomalies);
            if (refusal.isPresent() || page.terminal(OBJET, known.etat())) {
                Ligne ar = acknowledgement(ligne, refusal.or(() -> Optional.of(REFERENCE_DEJA_UTILISEE)));
                said(AR, Issue.KO, ar, null, 0, Nature.HORS_DOSSIER);
            } else {
                said(AR, Issue.OK, acknowledgement(ligne, Optional.empty()), null, 0, Nature.HORS_DOSSIER);
                Ligne cr = sheet(CR)
                        .ligne(
                                0,
                                Map.of(
                                        "ReferenceCommandePriseInterneOC",
                                        echo(ligne),
                                        "EtatCrCommandePrise",
                                        "KO",
                                        "MotifKoCrCommandePrise",
                                        motif(REFERENCE_DEJA_UTILISEE),
                                        "DateCrCommandePrise",
                                        date,
                                        "ReferencePrestationPm",
                                        ligne.get("ReferencePrestationPm"),
                                        "ReferencePm",
                                        ligne.get("ReferencePm")));
                said(CR, Issue.KO, cr, null, 0, Nature.HORS_DOSSIER);
            }
        }

        private Ligne acknowledgement(Ligne ligne, Optional<String> refusal) {
            return sheet(AR)
                    .ligne(
                            0,
                            Map.of(
                                    "ReferenceCommandePriseInterneOC",
                                    echo(ligne),
                                    "EtatArCommandePrise",
                                    refusal.isEmpty() ? "OK" : "KO",
                                    "DateArCommandePrise",
                                    date,
                                    "MotifKoArCommandePrise",
                                    refusal.map(this::motif).orElse("")));
        }

        private String echo(Ligne ligne) {
            return Cles.shorten(ligne.get(flux.reference()));
        }

        private String motif(String code) {
            return Motifs.write(page, code, operateur);
        }

        private FluxSheet sheet(String code) {
            return Feuilles.of(page, code, operateur);
        }

        /** Any other flux: it speaks of an order that we know, and the table says whether it may be said now. */
        private void follow(Ligne ligne, Dossier dossier, List<Anomalie> anomalies) {
            Optional<Anomalie> fault =
                    anomalies.stream().filter(Anomalie::bloquante).findFirst();
            Issue issue = ligne.issue();
            if (dossier == null) {
                aside(ligne, null, "DOSSIER_INCONNU", "commande inconnue : " + ligne.get(flux.reference()), anomalies);
            } else if (fault.isPresent()) {
                aside(ligne, dossier, fault.get().regle(), fault.get().detail(), anomalies);
            } else {
                String before = dossier.etat();
                if (suivi.advance(dossier, flux, Role.OC, issue, ligne, lot, now)
                        .isPresent()) {
                    received(ligne, dossier, dossier.rang(), null, null, true, anomalies);
                    lot.change(dossier);
                } else {
                    aside(
                            ligne,
                            dossier,
                            "HORS_SEQUENCE",
                            "%s en %s".formatted(Message.said(flux.code(), issue), before),
                            anomalies);
                }
            }
        }

        /** Kept, alerted, shown: the protocol has no answer for it (spec §5.2). */
        private void aside(Ligne ligne, Dossier dossier, String motif, String detail, List<Anomalie> anomalies) {
            int rang = 0;
            if (dossier != null) {
                rang = dossier.aside(now);
                lot.change(dossier);
            }
            Message message =
                    received(ligne, dossier, rang, Nature.HORS_SEQUENCE, Acheminement.EN_QUARANTAINE, false, anomalies);
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
            alertes.raise(
                    motif.equals("HORS_SEQUENCE") ? motif : "LIGNE_EN_QUARANTAINE",
                    operateur.code() + " " + flux.code(),
                    operateur.code(),
                    "%s : %s, fichier « %s » ligne %d : %s"
                            .formatted(
                                    operateur.code(),
                                    flux.code(),
                                    source.fichier().fichier(),
                                    ligne.numero(),
                                    detail));
        }

        private Message received(
                Ligne ligne,
                Dossier dossier,
                int rang,
                Nature nature,
                Acheminement acheminement,
                boolean demande,
                List<Anomalie> anomalies) {
            StringBuilder champs = new StringBuilder(1024);
            ligne.writeJson(champs);
            Message message = new Message(
                    Ids.next(),
                    dossier == null ? null : dossier.id(),
                    rang,
                    operateur.code(),
                    Sens.ENTRANT,
                    PROTOCOLE,
                    flux.code(),
                    page.version(),
                    ligne.issue(),
                    nature,
                    source.fichier().canal(),
                    source.fichier().id(),
                    lot.id(),
                    null,
                    ligne.numero(),
                    acheminement,
                    dossier == null ? null : dossier.etat(),
                    demande,
                    now,
                    champs.toString(),
                    Anomalies.write(anomalies));
            lot.add(message);
            return message;
        }

        private void said(String code, Issue issue, Ligne ligne, Dossier dossier, int rang, Nature nature) {
            // The SI learns of an order by its Cmd_Acces; of a refusal of ours in its place, by that refusal.
            boolean demande = nature == Nature.HORS_DOSSIER && code.equals(CR);
            Commandes.this.said(
                    lot, operateur, page.version(), code, issue, ligne, dossier, rang, nature, demande, now);
        }
    }

    /**
     * What the OI has decided. The table allows it and it leaves, or it is refused and nothing leaves (front door, SI).
     * Runs inside the caller's transaction, together with the note of the décision itself.
     *
     * @param champs the protocol's fields; names are read with the tolerance of a file's header. Dates left out are
     *     filled with now, references left out with what the dossier knows
     */
    public Verdict decide(Operateur operateur, String code, Map<String, String> champs) {
        Page page = catalogue.page(PROTOCOLE, operateur.versions().getOrDefault(PROTOCOLE, "1.2"));
        Flux flux =
                page.findFlux(code).filter(f -> f.emisPar().contains(Role.OI)).orElse(null);
        if (flux == null) {
            return new Verdict.Ko("FLUX_INCONNU", null, "%s n'est pas un flux que l'OI émet".formatted(code));
        }
        Instant now = clock.instant();
        FluxSheet sheet = Feuilles.of(page, code, operateur);
        Ligne ligne;
        try {
            ligne = sheet.ligne(0, champs);
        } catch (ChampInconnu e) {
            return new Verdict.Ko("CHAMP_INCONNU", e.champ(), e.getMessage());
        }
        String cle = ligne.get(flux.reference());
        if (cle.isEmpty()) {
            return new Verdict.Ko("CHAMP_VIDE", flux.reference(), "la référence de la commande manque");
        }
        Dossier dossier =
                registre.findForUpdate(operateur.code(), OBJET, Set.of(cle)).get(cle);
        if (dossier == null) {
            return new Verdict.Ko("DOSSIER_INCONNU", flux.reference(), "commande inconnue : " + cle);
        }
        ligne = complete(page, operateur, flux, ligne, dossier, now);
        List<Anomalie> anomalies = sheet.check(ligne);
        Optional<Anomalie> fault =
                anomalies.stream().filter(Anomalie::bloquante).findFirst();
        if (fault.isPresent()) {
            return new Verdict.Ko(
                    fault.get().regle(), fault.get().champ(), fault.get().detail());
        }
        Lot lot = newLot(operateur);
        Issue issue = ligne.issue();
        String before = dossier.etat();
        if (suivi.advance(dossier, flux, Role.OI, issue, ligne, lot, now).isEmpty()) {
            return new Verdict.Ko("HORS_SEQUENCE", null, "%s en %s".formatted(Message.said(code, issue), before));
        }
        lot.change(dossier);
        said(lot, operateur, page.version(), code, issue, ligne, dossier, dossier.rang(), null, false, now);
        registre.write(lot);
        return new Verdict.Ok(dossier.etat(), Anomalies.summary(anomalies));
    }

    private static Ligne complete(
            Page page, Operateur operateur, Flux flux, Ligne ligne, Dossier dossier, Instant now) {
        Ligne full = ligne;
        if (flux.date().isPresent() && full.get(flux.date().get()).isEmpty()) {
            full = full.with(flux.date().get(), Dates.format(now));
        }
        if (flux.motif().isPresent() && !full.get(flux.motif().get()).isEmpty()) {
            full = full.with(
                    flux.motif().get(),
                    Motifs.rewrite(page, full.get(flux.motif().get()), operateur));
        }
        for (Map.Entry<String, String> known : dossier.references().entrySet()) {
            boolean ours = Suivi.REPEATED.contains(known.getKey());
            if (ours
                    && full.feuille().indexOf(known.getKey()) >= 0
                    && full.get(known.getKey()).isEmpty()) {
                full = full.with(known.getKey(), known.getValue());
            }
        }
        return full;
    }

    private Lot newLot(Operateur operateur) {
        String own = operateur.contrat().siMode();
        return new Lot(own == null ? siMode : own);
    }

    private void said(
            Lot lot,
            Operateur operateur,
            String version,
            String code,
            Issue issue,
            Ligne ligne,
            Dossier dossier,
            int rang,
            Nature nature,
            boolean demande,
            Instant now) {
        Lot.Sortie sortie = lot.sortie(operateur.code(), PROTOCOLE, code, version);
        ligne.writeCsv(sortie.contenu());
        StringBuilder champs = new StringBuilder(256);
        ligne.writeJson(champs);
        lot.add(new Message(
                Ids.next(),
                dossier == null ? null : dossier.id(),
                rang,
                operateur.code(),
                Sens.SORTANT,
                PROTOCOLE,
                code,
                version,
                issue,
                nature,
                operateur.contrat().canal(),
                null,
                lot.id(),
                sortie.id(),
                sortie.next(dossier == null ? null : dossier.id()),
                null,
                dossier == null ? null : dossier.etat(),
                demande,
                now,
                champs.toString(),
                null));
    }
}
