package fr.interophub.echange;

/** Numbers that are given once, in the caller's transaction. */
public interface Compteurs {

    /**
     * The next number of a counter. The counter is held until the end of the transaction, so it is asked for last.
     *
     * @param nom one of those that the migrations make, e.g. {@code decharge}
     */
    default long next(String nom) {
        return next(nom, 1);
    }

    /**
     * The first of several numbers that follow each other; the counter is held in the same way.
     *
     * @param combien how many, at least one
     */
    long next(String nom, int combien);
}
