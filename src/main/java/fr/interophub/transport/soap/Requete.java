package fr.interophub.transport.soap;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a SOAP body asks, as text.
 *
 * @param operation the name of the operation, without {@code Request}
 * @param champs field name of spec §(b) to value; absent, nil and empty are the same: not in the map. For a read, its
 *     criteria
 * @param attrNames what a read wants to know; empty: everything
 * @param espace the namespace of the SAV block, as written; null when there is no block
 * @param ignores the elements that mean nothing to us
 */
record Requete(
        String operation, Map<String, String> champs, List<String> attrNames, String espace, Set<String> ignores) {

    /** A read that names its criteria as the text of SAV 2.1 wants, not by the key alone (spec §0.2, X17). */
    boolean critereEtendu() {
        return champs.keySet().stream().anyMatch(champ -> !champ.equals("troubleTicketKey"));
    }
}
