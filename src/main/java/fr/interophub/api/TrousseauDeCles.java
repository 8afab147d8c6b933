package fr.interophub.api;

import fr.interophub.Empreinte;
import fr.interophub.api.Appelant.Droit;
import fr.interophub.operateur.Annuaire;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Tells whose a key is. Only hashes are compared, ours in constant time; a key that was never set is nobody's: an empty
 * property matches nothing.
 */
final class TrousseauDeCles {

    private final Annuaire annuaire;
    private final byte[] oi;
    private final byte[] si;

    /**
     * @param oi our own key, in clear; blank when there is none
     * @param si the legacy IT's key, in clear; blank when there is none
     */
    TrousseauDeCles(Annuaire annuaire, String oi, String si) {
        this.annuaire = annuaire;
        this.oi = hash(oi);
        this.si = hash(si);
    }

    private static byte[] hash(String key) {
        return key == null || key.isBlank() ? null : bytes(Empreinte.of(key.strip()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    Optional<Appelant> find(String key) {
        if (key == null || key.isBlank()) {
            return Optional.empty();
        }
        String hash = Empreinte.of(key);
        // Both are always compared: the time taken tells nothing.
        boolean ours = same(hash, oi);
        boolean theirs = same(hash, si);
        if (ours) {
            return Optional.of(new Appelant(Droit.OI, null));
        }
        return theirs
                ? Optional.of(new Appelant(Droit.SI, null))
                : annuaire.findByCleApi(hash).map(operateur -> new Appelant(Droit.OC, operateur.code()));
    }

    /** True if the key is one of our own, which no operator may be given. */
    boolean ours(String hash) {
        return same(hash, oi) || same(hash, si);
    }

    private static boolean same(String hash, byte[] expected) {
        return expected != null && MessageDigest.isEqual(bytes(hash), expected);
    }
}
