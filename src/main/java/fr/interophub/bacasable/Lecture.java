package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Where a dossier stands, read by the same door as everyone. */
final class Lecture {

    private final Rest rest;

    Lecture(Rest rest) {
        this.rest = rest;
    }

    /** The state of an order, or of an appointment ({@code rdv}); empty while the hub knows none. */
    Optional<String> find(String objet, String operateur, String reference) throws IOException, InterruptedException {
        JsonNode page = rest.get("/api/v1/dossiers", Map.of("reference", reference, "operateur", operateur));
        for (JsonNode dossier : page.path("dossiers")) {
            if (dossier.path("objet").asText().equals(objet)) {
                return Optional.of(dossier.path("etat").asText());
            }
        }
        return Optional.empty();
    }

    /** The motif for which a line of a file was set aside; empty while it was not. */
    Optional<String> findQuarantaine(String operateur, OcSimule.Depot depot) throws IOException, InterruptedException {
        JsonNode page = rest.get("/api/v1/quarantaine", Map.of("operateur", operateur, "max", "100"));
        for (JsonNode one : page.path("quarantaine")) {
            JsonNode line = one.path("ligne");
            boolean ours = depot.ligne() == OcSimule.Depot.ENTIER || line.asInt(depot.ligne()) == depot.ligne();
            if (one.path("fichier").asText().equals(depot.fichier()) && ours) {
                return Optional.of(one.path("motif").asText());
            }
        }
        return Optional.empty();
    }
}
