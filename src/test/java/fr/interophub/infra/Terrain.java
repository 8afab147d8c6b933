package fr.interophub.infra;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The network that some orders presume, as files of its registers. */
public final class Terrain {

    private static final Map<Inventaire, String> ENTETES = Map.of(
            Inventaire.PM, "ReferencePm;EtatPm;TypeIngenierie;NombreLogementsPm",
            Inventaire.PRESTATION_PM, "ReferencePrestationPm;Operateur;ReferencePm;Financement",
            Inventaire.MODULE_PM, "ReferencePm;NomModulePm",
            Inventaire.PBO, "ReferencePBO;ReferencePm;LocalisationPBO",
            Inventaire.CABLE_PBO, "ReferenceCablePBO;ReferencePm",
            Inventaire.IMMEUBLE,
                    "IdentifiantImmeuble;CodeAdresseImmeuble;CodeInseeImmeuble;CodeVoieRivoliImmeuble;NumeroVoieImmeuble;"
                            + "ComplementNumeroVoieImmeuble;Batiment;Escalier;Etage;EtatImmeuble;ReferencePm;ReferencePBO;Adduction",
            Inventaire.PTO, "ReferencePrise;IdentifiantImmeuble;ReferencePBO",
            Inventaire.ROUTE_OPTIQUE,
                    "ReferencePm;NomModulePm;PositionModulePm;ReferencePBO;ReferenceCablePBO;InformationTubePBO;"
                            + "InformationFibrePBO;ReferencePrise;Utilisation;OperateurDedie");

    private final Map<Inventaire, Set<String>> lignes = new EnumMap<>(Inventaire.class);
    private final String ingenierie;
    private final int fibres;
    private int batiments;
    private int routes;

    /**
     * @param ingenierie MONO, BI or QUADRI
     * @param fibres how many free fibres each PBO has
     */
    public Terrain(String ingenierie, int fibres) {
        this.ingenierie = ingenierie;
        this.fibres = fibres;
        for (Inventaire inventaire : Inventaire.values()) {
            lignes.put(inventaire, new LinkedHashSet<>());
        }
    }

    private void line(Inventaire inventaire, Object... valeurs) {
        lignes.get(inventaire).add(Arrays.stream(valeurs).map(String::valueOf).collect(Collectors.joining(";")));
    }

    /** A building for an order, with a PBO of its own; and its socket, if it names one. Gives the PBO. */
    public String admit(Map<String, String> commande) {
        String pm = commande.get("ReferencePm");
        String pbo = "PBO-%06d".formatted(++batiments);
        String immeuble = "IMB-%06d".formatted(batiments);
        pm(commande);
        line(Inventaire.PBO, pbo, pm, "Palier");
        line(Inventaire.CABLE_PBO, "CAB-" + pm, pm);
        line(
                Inventaire.IMMEUBLE,
                immeuble,
                commande.getOrDefault("CodeAdresseImmeuble", ""),
                commande.getOrDefault("CodeInseeImmeuble", ""),
                commande.getOrDefault("CodeVoieRivoliImmeuble", ""),
                commande.getOrDefault("NumeroVoieImmeuble", ""),
                commande.getOrDefault("ComplementNumeroVoieImmeuble", ""),
                commande.getOrDefault("Batiment", ""),
                commande.getOrDefault("Escalier", ""),
                commande.getOrDefault("Etage", ""),
                "DEPLOYE",
                pm,
                pbo,
                "O");
        for (int i = 0; i < fibres; i++) {
            route(pm, pbo, "", "NON", "");
        }
        String prise = commande.getOrDefault("ReferencePrise", "");
        if (!prise.isEmpty()) {
            line(Inventaire.PTO, prise, immeuble, pbo);
            route(pm, pbo, prise, "OUI", "");
        }
        return pbo;
    }

    private void pm(Map<String, String> commande) {
        String pm = commande.get("ReferencePm");
        String prestation = commande.get("ReferencePrestationPm");
        line(Inventaire.PM, pm, "DEPLOYE", ingenierie, 1000);
        line(Inventaire.MODULE_PM, pm, "MOD-01");
        line(Inventaire.PRESTATION_PM, prestation, prestation.substring(0, 4), pm, "COFI-LOCA");
    }

    /** One more fibre. */
    public void route(String pm, String pbo, String prise, String utilisation, String dediee) {
        line(
                Inventaire.ROUTE_OPTIQUE,
                pm,
                "MOD-01",
                "Panneau 1/Connecteur %06d".formatted(++routes),
                pbo,
                "CAB-" + pm,
                "Rouge",
                "F" + routes,
                prise,
                utilisation,
                dediee);
    }

    /** The files, in the order in which they are to be loaded. */
    public Map<Inventaire, String> fichiers() {
        Map<Inventaire, String> files = new EnumMap<>(Inventaire.class);
        lignes.forEach((inventaire, rows) -> {
            if (!rows.isEmpty()) {
                files.put(inventaire, ENTETES.get(inventaire) + "\n" + String.join("\n", rows) + "\n");
            }
        });
        return files;
    }
}
