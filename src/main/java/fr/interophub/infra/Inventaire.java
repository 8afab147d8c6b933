package fr.interophub.infra;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The registers, in the order in which they are loaded: one speaks only of those before it. Each has a sheet of the page
 * {@code infra-1}, and a table with a column per field.
 */
public enum Inventaire {
    PM("PM", List.of("ReferencePm")),
    PRESTATION_PM("PrestationPm", List.of("ReferencePrestationPm"), lien("ReferencePm", "PM")),
    MODULE_PM("ModulePm", List.of("ReferencePm", "NomModulePm"), lien("ReferencePm", "PM")),
    PBO("PBO", List.of("ReferencePBO"), lien("ReferencePm", "PM")),
    CABLE_PBO("CablePBO", List.of("ReferenceCablePBO"), lien("ReferencePm", "PM")),
    IMMEUBLE(
            "Immeuble",
            List.of("IdentifiantImmeuble", "Batiment", "Escalier", "Etage"),
            lien("ReferencePm", "PM"),
            lien("ReferencePBO", "PBO")),
    PTO("PTO", List.of("ReferencePrise"), lien("IdentifiantImmeuble", "Immeuble"), lien("ReferencePBO", "PBO")),
    ROUTE_OPTIQUE(
            "RouteOptique",
            List.of("ReferencePm", "NomModulePm", "PositionModulePm"),
            lien("ReferencePm", "PM"),
            new Lien(List.of("ReferencePm", "NomModulePm"), "ModulePm"),
            lien("ReferencePBO", "PBO"),
            lien("ReferenceCablePBO", "CablePBO"),
            lien("ReferencePrise", "PTO"));

    /** The page of their sheets. */
    static final String PROTOCOLE = "infra";

    static final String VERSION = "1";

    /** What rows are found by, whatever the case: kept in capitals. */
    private static final Set<String> EN_CAPITALES = Set.of(
            "ReferencePm",
            "ReferencePBO",
            "ReferenceCablePBO",
            "ReferencePrise",
            "ReferencePrestationPm",
            "IdentifiantImmeuble",
            "CodeAdresseImmeuble",
            "CodeInseeImmeuble",
            "CodeVoieRivoliImmeuble",
            "ComplementNumeroVoieImmeuble",
            "Batiment",
            "Escalier",
            "Etage",
            "Operateur",
            "OperateurDedie");

    /**
     * Fields that, filled, must be found in another register.
     *
     * @param champs the last is the one to blame
     * @param vers the code of the other
     */
    record Lien(List<String> champs, String vers) {

        String table() {
            return Inventaire.table(vers);
        }

        /** Does a row of the other, {@code t}, match one of ours, {@code c}? */
        String match() {
            return same(champs);
        }

        String blamed() {
            return champs.get(champs.size() - 1);
        }
    }

    private final String code;
    private final List<String> cle;
    private final List<Lien> liens;

    Inventaire(String code, List<String> cle, Lien... liens) {
        this.code = code;
        this.cle = cle;
        this.liens = List.of(liens);
    }

    private static Lien lien(String champ, String vers) {
        return new Lien(List.of(champ), vers);
    }

    /** The register of a code, whatever its case. */
    public static Optional<Inventaire> find(String code) {
        return Arrays.stream(values())
                .filter(one -> one.code.equalsIgnoreCase(code))
                .findFirst();
    }

    /** The code of its sheet, as the page infra-1 has it. */
    public String code() {
        return code;
    }

    List<String> cle() {
        return cle;
    }

    List<Lien> liens() {
        return liens;
    }

    String table() {
        return table(code);
    }

    private static String table(String code) {
        return "infra_" + column(code);
    }

    /** The column of a field: {@code reference_pm} for {@code ReferencePm}. */
    static String column(String champ) {
        return champ.replaceAll("([a-z])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    static boolean enCapitales(String champ) {
        return EN_CAPITALES.contains(champ);
    }

    /** Are rows {@code t} and {@code c} of the same key? */
    String sameKey() {
        return same(cle);
    }

    private static String same(List<String> champs) {
        return String.join(
                " and ",
                champs.stream()
                        .map(Inventaire::column)
                        .map(column -> "t." + column + " = c." + column)
                        .toList());
    }

    /** May what an order holds stand in this register? It then stays as the order made it, whatever a file says. */
    boolean tenu() {
        return this == PTO || this == ROUTE_OPTIQUE;
    }

    /** Columns that no file gives, each with what makes it of a row {@code c}. */
    Stream<String[]> derived() {
        return this == IMMEUBLE
                ? Stream.<String[]>of(new String[] {
                    "voie",
                    "c.code_insee_immeuble || '/' || c.code_voie_rivoli_immeuble || '/' || c.numero_voie_immeuble || '/' ||"
                            + " c.complement_numero_voie_immeuble"
                })
                : Stream.empty();
    }

    /** The columns of the key. */
    List<String> columns() {
        return new ArrayList<>(cle.stream().map(Inventaire::column).toList());
    }
}
