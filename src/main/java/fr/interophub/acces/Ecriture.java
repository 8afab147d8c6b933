package fr.interophub.acces;

import fr.interophub.catalogue.Anomalie;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Ligne;
import fr.interophub.catalogue.Passage;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes what is said, in either direction, into the lot that one transaction will keep. */
final class Ecriture {

    /** The channel of what leaves by no door. */
    private static final String HUB = "HUB";

    private final Lot lot;
    private final Operateur operateur;
    private final Versions versions;
    private final Instant now;

    Ecriture(Lot lot, Operateur operateur, Versions versions, Instant now) {
        this.lot = lot;
        this.operateur = operateur;
        this.versions = versions;
        this.now = now;
    }

    /** Where a message stands: its dossier, its rank there, and why it does not count, if it does not. */
    record Place(Dossier dossier, int rang, Nature nature) {

        static Place in(Dossier dossier) {
            return new Place(dossier, dossier.rang(), null);
        }

        static Place in(Dossier dossier, int rang) {
            return new Place(dossier, rang, null);
        }

        static Place outside(Nature nature) {
            return new Place(null, 0, nature);
        }
    }

    /**
     * A line that came in.
     *
     * @param demande true if the SI must be told
     */
    Message received(
            Ligne ligne,
            Transmission fichier,
            Place place,
            Acheminement acheminement,
            boolean demande,
            List<Anomalie> anomalies) {
        return add(
                ligne,
                place,
                Sens.ENTRANT,
                ligne.issue(),
                fichier.canal(),
                fichier,
                null,
                ligne.numero(),
                acheminement,
                demande,
                anomalies);
    }

    /**
     * A line that leaves.
     *
     * @param issue what it says; null when its flux carries no verdict
     */
    Message said(Ligne ligne, Issue issue, Place place, boolean demande) {
        return said(ligne, issue, place, demande, List.of());
    }

    /** The same, with what was lost before the line could leave. */
    Message said(Ligne ligne, Issue issue, Place place, boolean demande, List<Anomalie> pertes) {
        Lot.Sortie sortie = lot.sortie(operateur, ligne.feuille());
        ligne.writeCsv(sortie.contenu());
        int rank = sortie.next(place.dossier() == null ? null : place.dossier().id());
        return add(
                ligne,
                place,
                Sens.SORTANT,
                issue,
                operateur.contrat().canal(),
                null,
                sortie,
                rank,
                null,
                demande,
                pertes);
    }

    /** What nobody says: a delay is over (spec §5.11). */
    void lapsed(Dossier dossier) {
        Map<String, String> champs = new LinkedHashMap<>(dossier.references());
        champs.keySet().retainAll(Set.of(RendezVous.DEMANDE, RendezVous.ID));
        lot.add(new Message(
                Ids.next(),
                dossier.id(),
                dossier.rang(),
                operateur.code(),
                Sens.SORTANT,
                dossier.protocole(),
                Passage.DELAI,
                dossier.version(),
                null,
                null,
                HUB,
                null,
                lot.id(),
                null,
                0,
                Acheminement.ACQUITTE,
                dossier.etat(),
                false,
                now,
                Json.write(champs),
                null));
    }

    private Message add(
            Ligne ligne,
            Place place,
            Sens sens,
            Issue issue,
            String canal,
            Transmission fichier,
            Lot.Sortie sortie,
            int numero,
            Acheminement acheminement,
            boolean demande,
            List<Anomalie> anomalies) {
        StringBuilder champs = new StringBuilder(512);
        ligne.writeJson(champs);
        Message message = new Message(
                Ids.next(),
                place.dossier() == null ? null : place.dossier().id(),
                place.rang(),
                operateur.code(),
                sens,
                Commandes.PROTOCOLE,
                ligne.feuille().flux().code(),
                ligne.feuille().version(),
                issue,
                place.nature(),
                canal,
                fichier == null ? null : fichier.id(),
                lot.id(),
                sortie == null ? null : sortie.id(),
                numero,
                acheminement,
                place.dossier() == null ? null : place.dossier().etat(),
                demande,
                now,
                champs.toString(),
                Anomalies.write(demande ? Anomalies.union(anomalies, versions.pertes(ligne)) : anomalies));
        lot.add(message);
        return message;
    }
}
