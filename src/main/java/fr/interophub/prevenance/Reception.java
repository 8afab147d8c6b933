package fr.interophub.prevenance;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.MisesDeCote;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Feuilles;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Judges what an OC says in one lot of lines: an accusé (V9), or a damage, which the hub answers itself (V10, V11). */
final class Reception {

    private static final String ARPREVDOM = "ARPREVDOM";
    private static final int MOTIF_MAX = 255;

    /** What a dossier of a damage keeps of what was said last, by which a repetition is recognised. */
    private static final String EMPREINTE = "empreinte";

    private final LotDeLignes source;
    private final Registre registre;
    private final Alertes alertes;
    private final Suivi suivi;
    private final Instant now;
    private final Lot lot;
    private final Ecriture ecriture;
    private final MisesDeCote misesDeCote;
    private final FluxSheet accuse;

    /** By key whatever its case: a reference may have been typed again. */
    private final Map<String, Dossier> dossiers = new HashMap<>();

    private final List<Dossier> accusees = new ArrayList<>();

    /** @param dossiers those that the lines speak of, held until the end of the transaction */
    Reception(
            LotDeLignes source,
            Map<String, Dossier> dossiers,
            String siMode,
            Page page,
            Registre registre,
            Alertes alertes,
            Suivi suivi,
            Instant now) {
        this.source = source;
        this.registre = registre;
        this.alertes = alertes;
        this.suivi = suivi;
        this.now = now;
        this.lot = new Lot(siMode);
        this.ecriture = new Ecriture(page, lot, now);
        this.misesDeCote = new MisesDeCote(source, lot);
        this.accuse = Feuilles.of(page, ARPREVDOM, source.operateur());
        dossiers.values().forEach(dossier -> this.dossiers.put(Cles.upper(dossier.cle()), dossier));
    }

    Lot judge() {
        boolean damages = source.feuille().flux().objet().equals(Prevenances.DOMMAGE);
        for (Ligne ligne : source.lignes()) {
            Dossier dossier = dossiers.get(Cles.upper(ligne.reference()));
            List<Anomalie> anomalies = source.feuille().check(ligne);
            if (damages) {
                damage(ligne, dossier, anomalies);
            } else {
                acknowledge(ligne, dossier, anomalies);
            }
        }
        misesDeCote.tell(alertes);
        return lot;
    }

    /** The prévenances that this lot acknowledges for the first time. */
    List<Dossier> accusees() {
        return accusees;
    }

    /** That it was read is what counts: a date that is missing or wrong is told, and takes nothing from it. */
    private void acknowledge(Ligne ligne, Dossier dossier, List<Anomalie> anomalies) {
        if (dossier == null) {
            keepAside(ligne, anomalies);
            return;
        }
        boolean first = suivi.advance(dossier, ligne, now).isPresent();
        if (first) {
            accusees.add(dossier);
        } else {
            dossier.aside(now);
        }
        lot.change(dossier);
        ecriture.received(ligne, source.fichier(), dossier, first ? null : Nature.REPETE, null, first, anomalies);
    }

    /** An accusé of nothing that this OC was told: the protocol has no answer for it. */
    private void keepAside(Ligne ligne, List<Anomalie> anomalies) {
        Message message = ecriture.received(
                ligne, source.fichier(), null, Nature.HORS_SEQUENCE, Acheminement.EN_QUARANTAINE, false, anomalies);
        String detail = "prévenance inconnue : " + Cles.shorten(ligne.reference());
        misesDeCote.keep(ligne, message, Quarantaine.LIGNE, "DOSSIER_INCONNU", detail);
    }

    /**
     * A damage: a new one, one that was refused and is said again, the same again (the same answer), or a reference that another
     * damage has (refused, and kept outside the dossier of the first).
     */
    private void damage(Ligne ligne, Dossier known, List<Anomalie> anomalies) {
        String empreinte = ligne.empreinte(Set.of());
        Optional<String> refus =
                anomalies.stream().filter(Anomalie::bloquante).findFirst().map(Anomalie::detail);
        if (ligne.reference().isEmpty()) {
            outside(ligne, refus.orElse("la référence manque"), anomalies);
        } else if (known != null && empreinte.equals(known.faits().get(EMPREINTE))) {
            repeat(ligne, known);
        } else {
            Dossier dossier = known == null ? open(ligne) : known;
            if (suivi.advance(dossier, ligne, now).isEmpty()) {
                outside(
                        ligne,
                        "%s : « %s » a déjà servi à un autre signalement"
                                .formatted(ligne.feuille().flux().reference(), dossier.cle()),
                        anomalies);
                return;
            }
            dossier.faits().put(EMPREINTE, empreinte);
            if (!ligne.get(Annonce.PM).isEmpty()) {
                lot.refer(dossier, Annonce.PM, Cles.shorten(ligne.get(Annonce.PM)));
            }
            lot.change(dossier);
            ecriture.received(ligne, source.fichier(), dossier, null, null, refus.isEmpty(), anomalies);
            Ligne ar = accuse(ligne, refus);
            suivi.advance(dossier, ar, now).orElseThrow();
            ecriture.said(source.operateur(), ar, dossier, null);
        }
    }

    private Dossier open(Ligne ligne) {
        String cle = Cles.shorten(ligne.reference());
        Dossier dossier = suivi.open(Prevenances.DOMMAGE, source.operateur().code(), cle, now);
        dossiers.put(Cles.upper(cle), dossier);
        lot.open(dossier);
        lot.refer(dossier, ligne.feuille().flux().reference(), cle);
        return dossier;
    }

    private void outside(Ligne ligne, String refus, List<Anomalie> anomalies) {
        ecriture.received(ligne, source.fichier(), null, Nature.HORS_DOSSIER, null, false, anomalies);
        ecriture.said(source.operateur(), accuse(ligne, Optional.of(refus)), null, Nature.HORS_DOSSIER);
    }

    private void repeat(Ligne ligne, Dossier known) {
        known.aside(now);
        ecriture.received(ligne, source.fichier(), known, Nature.REPETE, null, false, List.of());
        Message last = Optional.ofNullable(lastSaid(lot.messages(), known))
                .or(() -> Optional.ofNullable(lastSaid(registre.list(known.id(), Set.of(ARPREVDOM)), known)))
                .orElseThrow(() -> new IllegalStateException("damage without AR: " + known.id()));
        known.aside(now);
        ecriture.said(source.operateur(), accuse.ligne(0, Json.read(last.champs())), known, Nature.REPETE);
        lot.change(known);
    }

    private static Message lastSaid(List<Message> messages, Dossier dossier) {
        return messages.stream()
                .filter(message -> dossier.id().equals(message.dossierId())
                        && message.flux().equals(ARPREVDOM))
                .reduce((before, last) -> last)
                .orElse(null);
    }

    private Ligne accuse(Ligne ligne, Optional<String> refus) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(ligne.feuille().flux().reference(), Cles.shorten(ligne.reference()));
        champs.put("DateReception", Prevenances.DATE.format(now));
        champs.put("EtatAR", (refus.isEmpty() ? Issue.OK : Issue.KO).name());
        refus.ifPresent(motif -> champs.put("MotifKO", Cles.cut(motif, MOTIF_MAX)));
        return accuse.ligne(0, champs);
    }
}
