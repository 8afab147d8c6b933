package fr.interophub.prevenance;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Works on a PM as the OI announces them, in the protocol's own fields (spec SAV §g, V8); every value is a text.
 *
 * @param reference the OI's, once and for all
 * @param debut and {@code fin}: {@code AAAAMMJJ hh:mm}, local time
 * @param adresses the addresses that are concerned; none: everything behind the PM
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Annonce(
        @JsonProperty("ReferencePrevenance") String reference,
        @JsonProperty("ReferencePM") String pm,
        @JsonProperty("DateHeureDebut") String debut,
        @JsonProperty("DateHeureFin") String fin,
        @JsonProperty("Commentaire") String commentaire,
        List<String> adresses) {

    static final String REFERENCE = "ReferencePrevenance";
    static final String PM = "ReferencePM";
    static final String FIN = "DateHeureFin";
    static final String ADRESSE = "Adresse";

    public Annonce {
        reference = text(reference);
        pm = text(pm);
        debut = text(debut);
        fin = text(fin);
        commentaire = text(commentaire);
        adresses = adresses == null
                ? List.of()
                : adresses.stream()
                        .map(adresse -> text(adresse).replaceAll("\\s+", " "))
                        .filter(adresse -> !adresse.isEmpty())
                        .distinct()
                        .toList();
    }

    private static String text(String value) {
        return Objects.requireNonNullElse(value, "").strip();
    }

    /** The fields of the line that tells one address. */
    Map<String, String> champs(String adresse) {
        Map<String, String> champs = new LinkedHashMap<>();
        champs.put(REFERENCE, reference);
        champs.put(PM, pm);
        champs.put("DateHeureDebut", debut);
        champs.put(FIN, fin);
        champs.put(ADRESSE, adresse);
        champs.put("Commentaire", commentaire);
        return champs;
    }
}
