package fr.interophub.acces;

import fr.interophub.acces.Ecrasements.Tenue;
import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampInconnu;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.catalogue.Traduite;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Compteurs;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Progression;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import fr.interophub.parc.Parc;
import fr.interophub.rdv.PlanDeCharge;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * The orders and their appointments: what an OC says of them is judged line by line, and what the OI decides of them leaves
 * if the state table allows it. Every call is one transaction: dossiers, messages, what leaves and what the SI is told are kept together or
 * not at all (decision Journal-First).
 */
public final class Commandes {

    public static final String PROTOCOLE = "acces";
    public static final String OBJET = "commande";

    private static final String DECHARGE = "NumeroDecharge";

    /** What is asked of the rooms beside. */
    public record Voisins(
            Registre registre, Parc parc, PlanDeCharge plan, Annuaire annuaire, Compteurs compteurs, Alertes alertes) {}

    private final Versions versions;
    private final Registre registre;
    private final Compteurs compteurs;
    private final Progression progression;
    private final Alertes alertes;
    private final Transactions transactions;
    private final Clock clock;
    private final Reglages reglages;
    private final Controles controles;
    private final Suivi suivi;
    private final Ecrasements ecrasements;
    private final RendezVous rendezVous;

    /**
     * @param oi our own code, which the references that we issue carry
     * @param siMode how the SI is met when an operator's contract does not say otherwise
     * @param siVersion the version that the SI speaks
     */
    public record Reglages(String oi, String siMode, String siVersion) {}

    /**
     * @param controles who answers the checks 3 to 6 of the CR, each at most once
     */
    public Commandes(
            Catalogue catalogue,
            Voisins voisins,
            List<Controle> controles,
            Progression progression,
            Transactions transactions,
            Clock clock,
            Reglages reglages) {
        this.versions = new Versions(catalogue, reglages.siVersion());
        this.registre = voisins.registre();
        this.compteurs = voisins.compteurs();
        this.alertes = voisins.alertes();
        this.controles = new Controles(controles);
        this.progression = progression;
        this.transactions = transactions;
        this.clock = clock;
        this.reglages = reglages;
        this.suivi = new Suivi(catalogue);
        this.ecrasements =
                new Ecrasements(voisins.parc(), registre, voisins.annuaire(), versions, suivi, alertes, this::mode);
        this.rendezVous = new RendezVous(versions, voisins, suivi, reglages.oi(), this::mode);
    }

    /** Judges consecutive lines of one received file; a bad line never harms its neighbours. */
    public void receive(LotDeLignes lignes) {
        boolean done;
        do {
            done = transactions.run(() -> take(lignes));
        } while (!done);
    }

    /** False, and nothing is done, when an order has moved to another socket while ours were being held. */
    private boolean take(LotDeLignes lignes) {
        if (lignes.feuille().flux().objet().equals(RendezVous.OBJET)) {
            progression.advance(lignes);
            Page page = versions.page(lignes.feuille().version());
            registre.write(rendezVous.judge(lignes, page, clock.instant()));
            return true;
        }
        // Held before anything is numbered, so that what leaves about one dossier is numbered in order.
        if (!lignes.feuille().flux().code().equals("CR_MES_LigneFTTH")) {
            Set<String> cles = lignes.lignes().stream()
                    .map(ligne -> Cles.shorten(ligne.reference()))
                    .collect(Collectors.toSet());
            judge(lignes, registre.findForUpdate(lignes.operateur().code(), OBJET, cles), null);
            return true;
        }
        Optional<Tenue> tenue = ecrasements.hold(lignes.operateur(), lignes.lignes());
        tenue.ifPresent(held -> judge(lignes, held.commandes(), held));
        return tenue.isPresent();
    }

    private void judge(LotDeLignes lignes, Map<String, Dossier> dossiers, Tenue tenue) {
        progression.advance(lignes);
        Instant now = clock.instant();
        Operateur operateur = lignes.operateur();
        Reception reception = new Reception(
                lignes,
                dossiers,
                rendezVous.hold(lignes, dossiers),
                mode(operateur),
                registre,
                alertes,
                suivi,
                versions,
                controles,
                now);
        registre.write(reception.judge());
        if (!reception.misesEnService().isEmpty()) {
            ecrasements.enter(operateur, tenue, reception.misesEnService(), now);
        }
        if (!reception.resiliees().isEmpty()) {
            ecrasements.leave(operateur, reception.resiliees());
        }
    }

