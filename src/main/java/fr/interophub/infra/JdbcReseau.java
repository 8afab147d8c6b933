package fr.interophub.infra;

import fr.interophub.echange.Bulk;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/** {@link Reseau} in the database. */
final class JdbcReseau implements Reseau {

    private static final Map<String, Integer> FIBRES = Map.of("MONO", 1, "BI", 2, "QUADRI", 4);

    /** The fields of a route that a CR_Cmd_Acces repeats, by their column. */
    private static final List<String> DITS = List.of(
            "NomModulePm",
            "PositionModulePm",
            "ReferenceCableModulePm",
            "InformationTubeModulePm",
            "InformationFibreModulePm",
            "ReferencePBO",
            "LocalisationPBO",
            "ReferenceCablePBO",
            "InformationTubePBO",
            "InformationFibrePBO",
            "ConnecteurPriseNumero",
            "ConnecteurPriseCouleur");

    private static final List<String> ATTRIBUTION = List.of(
            "operateur",
            "commande",
            "dossier_id",
            "modele",
            "reference_prise",
            "route_prise",
            "prestation",
            "reference_pm",
            "reference_pbo",
            "retenu",
            "construite",
            "etat",
            "reservee_le");

    private static final String LOCALISEE = "left join infra_pbo b on b.reference_pbo = x.reference_pbo";

    private final JdbcTemplate jdbc;
    private final Bulk bulk;

