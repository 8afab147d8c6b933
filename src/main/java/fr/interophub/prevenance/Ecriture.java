package fr.interophub.prevenance;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Page;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Json;
import fr.interophub.echange.Lot;
import fr.interophub.echange.Message;
import fr.interophub.echange.Message.Nature;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Operateur;
import java.time.Instant;
import java.util.List;

/** Writes what is said, in either direction, into the lot that one transaction will keep. */
final class Ecriture {

    private final Page page;
    private final Lot lot;
    private final Instant now;

    Ecriture(Page page, Lot lot, Instant now) {
        this.page = page;
        this.lot = lot;
        this.now = now;
    }

    /**
     * A line that came in.
     *
     * @param dossier where it belongs, at its rank of now; null outside any
     * @param nature why it does not count there, if it does not; the SI is told of what counts only
     */
    Message received(
            Ligne ligne,
            Transmission fichier,
            Dossier dossier,
            Nature nature,
            Acheminement acheminement,
            boolean demande,
            List<Anomalie> anomalies) {
        return add(
                fichier.operateur(),
                ligne,
                dossier,
                nature,
                Sens.ENTRANT,
                fichier.canal(),
                fichier,
                null,
                ligne.numero(),
                acheminement,
                demande,
                anomalies);
    }

    /** A line that leaves. */
    void said(Operateur operateur, Ligne ligne, Dossier dossier, Nature nature) {
        Lot.Sortie sortie = lot.sortie(operateur, ligne.feuille());
        ligne.writeCsv(sortie.contenu());
        add(
                operateur.code(),
                ligne,
                dossier,
                nature,
                Sens.SORTANT,
                operateur.canal(page),
                null,
                sortie,
                sortie.next(dossier == null ? null : dossier.id()),
                null,
                false,
                List.of());
    }

    private Message add(
            String operateur,
            Ligne ligne,
            Dossier dossier,
            Nature nature,
            Sens sens,
            String canal,
            Transmission fichier,
            Lot.Sortie sortie,
            int numero,
            Acheminement acheminement,
            boolean demande,
            List<Anomalie> anomalies) {
        StringBuilder champs = new StringBuilder();
        ligne.writeJson(champs);
        Message message = new Message(
                Ids.next(),
                dossier == null ? null : dossier.id(),
                dossier == null ? 0 : dossier.rang(),
                operateur,
                sens,
                ligne.feuille().protocole(),
                ligne.feuille().flux().code(),
                ligne.feuille().version(),
                ligne.issue(),
                nature,
                canal,
                fichier == null ? null : fichier.id(),
                lot.id(),
                sortie == null ? null : sortie.id(),
                numero,
                acheminement,
                dossier == null ? null : dossier.etat(),
                demande,
                now,
                champs.toString(),
                Json.write(anomalies));
        lot.add(message);
        return message;
    }
}