    /**
     * Lets the deadlines of appointments pass that are over: slots without order are freed, frozen appointments lapse (spec
     * §5.11). Any node may, at any time; each is done once.
     *
     * @return how many there were; more may be waiting
     */
    public int lapse() {
        Instant now = clock.instant();
        List<UUID> due = rendezVous.due(now);
        if (!due.isEmpty()) {
            transactions.run(() -> rendezVous.lapse(due, now));
        }
        return due.size();
    }

    private String mode(Operateur operateur) {
        String own = operateur.contrat().siMode();
        return own == null ? reglages.siMode() : own;
    }

    /**
     * What the OI decides.
     *
     * @param flux its code
     * @param champs the protocol's fields in the version that the SI speaks; names are read with the tolerance of a file's
     *     header. Dates left out are filled with now, references left out with what the dossier knows
     */
    public record Dite(String flux, Map<String, String> champs) {}

    /**
     * What the OI has decided. The table allows it and it leaves, or it is refused and nothing leaves (front door, SI).
     * Runs inside the caller's transaction, together with the note of the décision itself.
     */
    public Verdict decide(Operateur operateur, String code, Map<String, String> champs) {
        Lue lue = read(operateur, new Dite(code, champs));
        return lue.refus() == null && lue.flux().objet().equals(RendezVous.OBJET)
                ? rendezVous.decide(operateur, versions.of(operateur), lue.given(), clock.instant())
                : judge(operateur, List.of(lue)).get(0);
    }

    /**
     * The same for several décisions about orders of one OC, one after the other, each for itself; their orders are found, and
     * what leaves is written, at once.
     *
     * @return the verdict of each, in the same order
     */
    public List<Verdict> decide(Operateur operateur, List<Dite> dites) {
        return judge(
                operateur, dites.stream().map(dite -> read(operateur, dite)).toList());
    }

    /** A décision as it is read, or why it cannot be. */
    private record Lue(Flux flux, Traduite given, Verdict refus) {

        private static Lue refused(String motif, String champ, String detail) {
            return new Lue(null, null, new Verdict.Ko(motif, champ, detail));
        }

        private String cle() {
            return Cles.shorten(given.ligne().reference());
        }
    }

    private Lue read(Operateur operateur, Dite dite) {
        String code = dite.flux();
        Page page = versions.of(operateur);
        Flux flux = page.findFlux(code)
                .filter(known -> known.emisPar().contains(Role.OI))
                .orElse(null);
        if (flux == null) {
            return Lue.refused("FLUX_INCONNU", null, "%s n'est pas un flux que l'OI émet".formatted(code));
        }
        if (code.equals("Notif_Ecrasement")) {
            return Lue.refused(
                    "FLUX_INTERDIT",
                    null,
                    "Notif_Ecrasement est émise par le hub seul, quand un CR_MES_LigneFTTH arrive");
        }
        if (!flux.pratique() && !operateur.contrat().gelDegel()) {
            return Lue.refused(
                    "FLUX_NON_PRATIQUE", null, "%s n'est pas pratiqué avec %s".formatted(code, operateur.code()));
        }
        FluxSheet sheet = Feuilles.of(page, code, operateur);
        FluxSheet spoken = versions.si()
                .findFeuille(code)
                .filter(feuille -> !feuille.version().equals(sheet.version()))
                .orElse(sheet);
        Traduite given;
        try {
            given = spoken.ligne(0, dite.champs()).traduire(sheet);
        } catch (ChampInconnu e) {
            return Lue.refused(
                    "CHAMP_INCONNU", e.champ(), "%s en version %s".formatted(e.getMessage(), spoken.version()));
        }
        return flux.objet().equals(OBJET)
                        && Cles.shorten(given.ligne().reference()).isEmpty()
                ? Lue.refused("CHAMP_VIDE", flux.reference(), flux.reference() + " manque")
                : new Lue(flux, given, null);
    }

