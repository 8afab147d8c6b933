package fr.interophub.prevenance;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Progression;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Parc;
import fr.interophub.prevenance.Verdict.Envoi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The works that the OI announces, and what OCs say: their accusés, and the damages that they have seen (spec SAV §g, V8 to
 * V11). Every call is one transaction.
 */
public final class Prevenances {

    /** What the dossier of a prévenance is about: one for each OC that is told. */
    public static final String OBJET = "prevenance";

    /** What the dossier of a damage is about. */
    public static final String DOMMAGE = "dommage";

    /** What the dossiers of this room are about. */
    public static final Set<String> OBJETS = Set.of(OBJET, DOMMAGE);

    /** An announcement names no more addresses than this. */
    public static final int ADRESSES_MAX = 5_000;

    private static final int QUI_MAX = 60;
    private static final String PREVMAINT = "PREVMAINT";

    /** The kind of alert that tells an OC's silence. */
    private static final String SILENCE = "PREVENANCE_SANS_ACCUSE";

    static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("yyyyMMdd HH:mm").withZone(ZoneId.of("Europe/Paris"));

    private final Page page;
    private final Registre registre;
    private final Parc parc;
    private final Annuaire annuaire;
    private final Alertes alertes;
    private final JdbcAnnonces annonces;
    private final Progression progression;
    private final Transactions transactions;
    private final Clock clock;
    private final Reglages reglages;
    private final Suivi suivi;

    /** What is asked of the rooms beside. */
    record Voisins(Registre registre, Parc parc, Annuaire annuaire, Alertes alertes) {}

    /**
     * @param siMode how the SI is met when an operator's contract does not say otherwise
     * @param attente how long an OC may be silent before a person is told
     */
    record Reglages(String siMode, Duration attente) {}

    Prevenances(
            Catalogue catalogue,
            Voisins voisins,
            JdbcAnnonces annonces,
            Progression progression,
            Transactions transactions,
            Clock clock,
            Reglages reglages) {
        this.page = catalogue.page("sav", "1.0a");
        this.registre = voisins.registre();
        this.parc = voisins.parc();
        this.annuaire = voisins.annuaire();
        this.alertes = voisins.alertes();
        this.annonces = annonces;
        this.progression = progression;
        this.transactions = transactions;
        this.clock = clock;
        this.reglages = reglages;
        this.suivi = new Suivi(page);
    }

    /**
     * Tells every OC with an access behind the PM the addresses that it serves there, and those only.
     *
     * @param qui who announces, for the desk
     * @return refused (KO) when the announcement is not in order, concerns nobody, or has the reference of another; nothing is
     *     kept or said then
     */
    public Verdict announce(Annonce annonce, String qui) {
        return fault(annonce).orElseGet(() -> transactions.run(() -> announceOnce(annonce, qui)));
    }

    /** The announcement is held against the page's own sheet, address by address. */
    private Optional<Verdict> fault(Annonce annonce) {
        if (annonce.adresses().size() > ADRESSES_MAX) {
            return Optional.of(
                    ko(annonce, "TROP_D_ADRESSES", "adresses", "au plus %d adresses".formatted(ADRESSES_MAX)));
        }
        List<String> adresses = annonce.adresses().isEmpty() ? List.of(annonce.pm()) : annonce.adresses();
        return adresses.stream()
                .flatMap(adresse -> faults(annonce, adresse).stream())
                .findFirst()
                .map(fault -> ko(
                        annonce,
                        fault.regle(),
                        fault.champ().equals(Annonce.ADRESSE) ? "adresses" : fault.champ(),
                        fault.detail()))
                .or(() -> annonce.fin().compareTo(annonce.debut()) <= 0
                        ? Optional.of(ko(annonce, "FORMAT", Annonce.FIN, "la fin n'est pas après le début"))
                        : Optional.empty());
    }

    private List<Anomalie> faults(Annonce annonce, String adresse) {
        FluxSheet sheet = page.feuille(PREVMAINT);
        return sheet.check(sheet.ligne(0, annonce.champs(adresse)));
    }

    private static Verdict ko(Annonce annonce, String motif, String champ, String detail) {
        return Verdict.ko(annonce.reference(), motif, champ, detail);
    }

