package fr.interophub.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A page as it is written, before anyone has checked it: what is written twice is there twice.
 *
 * @param nom the name of its file, without {@code .yaml}
 * @param feuilles false for a protocol whose messages are not CSV files: its flux have no sheet
 * @param sheets the sheets found, by flux
 * @param grille what a page without sheets has instead
 * @param fichiers how its files travel and are written
 * @param traduction how lines are said in another version, by flux
 * @param faults what could not even be read, in French
 */
record PageDraft(
        String nom,
        String protocole,
        String version,
        boolean feuilles,
        Fichiers fichiers,
        List<Flux> flux,
        Map<String, List<Champ>> sheets,
        Map<String, Equivalences> traduction,
        Map<String, List<Passage>> cycle,
        List<Page.Etat> etats,
        List<Page.ConditionCycle> conditions,
        List<Motif> motifs,
        List<String> references,
        List<Correspondance> correspondances,
        Optional<GrilleDraft> grille,
        List<String> faults) {

    Page page() {
        var built = new LinkedHashMap<String, FluxSheet>();
        for (var one : flux) {
            if (sheets.containsKey(one.code())) {
                built.putIfAbsent(
                        one.code(),
                        new FluxSheet(
                                one,
                                protocole,
                                version,
                                sheets.get(one.code()),
                                traduction.getOrDefault(one.code(), Equivalences.AUCUNE),
                                fichiers.souple()));
            }
        }
        return new Page(
                protocole,
                version,
                flux,
                built,
                cycle,
                etats,
                conditions,
                motifs,
                references,
                grille.map(GrilleDraft::grille),
                fichiers,
                correspondances);
    }
}
