package fr.interophub;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** The hub does not start like this; the message is one sentence that says what to set. */
public final class Refus extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param raison what is wrong, in French
     * @param action what to set, in French
     */
    public Refus(String raison, String action) {
        super(raison + " " + action);
        this.action = action;
    }

    /** Prints the sentence instead of a stack. */
    static final class Analyzer extends AbstractFailureAnalyzer<Refus> {

        @Override
        protected FailureAnalysis analyze(Throwable root, Refus cause) {
            return new FailureAnalysis("Le hub ne démarre pas : " + cause.getMessage(), cause.action, cause);
        }
    }
}
