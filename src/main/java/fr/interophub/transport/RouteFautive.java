package fr.interophub.transport;

import org.apache.camel.FailedToCreateRouteException;
import org.apache.camel.FailedToStartRouteException;
import org.apache.camel.RuntimeCamelException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** A route that cannot start stops the hub with a sentence: which route, which stroke, why. */
final class RouteFautive implements FailureAnalyzer {

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof FailedToCreateRouteException
                    || cause instanceof FailedToStartRouteException
                    || cause.getClass().getName().startsWith("org.apache.camel.dsl.yaml")
                    || cause instanceof RuntimeCamelException && cause.getCause() == null) {
                return new FailureAnalysis(
                        "Une route ne peut démarrer : " + cause.getMessage() + reason(cause),
                        "Corriger la route dans src/main/resources/routes ; les noms de « ref » sont ceux des beans du hub.",
                        failure);
            }
        }
        return null;
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root == cause ? "" : " — " + root.getMessage();
    }
}
