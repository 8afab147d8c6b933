package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Quarantaine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of a lot that are set aside one by one: kept, alerted, shown; the protocol has no answer for them (spec §5.2). */
final class Ecarts {

    static final String HORS_SEQUENCE = "HORS_SEQUENCE";

    private final LotDeLignes source;
    private final Lot lot;
    private final Ecriture ecriture;
    private final Instant now;

    /** By kind of alert: the desk is told once per lot. */
    private final Map<String, List<String>> told = new LinkedHashMap<>();

    Ecarts(LotDeLignes source, Lot lot, Ecriture ecriture, Instant now) {
        this.source = source;
        this.lot = lot;
        this.ecriture = ecriture;
        this.now = now;
    }

    /**
     * Sets a line aside.
     *
     * @param dossier what it speaks of; null when that is not known
     */
    void keep(Ligne ligne, Dossier dossier, String motif, String detail, List<Anomalie> anomalies) {
        Place place = Place.outside(Nature.HORS_SEQUENCE);
        if (dossier != null) {
            place = new Place(dossier, dossier.aside(now), Nature.HORS_SEQUENCE);
            lot.change(dossier);
        }
        Message message =
                ecriture.received(ligne, source.fichier(), place, Acheminement.EN_QUARANTAINE, false, anomalies);
        lot.add(new Quarantaine(
                Ids.next(),
                source.operateur().code(),
                source.fichier().canal(),
                source.fichier().fichier(),
                motif,
                detail,
                (long) ligne.numero(),
                source.fichier().id(),
                message.id(),
                now));
        told.computeIfAbsent(motif.equals(HORS_SEQUENCE) ? motif : "LIGNE_EN_QUARANTAINE", any -> new ArrayList<>())
                .add("ligne %d : %s".formatted(ligne.numero(), detail));
    }

    /** Raises the alerts of the lot. */
    void tell(Alertes alertes) {
        String oc = source.operateur().code();
        String flux = source.feuille().flux().code();
        told.forEach((genre, texts) -> alertes.raise(
                genre,
                oc + " " + flux,
                oc,
                "%s : %s, fichier « %s », %d ligne(s) en quarantaine, à commencer par la %s"
                        .formatted(oc, flux, source.fichier().fichier(), texts.size(), texts.get(0))));
    }
}
