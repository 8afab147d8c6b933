package fr.interophub.bacasable;

import java.util.Objects;

/** What a case expected did not hold; the message says where, what was expected and what was found, in French. */
public final class Ecart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private Ecart(String message) {
        super(message);
    }

    /** @throws Ecart unless it holds */
    static void unless(boolean holds, String where, Object attendu, Object trouve) {
        if (!holds) {
            throw new Ecart("%s : attendu %s, trouvé %s".formatted(where, attendu, trouve));
        }
    }

    /** @throws Ecart unless both are equal */
    static void unlessEqual(String where, Object attendu, Object trouve) {
        unless(Objects.equals(attendu, trouve), where, attendu, trouve);
    }
}