    private List<Verdict> judge(Operateur operateur, List<Lue> lues) {
        Page page = versions.of(operateur);
        Instant now = clock.instant();
        Set<String> cles =
                lues.stream().filter(lue -> lue.refus() == null).map(Lue::cle).collect(Collectors.toSet());
        Map<String, Dossier> dossiers =
                cles.isEmpty() ? Map.of() : registre.findForUpdate(operateur.code(), OBJET, cles);
        Lot lot = new Lot(mode(operateur));
        List<Verdict> verdicts = lues.stream()
                .map(lue -> lue.refus() == null
                        ? decide(operateur, page, lue, dossiers.get(lue.cle()), lot, now)
                        : lue.refus())
                .toList();
        if (!lot.messages().isEmpty()) {
            registre.write(lot);
        }
        return verdicts;
    }

    private Verdict decide(Operateur operateur, Page page, Lue lue, Dossier dossier, Lot lot, Instant now) {
        Flux flux = lue.flux();
        if (dossier == null) {
            return new Verdict.Ko("DOSSIER_INCONNU", flux.reference(), "commande inconnue : " + lue.cle());
        }
        Traduite given = lue.given();
        Ligne ligne = complete(page, operateur, flux, given.ligne(), dossier, now);
        List<Anomalie> anomalies = ligne.feuille().check(ligne);
        Optional<Verdict> fault = Verdict.Ko.of(anomalies);
        if (fault.isPresent()) {
            return fault.get();
        }
        String before = dossier.etat();
        if (suivi.advance(dossier, flux, Role.OI, ligne.issue(), ligne, lot, now)
                .isEmpty()) {
            String said = Message.said(flux.code(), ligne.issue());
            return new Verdict.Ko("HORS_SEQUENCE", null, "%s en %s".formatted(said, before));
        }
        lot.change(dossier);
        Message said = new Ecriture(lot, operateur, versions, now)
                .said(ligne, ligne.issue(), Place.in(dossier), false, given.pertes());
        rendezVous.follow(operateur, page, dossier, ligne, said, lot, now);
        return new Verdict.Ok(dossier.etat(), detail(given.ligne(), ligne, Anomalies.union(anomalies, given.pertes())));
    }

    /** What was noticed, and the décharge number that the SI left to us. */
    private static String detail(Ligne given, Ligne said, List<Anomalie> anomalies) {
        String noticed = Anomalies.summary(anomalies);
        if (said.feuille().indexOf(DECHARGE) < 0 || said.get(DECHARGE).equals(given.get(DECHARGE))) {
            return noticed;
        }
        String issued = "%s attribué : %s".formatted(DECHARGE, said.get(DECHARGE));
        return noticed == null ? issued : issued + " ; " + noticed;
    }

    /**
     * What the SI may leave out: the date, the references that the dossier knows, and the décharge number of a hot
     * reprovisioning. A motif takes the contract's form.
     */
    private Ligne complete(Page page, Operateur operateur, Flux flux, Ligne given, Dossier dossier, Instant now) {
        Ligne full = dateAndMotif(page, operateur, flux, given, now);
        for (String champ : Suivi.REPEATED) {
            String known = dossier.references().get(champ);
            if (known != null
                    && full.feuille().indexOf(champ) >= 0
                    && full.get(champ).isEmpty()) {
                full = full.with(champ, known);
            }
        }
        if (dechargeDue(full, dossier)) {
            full = full.with(DECHARGE, "%s-DCH-%06d".formatted(reglages.oi(), compteurs.next("decharge")));
        }
        return full;
    }

    /** The flux's own date where it is left out, and the motif in the form of the contract. */
    static Ligne dateAndMotif(Page page, Operateur operateur, Flux flux, Ligne given, Instant now) {
        Ligne full = given;
        if (flux.date().isPresent() && full.get(flux.date().get()).isEmpty()) {
            full = full.with(flux.date().get(), Dates.format(now));
        }
        if (flux.motif().isPresent() && !full.get(flux.motif().get()).isEmpty()) {
            full = full.with(
                    flux.motif().get(),
                    Motifs.rewrite(page, full.get(flux.motif().get()), operateur));
        }
        return full;
    }

    /** In mode OI our own technician calls: no décharge number is given to the OC (spec §5.4, TO3). */
    private static boolean dechargeDue(Ligne ligne, Dossier dossier) {
        return ligne.feuille().flux().code().equals("Notif_Reprov")
                && ligne.get("TypeReprov").equals("CHAUD")
                && ligne.get(DECHARGE).isEmpty()
                && !"OI".equals(dossier.faits().get(Faits.MODELE));
    }
}