    JdbcReseau(JdbcTemplate jdbc, Bulk bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    private <T> List<T> list(String select, Collection<String> values, RowMapper<T> mapper) {
        Object[] distinct =
                values.stream().filter(value -> !value.isEmpty()).distinct().toArray();
        return distinct.length == 0
                ? List.of()
                : jdbc.query(
                        select,
                        statement ->
                                statement.setArray(1, statement.getConnection().createArrayOf("varchar", distinct)),
                        mapper);
    }

    private <T> Map<String, T> byReference(
            String table,
            String column,
            Collection<String> values,
            RowMapper<T> mapper,
            Function<T, String> reference) {
        return list("select t.* " + bulk.among(table, column) + " true", values, mapper).stream()
                .collect(Collectors.toMap(reference, one -> one));
    }

    @Override
    public Map<String, Pm> pms(Collection<String> references) {
        return byReference(
                "infra_pm",
                "reference_pm",
                references,
                (row, i) -> new Pm(
                        row.getString("reference_pm"),
                        row.getString("etat_pm"),
                        FIBRES.get(row.getString("type_ingenierie")),
                        row.getInt("nombre_logements_pm"),
                        row.getString("reference_pm_technique"),
                        row.getString("localisation_pm")),
                Pm::reference);
    }

    @Override
    public Map<String, Prestation> prestations(Collection<String> references) {
        return byReference(
                "infra_prestation_pm",
                "reference_prestation_pm",
                references,
                (row, i) -> new Prestation(
                        row.getString("reference_prestation_pm"),
                        row.getString("operateur"),
                        row.getString("reference_pm"),
                        row.getString("financement")),
                Prestation::reference);
    }

    @Override
    public List<Partie> parties(Collection<String> hexacles, Collection<String> voies) {
        RowMapper<Partie> mapper = (row, i) -> new Partie(
                row.getString("identifiant_immeuble"),
                row.getString("code_adresse_immeuble"),
                row.getString("voie"),
                row.getString("batiment"),
                row.getString("escalier"),
                row.getString("etage"),
                row.getString("etat_immeuble"),
                row.getString("reference_pm"),
                row.getString("reference_pbo"),
                row.getString("adduction").equals("O"),
                row.getString("date_mise_en_service_commerciale_immeuble"));
        return Stream.concat(
                        list(
                                "select t.* " + bulk.among("infra_immeuble", "code_adresse_immeuble") + " true",
                                hexacles,
                                mapper)
                                .stream(),
                        list("select t.* " + bulk.among("infra_immeuble", "voie") + " true", voies, mapper).stream())
                .distinct()
                .toList();
    }

    @Override
    public Map<String, Pto> ptos(Collection<String> references) {
        return byReference(
                "infra_pto",
                "reference_prise",
                references,
                (row, i) -> new Pto(
                        row.getString("reference_prise"),
                        row.getString("identifiant_immeuble"),
                        row.getString("reference_pbo")),
                Pto::reference);
    }

    @Override
    public Map<String, List<Route>> routes(Collection<String> prises) {
        return list(
                        "select x.*, b.localisation_pbo from (select t.* "
                                + bulk.among("infra_route_optique", "reference_prise") + " true) x " + LOCALISEE
                                + " order by x.connecteur_prise_numero, x.nom_module_pm, x.position_module_pm",
                        prises,
                        JdbcReseau::route)
                .stream()
                .collect(Collectors.groupingBy(Route::prise));
    }

    /** The PBOs are held in one order, so that two lots never wait for each other. */
    @Override
    public Map<String, List<Route>> free(Collection<String> pbos, int combien) {
        List<String> held = list(
                "select t.reference_pbo from unnest(cast(? as varchar array)) as k (v) join infra_pbo t on"
                        + " t.reference_pbo = k.v order by t.reference_pbo for update",
                pbos,
                (row, i) -> row.getString(1));
        return list(
                        "select x.*, b.localisation_pbo from (select t.*, row_number() over (partition by t.reference_pbo,"
                                + " t.operateur_dedie order by t.nom_module_pm, t.position_module_pm) as rang "
                                + bulk.among("infra_route_optique", "reference_pbo")
                                + " t.reference_prise = '' and t.utilisation = 'NON') x " + LOCALISEE
                                + " where x.rang <= " + combien + " order by x.rang",
                        held,
                        JdbcReseau::route)
                .stream()
                .collect(Collectors.groupingBy(Route::pbo));
    }

    private static Route route(ResultSet row, int i) throws SQLException {
        Map<String, String> champs = new LinkedHashMap<>();
        for (String champ : DITS) {
            String value = row.getString(Inventaire.column(champ));
            champs.put(champ, value == null ? "" : value);
        }
        return new Route(
                row.getString("reference_pm"),
                row.getString("nom_module_pm"),
                row.getString("position_module_pm"),
                row.getString("reference_pbo"),
                row.getString("reference_prise"),
                row.getString("operateur_dedie"),
                champs);
    }

    @Override
    public Map<String, List<String>> reserved(Collection<String> pbos) {
        Map<String, List<String>> found = new HashMap<>();
        list(
                        "select t.reference_pbo, t.route_prise " + bulk.among("infra_attribution", "reference_pbo")
                                + " t.route_prise <> '' group by t.reference_pbo, t.route_prise having max(t.etat) = 'RESERVEE'"
                                + " and min(t.etat) = 'RESERVEE' order by count(*), min(t.reservee_le), t.route_prise",
                        pbos,
                        (row, i) -> new String[] {row.getString(1), row.getString(2)})
                .forEach(one ->
                        found.computeIfAbsent(one[0], any -> new ArrayList<>()).add(one[1]));
        return found;
    }

    @Override
    public Map<String, Integer> cofi(String operateur, Collection<String> pms) {
        Map<String, Integer> found = new HashMap<>();
        pms.stream()
                .distinct()
                .forEach(pm -> found.put(
                        pm,
                        jdbc.queryForObject(
                                "select count(*) from infra_attribution where reference_pm = ? and operateur = ? and retenu ="
                                        + " 'COFI'",
                                Integer.class,
                                pm,
                                operateur)));
        return found;
    }

    @Override
    public void give(List<Attribution> attributions, List<Pto> ptos, Map<Route, String> routes) {
        int[] moved = jdbc.batchUpdate(
                "update infra_route_optique set reference_prise = ? where reference_pm = ? and nom_module_pm = ? and"
                        + " position_module_pm = ? and reference_prise = ''",
                routes.entrySet().stream()
                        .map(one -> new Object[] {
                            one.getValue(),
                            one.getKey().pm(),
                            one.getKey().module(),
                            one.getKey().position()
                        })
                        .toList());
        for (int one : moved) {
            if (one != 1) {
                throw new IllegalStateException("a free route was taken though its PBO was held");
            }
        }
        bulk.insert(List.of(
                new Bulk.Rows(
                        "infra_pto",
                        List.of("reference_prise", "identifiant_immeuble", "reference_pbo"),
                        ptos.stream()
                                .map(pto -> new Object[] {pto.reference(), pto.immeuble(), pto.pbo()})
                                .toList()),
                new Bulk.Rows(
                        "infra_attribution",
                        ATTRIBUTION,
                        attributions.stream()
                                .map(one -> new Object[] {
                                    one.operateur(),
                                    one.commande(),
                                    one.dossier(),
                                    one.modele(),
                                    one.prise(),
                                    one.routePrise(),
                                    one.prestation(),
                                    one.pm(),
                                    one.pbo(),
                                    one.retenu(),
                                    one.construite(),
                                    "RESERVEE",
                                    one.reservee()
                                })
                                .toList())));
    }

    @Override
    public void release(String operateur, String commande, boolean construite, boolean saufModeleOC) {
        jdbc.query(
                "select reference_pbo from infra_pbo where reference_pbo = (select reference_pbo from infra_attribution where"
                        + " operateur = ? and commande = ?) for update",
                row -> {},
                operateur,
                commande);
        jdbc.query(
                "select * from infra_attribution where operateur = ? and commande = ? for update",
                row -> {
                    boolean told = construite
                            && !(saufModeleOC && row.getString("modele").equals("OC"));
                    if (!told && !row.getBoolean("construite")) {
                        unbuild(operateur, commande, row.getString("reference_prise"), row.getString("route_prise"));
                    }
                },
                operateur,
                commande);
        jdbc.update("delete from infra_attribution where operateur = ? and commande = ?", operateur, commande);
    }

    private void unbuild(String operateur, String commande, String prise, String routePrise) {
        jdbc.update("delete from infra_pto where reference_prise = ? and reference_prise <> ''", prise);
        if (prise.isEmpty() || !prise.equals(routePrise)) {
            return;
        }
        String heir = jdbc
                .queryForList(
                        "select reference_prise from infra_attribution where route_prise = ? and (operateur <> ? or commande"
                                + " <> ?) order by reservee_le, reference_prise",
                        String.class,
                        prise,
                        operateur,
                        commande)
                .stream()
                .findFirst()
                .orElse("");
        jdbc.update("update infra_route_optique set reference_prise = ? where reference_prise = ?", heir, prise);
        jdbc.update("update infra_attribution set route_prise = ? where route_prise = ?", heir, prise);
    }

    @Override
    public void built(String operateur, String commande) {
        jdbc.update(
                "update infra_attribution set construite = true where operateur = ? and commande = ?",
                operateur,
                commande);
    }

    @Override
    public void inService(String operateur, String commande) {
        jdbc.update(
                "update infra_attribution set construite = true, etat = 'EN_SERVICE' where operateur = ? and commande = ?",
                operateur,
                commande);
    }
}