    private Verdict announceOnce(Annonce annonce, String qui) {
        annonces.hold();
        Optional<JdbcAnnonces.Connue> known = annonces.find(annonce.reference());
        if (known.isPresent()) {
            return known.get().annonce().equals(annonce)
                    ? known.get().verdict()
                    : ko(
                            annonce,
                            Verdict.REFERENCE_DEJA_UTILISEE,
                            Annonce.REFERENCE,
                            "la référence « %s » a déjà servi à une autre prévenance".formatted(annonce.reference()));
        }
        List<Acces> acces = parc.listBehind(annonce.pm());
        if (acces.isEmpty()) {
            return ko(annonce, "PM_INCONNU", Annonce.PM, "aucun accès en service derrière le PM " + annonce.pm());
        }
        ZoneArriere zone = new ZoneArriere(acces, annonce.adresses());
        if (zone.operateurs().isEmpty()) {
            return ko(
                    annonce,
                    "SANS_ACCES",
                    "adresses",
                    "aucun accès en service à ces adresses derrière le PM " + annonce.pm());
        }
        return tell(annonce, zone, qui);
    }

    private Verdict tell(Annonce annonce, ZoneArriere zone, String qui) {
        Instant now = clock.instant();
        Lot lot = new Lot(reglages.siMode());
        Ecriture ecriture = new Ecriture(page, lot, now);
        List<Envoi> envois = new ArrayList<>();
        for (String code : zone.operateurs()) {
            List<String> adresses = zone.adresses(code);
            annuaire.find(code)
                    .ifPresentOrElse(
                            oc -> envois.add(tell(annonce, oc, adresses, lot, ecriture, now)),
                            () -> alertes.raise(
                                    "PREVENANCE_NON_DITE",
                                    annonce.reference() + " " + code,
                                    code,
                                    "prévenance %s : l'opérateur %s, qui a des accès derrière le PM %s, n'a plus de fiche ; il n'en est rien dit"
                                            .formatted(annonce.reference(), code, annonce.pm())));
        }
        registre.write(lot);
        Verdict verdict = Verdict.ok(annonce.reference(), envois, zone.sansAcces(), zone.sansAdresse());
        annonces.write(annonce, verdict, Cles.cut(qui, QUI_MAX), now, now.plus(reglages.attente()));
        return verdict;
    }

    private Envoi tell(Annonce annonce, Operateur oc, List<String> adresses, Lot lot, Ecriture ecriture, Instant now) {
        Dossier dossier = suivi.open(OBJET, oc.code(), annonce.reference(), now);
        lot.open(dossier);
        lot.refer(dossier, Annonce.REFERENCE, annonce.reference());
        lot.refer(dossier, Annonce.PM, annonce.pm());
        FluxSheet sheet = Feuilles.of(page, PREVMAINT, oc);
        for (String adresse : adresses) {
            Ligne ligne = sheet.ligne(0, annonce.champs(adresse));
            suivi.advance(dossier, ligne, now).orElseThrow();
            ecriture.said(oc, ligne, dossier, null);
        }
        return new Envoi(oc.code(), adresses.size(), dossier.id());
    }

    /** Judges consecutive lines of one received file of ARPREVMAINT or PREVDOM; a bad line never harms its neighbours. */
    public void receive(LotDeLignes lignes) {
        transactions.run(() -> {
            progression.advance(lignes);
            Instant now = clock.instant();
            Operateur operateur = lignes.operateur();
            String own = operateur.contrat().siMode();
            Set<String> cles = lignes.lignes().stream()
                    .map(ligne -> Cles.shorten(ligne.reference()))
                    .collect(Collectors.toSet());
            Map<String, Dossier> dossiers = registre.findForUpdate(
                    operateur.code(), lignes.feuille().flux().objet(), cles);
            Reception reception = new Reception(
                    lignes, dossiers, own == null ? reglages.siMode() : own, page, registre, alertes, suivi, now);
            Lot lot = reception.judge();
            registre.write(lot);
            annonces.addDommages(lot.nouveaux());
            for (Dossier accusee : reception.accusees()) {
                annonces.acknowledge(accusee, now);
                alertes.close(SILENCE, sujet(accusee.cle(), accusee.operateur()));
            }
        });
    }

    private static String sujet(String reference, String operateur) {
        return reference + " " + operateur;
    }

    /**
     * Tells a person of the OCs that have not acknowledged in time. Any node may, at any time; each silence is told once.
     *
     * @return how many there were; more may be waiting
     */
    public int remind() {
        return transactions.run(() -> {
            List<JdbcAnnonces.Silence> silences = annonces.takeSilences(clock.instant());
            silences.forEach(silence -> alertes.raise(
                    SILENCE,
                    sujet(silence.reference(), silence.operateur()),
                    silence.operateur(),
                    "%s n'a pas accusé réception de la prévenance %s (PM %s, du %s au %s)"
                            .formatted(
                                    silence.operateur(),
                                    silence.reference(),
                                    silence.pm(),
                                    silence.debut(),
                                    silence.fin())));
            return silences.size();
        });
    }
}
