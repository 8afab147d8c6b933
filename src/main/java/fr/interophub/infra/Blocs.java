package fr.interophub.infra;

import fr.interophub.infra.Reseau.Route;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The blocks of a CR_Cmd_Acces, one per fibre of the socket (spec Accès §3.3). */
final class Blocs {

    /** How many blocks the flux has. */
    private static final int MAX = 4;

    private Blocs() {}

    /** The blocks of these fibres; the ordering OC is named in the one that is its own, or else in the first. */
    static Map<String, String> of(String operateur, List<Route> routes) {
        int own = 0;
        for (int i = 0; i < routes.size(); i++) {
            if (routes.get(i).dediee().equals(operateur)) {
                own = i;
                break;
            }
        }
        Map<String, String> champs = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(routes.size(), MAX); i++) {
            int block = i + 1;
            champs.put("OC " + block, i == own ? operateur : "NA");
            routes.get(i).champs().forEach((champ, valeur) -> champs.put("%s N°%d".formatted(champ, block), valeur));
            champs.merge(
                    "ConnecteurPriseNumero N°" + block,
                    String.valueOf(block),
                    (said, rank) -> said.isEmpty() ? rank : said);
        }
        return champs;
    }

    /** Values that nobody can mistake for real ones. */
    static Map<String, String> hotline(String operateur) {
        return Map.of(
                "OC 1", operateur,
                "NomModulePm N°1", Referentiel.HOTLINE,
                "PositionModulePm N°1", Referentiel.HOTLINE,
                "ReferencePBO N°1", Referentiel.HOTLINE,
                "InformationTubePBO N°1", Referentiel.HOTLINE,
                "InformationFibrePBO N°1", Referentiel.HOTLINE,
                "ConnecteurPriseNumero N°1", "0");
    }
}
