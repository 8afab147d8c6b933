package fr.interophub.echange;

import java.util.function.Supplier;

/**
 * Runs a piece of work in one transaction: all of it is kept, or nothing (decision Journal-First). Inside another piece it is
 * part of that one's transaction; if it fails and the other goes on, it is undone alone.
 */
public interface Transactions {

    <T> T run(Supplier<T> work);

    default void run(Runnable work) {
        run(() -> {
            work.run();
            return null;
        });
    }
}
