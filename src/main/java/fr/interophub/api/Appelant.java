package fr.interophub.api;

import java.security.Principal;

/**
 * Who calls the REST interface: known by the key, never by what is asked (decision An-OC-Sees-Itself).
 *
 * @param droit what it may do
 * @param operateur its code, for an OC; null for the OI and for the SI
 */
public record Appelant(Droit droit, String operateur) implements Principal {

    /** What a key opens. */
    public enum Droit {
        /** Everything. */
        OI,
        /** Demandes and décisions, nothing else. */
        SI,
        /** To read its own data. */
        OC
    }

    /** The operator that this caller's view is confined to; null when it sees everything. */
    public String confine() {
        return droit == Droit.OC ? operateur : null;
    }

    /** The name under which its acts are noted. */
    @Override
    public String getName() {
        return operateur == null ? droit.name() + " (API)" : operateur;
    }
}
