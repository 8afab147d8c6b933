package fr.interophub.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import de.siegmar.fastcsv.writer.CsvWriter;
import fr.interophub.acces.Commandes;
import fr.interophub.acces.Parcours;
import fr.interophub.catalogue.Role;
import fr.interophub.cycle.Chemin.Attendu;
import fr.interophub.echange.Dossier;
import fr.interophub.echange.Registre;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.io.IOException;
import java.io.Writer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Routes that orders hold and that grow old: their OC owes its CR_STOC or its CR_MES, and it never came. Their list is what a
 * campaign asks each OC to close (spec infra N-07; Accès §6.14).
 */
public final class RoutesEnAttente {

    /** What an OC owes before its line is in service. */
    private static final Set<String> ATTENDUS = Set.of("CR_STOC", "CR_MES_LigneFTTH");

    private static final int TRANCHE = 500;
    private static final int MAX_JOURS = 3650;

    private final JdbcTemplate jdbc;
    private final Registre registre;
    private final Annuaire annuaire;
    private final Parcours parcours;
    private final Clock clock;

    RoutesEnAttente(JdbcTemplate jdbc, Registre registre, Annuaire annuaire, Parcours parcours, Clock clock) {
        this.jdbc = jdbc;
        this.registre = registre;
        this.annuaire = annuaire;
        this.parcours = parcours;
        this.clock = clock;
    }

    /**
     * One order that holds a route.
     *
     * @param attend what its OC owes
     * @param depuis the last move of the order
     */
    public record Route(
            UUID dossier,
            String operateur,
            @JsonProperty("ReferenceCommandePriseInterneOC") String commande,
            String etat,
            String attend,
            OffsetDateTime depuis,
            @JsonProperty("ReferencePrestationPrise") String prestation,
            @JsonProperty("ReferencePrise") String prise,
            @JsonProperty("ReferencePm") String pm,
            @JsonProperty("ReferencePBO") String pbo) {}

    /** How many an OC has, of each flux it owes. */
    public record Compte(String operateur, Map<String, Integer> attendus, OffsetDateTime laPlusAncienne) {

        public int total() {
            return attendus.values().stream().mapToInt(Integer::intValue).sum();
        }
    }

    /**
     * A page, the oldest order first.
     *
     * @param operateur null for every OC
     * @param jours for how many days nothing has moved, at least
     * @param apres the last order of the page before, or null
     */
    Tranche<Route> list(String operateur, int jours, UUID apres, int max) {
        return Tranche.of(waiting(operateur, jours, apres).limit(max + 1).toList(), max, Route::dossier);
    }

    /** What each OC has, by its code. */
    public List<Compte> count(int jours) {
        Map<String, Map<String, Integer>> counts = new TreeMap<>();
        Map<String, OffsetDateTime> oldest = new HashMap<>();
        waiting(null, jours, null).forEach(route -> {
            counts.computeIfAbsent(route.operateur(), any -> new TreeMap<>()).merge(route.attend(), 1, Integer::sum);
            oldest.merge(route.operateur(), route.depuis(), (a, b) -> a.isBefore(b) ? a : b);
        });
        return counts.entrySet().stream()
                .map(one -> new Compte(one.getKey(), one.getValue(), oldest.get(one.getKey())))
                .toList();
    }

    /** The list of a campaign as a spreadsheet reads it: what an OC wrote is never a formula there. */
    public void write(String operateur, int jours, Writer out) throws IOException {
        CsvWriter csv = CsvWriter.builder().fieldSeparator(';').build(out);
        csv.writeRecord(
                "Operateur",
                "ReferenceCommandePriseInterneOC",
                "Etat",
                "Attendu",
                "Depuis",
                "ReferencePrestationPrise",
                "ReferencePrise",
                "ReferencePm",
                "ReferencePBO");
        waiting(operateur, jours, null)
                .forEach(route -> csv.writeRecord(
                        route.operateur(),
                        harmless(route.commande()),
                        route.etat(),
                        route.attend(),
                        route.depuis().toString(),
                        harmless(route.prestation()),
                        harmless(route.prise()),
                        harmless(route.pm()),
                        harmless(route.pbo())));
        csv.flush();
    }

    /** A spreadsheet takes what begins so for a formula (decision Hostile-Input). */
    private static String harmless(String value) {
        return !value.isEmpty() && "=+-@\t\r".indexOf(value.charAt(0)) >= 0 ? "'" + value : value;
    }

    /** Days as a caller wrote them; 30 where it wrote none. */
    public static int jours(String text) {
        String said = Parametres.texte(text);
        if (said == null) {
            return 30;
        }
        if (!said.matches("[0-9]{1,4}") || Integer.parseInt(said) > MAX_JOURS) {
            throw Probleme.parameter("jours");
        }
        return Integer.parseInt(said);
    }

    /** Read slice by slice, as far as the stream is. */
    private Stream<Route> waiting(String operateur, int jours, UUID apres) {
        Instant before = clock.instant().minus(Duration.ofDays(jours));
        return Stream.iterate(
                        rows(operateur, apres),
                        rows -> !rows.isEmpty(),
                        rows -> rows.size() < TRANCHE
                                ? List.of()
                                : rows(operateur, rows.get(rows.size() - 1).dossier()))
                .flatMap(rows -> waiting(rows, before).stream());
    }

    private record Row(
            UUID dossier, String operateur, String commande, String prestation, String prise, String pm, String pbo) {}

    private List<Row> rows(String operateur, UUID apres) {
        return jdbc.query(
                "select * from infra_attribution where etat = 'RESERVEE' and dossier_id > ? and (cast(? as varchar) is null or operateur = ?)"
                        + " order by dossier_id fetch first " + TRANCHE + " rows only",
                (row, i) -> new Row(
                        row.getObject("dossier_id", UUID.class),
                        row.getString("operateur"),
                        row.getString("commande"),
                        row.getString("prestation"),
                        row.getString("reference_prise"),
                        row.getString("reference_pm"),
                        row.getString("reference_pbo")),
                apres == null ? new UUID(0, 0) : apres,
                operateur,
                operateur);
    }

    /** Those of which the table says that their OC owes something. */
    private List<Route> waiting(List<Row> rows, Instant before) {
        Map<UUID, Dossier> dossiers = new HashMap<>();
        rows.stream()
                .collect(Collectors.groupingBy(Row::operateur, Collectors.mapping(Row::commande, Collectors.toList())))
                .forEach((operateur, cles) -> registre.find(operateur, Commandes.OBJET, cles)
                        .values()
                        .forEach(dossier -> dossiers.put(dossier.id(), dossier)));
        List<Route> found = new ArrayList<>();
        for (Row row : rows) {
            Dossier dossier = dossiers.get(row.dossier());
            if (dossier != null && dossier.modifieLe().isBefore(before)) {
                owed(dossier)
                        .ifPresent(flux -> found.add(new Route(
                                row.dossier(),
                                row.operateur(),
                                row.commande(),
                                dossier.etat(),
                                flux,
                                Lignes.paris(dossier.modifieLe()),
                                row.prestation(),
                                row.prise(),
                                row.pm(),
                                row.pbo())));
            }
        }
        return found;
    }

    private Optional<String> owed(Dossier dossier) {
        Contrat contrat =
                annuaire.find(dossier.operateur()).map(Operateur::contrat).orElse(Contrat.DEFAUT);
        return parcours.expect(dossier, contrat).stream()
                .filter(one -> one.du() && one.emetteur() == Role.OC && ATTENDUS.contains(one.flux()))
                .map(Attendu::flux)
                .findFirst();
    }
}
