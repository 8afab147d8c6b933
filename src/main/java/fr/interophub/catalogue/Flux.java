package fr.interophub.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of message of a protocol: one tab of the Accès workbook.
 *
 * @param code the tab's name, letter for letter ({@code Cmd_Acces}, {@code CR_MAD_LigneFTTH})
 * @param emisPar who may say it
 * @param objet what it speaks of: {@code commande} or {@code rdv}; the name of the state table it walks
 * @param reference the field that finds the dossier it speaks of
 * @param attend the flux that answers it, if any
 * @param etat the field that holds OK or KO, if the flux carries a verdict
 * @param motif the field that holds the KO motif, if any
 * @param jeton the flux part of a file name (spec Accès 1.2 §1.1), e.g. {@code ARCMD}
 * @param date the field that holds the date of the message, filled with now when the sender leaves it out
 * @param pratique false for a flux that the protocol describes and nobody practises (Gel, Degel)
 * @param horsCycle why no passage uses it, for a flux without effect
 * @param ouEtats further fields of which a single OK is enough ({@code ValidDate2}, {@code ValidDate3} of ReponseRdv, spec
 *     §3.16); ask {@link Ligne#issue()} rather than reading {@code etat} oneself
 * @param toutesVersions true for a flux that is said in this version of the protocol whatever version an OC speaks else (spec
 *     SAV §g: works and damages stay in 1.0a)
 */
public record Flux(
        String code,
        Set<Role> emisPar,
        String objet,
        String reference,
        Optional<String> attend,
        Optional<String> etat,
        Optional<String> motif,
        String jeton,
        Optional<String> date,
        boolean pratique,
        Optional<String> horsCycle,
        List<String> ouEtats,
        boolean toutesVersions) {

    public Flux {
        ouEtats = List.copyOf(ouEtats);
    }

    /** A flux whose verdict is in one field at most. */
    public Flux(
            String code,
            Set<Role> emisPar,
            String objet,
            String reference,
            Optional<String> attend,
            Optional<String> etat,
            Optional<String> motif,
            String jeton,
            Optional<String> date,
            boolean pratique,
            Optional<String> horsCycle) {
        this(code, emisPar, objet, reference, attend, etat, motif, jeton, date, pratique, horsCycle, List.of(), false);
    }
}
