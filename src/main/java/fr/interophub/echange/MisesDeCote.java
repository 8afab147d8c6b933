package fr.interophub.echange;

import fr.interophub.catalogue.Ligne;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The lines of a lot that are set aside one by one: kept, alerted, shown; the protocol has no answer for them (spec §5.2). */
public final class MisesDeCote {

    private final LotDeLignes source;
    private final Lot lot;

    /** By kind of alert: the desk is told once per lot. */
    private final Map<String, List<String>> told = new LinkedHashMap<>();

    public MisesDeCote(LotDeLignes source, Lot lot) {
        this.source = source;
        this.lot = lot;
    }

    /**
     * Sets a line aside.
     *
     * @param message the line, as the lot keeps it
     * @param genre the kind of alert that tells the desk
     */
    public void keep(Ligne ligne, Message message, String genre, String motif, String detail) {
        lot.add(Quarantaine.of(source, ligne, message, motif, detail));
        told.computeIfAbsent(genre, any -> new ArrayList<>()).add("ligne %d : %s".formatted(ligne.numero(), detail));
    }

    /** Raises the alerts of the lot. */
    public void tell(Alertes alertes) {
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
