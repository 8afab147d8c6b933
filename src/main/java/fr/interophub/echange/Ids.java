package fr.interophub.echange;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Identifiers that sort by time of creation (UUID version 7), so that the newest is the greatest on every node. */
public final class Ids {

    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    private static long last;

    private Ids() {}

    /** Greater than every one drawn before by this process, whatever the threads and though the clock may step back. */
    public static synchronized UUID next() {
        last = Math.max(last, System.currentTimeMillis());
        return GENERATOR.construct(last);
    }
}
