package fr.interophub.api;

import java.util.List;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The JSON Schemas (2020-12) of what the hub and the SI say to each other, as {@code docs/schemas} has them. */
@RestController
@RequestMapping("/api/v1/si/schemas")
class SchemasApi {

    static final List<String> NOMS = List.of("demande", "decision", "verdict");

    private static final String TYPE = "application/schema+json";

    /** @param adresse where the schema itself is */
    record Schema(String nom, String adresse) {}

    @GetMapping
    Map<String, List<Schema>> list() {
        return Map.of(
                "schemas",
                NOMS.stream()
                        .map(nom -> new Schema(nom, "/api/v1/si/schemas/" + nom))
                        .toList());
    }

    @GetMapping(path = "/{nom}", produces = TYPE)
    Resource get(@PathVariable String nom) {
        if (!NOMS.contains(nom)) {
            throw Probleme.notFound();
        }
        return new ClassPathResource("schemas/" + nom + ".schema.json");
    }
}
