package fr.interophub.echange;

import fr.interophub.operateur.Operateur;

/** Tries an operator's own service, without effect there: a self-test that an OC or the desk can start. */
public interface EssaiDeService {

    /** Calls it now, and waits for its answer, a bounded while. */
    Constat essayer(Operateur operateur);

    /**
     * What happened.
     *
     * @param reussi true when it answered as its contract says
     * @param adresse where it was called; null when none is agreed
     * @param constat in French
     * @param millisecondes how long the call took
     */
    record Constat(boolean reussi, String adresse, String constat, long millisecondes) {}
}
