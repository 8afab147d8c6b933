package fr.interophub.echange;

/** Numbers that are given once, in the caller's transaction. */
public interface Compteurs {

    /**
     * The next number of a counter. The counter is held until the end of the transaction, so it is asked for last.
     *
     * @param nom one of those that the migrations make, e.g. {@code decharge}
     */
    long next(String nom);

    /**
     * The first of several numbers that follow each other.
     *
     * @param combien how many, at least one
     */
    default long next(String nom, int combien) {
        long first = next(nom);
        for (int i = 1; i < combien; i++) {
            next(nom);
        }
        return first;
    }
}
