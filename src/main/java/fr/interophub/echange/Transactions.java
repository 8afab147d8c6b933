package fr.interophub.echange;

import java.util.concurrent.atomic.AtomicReference;
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

    /** Runs a piece of work for its answer alone: whatever it has written is undone. */
    default <T> T rehearse(Supplier<T> work) {
        AtomicReference<T> answer = new AtomicReference<>();
        try {
            run((Runnable) () -> {
                answer.set(work.get());
                throw new Rehearsed();
            });
        } catch (Rehearsed undone) {
            // As it should be.
        }
        return answer.get();
    }

    /** Undoes what was only rehearsed. */
    final class Rehearsed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private Rehearsed() {
            super(null, null, false, false);
        }
    }
}
