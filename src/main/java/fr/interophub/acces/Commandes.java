package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.ChampInconnu;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Role;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Progression;
import fr.interophub.echange.Registre;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Feuilles;
import fr.interophub.operateur.Operateur;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The orders: what an OC says of them is judged line by line, and what the OI decides of them leaves if the state table
 * allows it. Every call is one transaction: dossiers, messages, what leaves and what the SI is told are kept together or
 * not at all (decision Journal-First).
 */
public final class Commandes {

    public static final String PROTOCOLE = "acces";
    public static final String OBJET = "commande";

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
            Page page = catalogue.page(PROTOCOLE, lignes.feuille().version());
            Reception reception =
                    new Reception(lignes, page, mode(lignes.operateur()), registre, alertes, suivi, clock.instant());
            registre.write(reception.judge());
        });
    }

    private String mode(Operateur operateur) {
        String own = operateur.contrat().siMode();
        return own == null ? siMode : own;
    }

    /**
     * What the OI has decided. The table allows it and it leaves, or it is refused and nothing leaves (front door, SI).
     * Runs inside the caller's transaction, together with the note of the décision itself.
     *
     * @param code the flux
     * @param champs the protocol's fields; names are read with the tolerance of a file's header. Dates left out are
     *     filled with now, references left out with what the dossier knows
     */
    public Verdict decide(Operateur operateur, String code, Map<String, String> champs) {
        Page page = catalogue.page(PROTOCOLE, operateur.versions().getOrDefault(PROTOCOLE, "1.2"));
        Flux flux = page.findFlux(code)
                .filter(known ->
                        known.emisPar().contains(Role.OI) && known.objet().equals(OBJET))
                .orElse(null);
        if (flux == null) {
            return new Verdict.Ko("FLUX_INCONNU", null, "%s n'est pas un flux que l'OI émet".formatted(code));
        }
        FluxSheet sheet = Feuilles.of(page, code, operateur);
        Ligne given;
        try {
            given = sheet.ligne(0, champs);
        } catch (ChampInconnu e) {
            return new Verdict.Ko("CHAMP_INCONNU", e.champ(), e.getMessage());
        }
        String cle = Cles.shorten(given.reference());
        if (cle.isEmpty()) {
            return new Verdict.Ko("CHAMP_VIDE", flux.reference(), flux.reference() + " manque");
        }
        Dossier dossier =
                registre.findForUpdate(operateur.code(), OBJET, Set.of(cle)).get(cle);
        if (dossier == null) {
            return new Verdict.Ko("DOSSIER_INCONNU", flux.reference(), "commande inconnue : " + cle);
        }
        return decide(operateur, page, flux, given, dossier);
    }

    private Verdict decide(Operateur operateur, Page page, Flux flux, Ligne given, Dossier dossier) {
        Instant now = clock.instant();
        Ligne ligne = complete(page, operateur, flux, given, dossier, now);
        List<Anomalie> anomalies = ligne.feuille().check(ligne);
        Optional<Anomalie> fault =
                anomalies.stream().filter(Anomalie::bloquante).findFirst();
        if (fault.isPresent()) {
            return new Verdict.Ko(
                    fault.get().regle(), fault.get().champ(), fault.get().detail());
        }
        Lot lot = new Lot(mode(operateur));
        String before = dossier.etat();
        if (suivi.advance(dossier, flux, Role.OI, ligne.issue(), ligne, lot, now)
                .isEmpty()) {
            String said = Message.said(flux.code(), ligne.issue());
            return new Verdict.Ko("HORS_SEQUENCE", null, "%s en %s".formatted(said, before));
        }
        lot.change(dossier);
        new Ecriture(lot, operateur, page.version(), now).said(ligne, ligne.issue(), Place.in(dossier), false);
        registre.write(lot);
        return new Verdict.Ok(dossier.etat(), Anomalies.summary(anomalies));
    }

    /** What the SI may leave out: the date, and the references that the dossier knows. A motif takes the contract's form. */
    private static Ligne complete(
            Page page, Operateur operateur, Flux flux, Ligne given, Dossier dossier, Instant now) {
        Ligne full = given;
        if (flux.date().isPresent() && full.get(flux.date().get()).isEmpty()) {
            full = full.with(flux.date().get(), Dates.format(now));
        }
        if (flux.motif().isPresent() && !full.get(flux.motif().get()).isEmpty()) {
            full = full.with(
                    flux.motif().get(),
                    Motifs.rewrite(page, full.get(flux.motif().get()), operateur));
        }
        for (String champ : Suivi.REPEATED) {
            String known = dossier.references().get(champ);
            if (known != null
                    && full.feuille().indexOf(champ) >= 0
                    && full.get(champ).isEmpty()) {
                full = full.with(champ, known);
            }
        }
        return full;
    }
}
