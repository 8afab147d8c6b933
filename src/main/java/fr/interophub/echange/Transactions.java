package fr.interophub.echange;

import java.util.function.Supplier;

/** Runs a piece of work in one transaction: all of it is kept, or nothing (decision Journal-First). */
public interface Transactions {

    <T> T run(Supplier<T> work);

    default void run(Runnable work) {
        run(() -> {
            work.run();
            return null;
        });
    }
}
