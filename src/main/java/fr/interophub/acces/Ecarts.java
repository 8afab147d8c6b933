package fr.interophub.acces;

import fr.interophub.acces.Ecriture.Place;
import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Ligne;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Alertes;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Lot;
import fr.interophub.echange.LotDeLignes;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.MisesDeCote;
import fr.interophub.echange.Quarantaine;
import java.time.Instant;
import java.util.List;

/** Sets lines aside beside the dossier that they speak of (spec §5.2). */
final class Ecarts {

    static final String HORS_SEQUENCE = "HORS_SEQUENCE";

    private final LotDeLignes source;
    private final Lot lot;
    private final Ecriture ecriture;
    private final Instant now;
    private final MisesDeCote misesDeCote;

    Ecarts(LotDeLignes source, Lot lot, Ecriture ecriture, Instant now) {
        this.source = source;
        this.lot = lot;
        this.ecriture = ecriture;
        this.now = now;
        this.misesDeCote = new MisesDeCote(source, lot);
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
        misesDeCote.keep(ligne, message, motif.equals(HORS_SEQUENCE) ? motif : Quarantaine.LIGNE, motif, detail);
    }

    /** Raises the alerts of the lot. */
    void tell(Alertes alertes) {
        misesDeCote.tell(alertes);
    }
}
