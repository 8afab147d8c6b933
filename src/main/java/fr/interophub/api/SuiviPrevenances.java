package fr.interophub.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import fr.interophub.echange.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** The works announced and the damages told, as the OI reads them: newest first, a page at a time. */
public final class SuiviPrevenances {

    private final JdbcTemplate jdbc;

    SuiviPrevenances(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An announcement and who has acknowledged it. The keys are those of its fields.
     *
     * @param adresses as they were announced; empty: everything behind the PM
     */
    public record Vue(
            @JsonIgnore UUID id,
            @JsonProperty("ReferencePrevenance") String reference,
            @JsonProperty("ReferencePM") String pm,
            @JsonProperty("DateHeureDebut") String debut,
            @JsonProperty("DateHeureFin") String fin,
            @JsonProperty("Commentaire") String commentaire,
            List<String> adresses,
            List<String> adressesSansAcces,
            int accesSansAdresse,
            OffsetDateTime annonceeLe,
            String annonceePar,
            List<Envoi> envois) {

        /** How many OCs have acknowledged. */
        @JsonIgnore
        public long accusees() {
            return envois.stream().filter(envoi -> envoi.accuseLe() != null).count();
        }
    }

    /**
     * One OC that was told.
     *
     * @param adresses how many, one a line
     * @param etat of its dossier
     * @param enRetard true when it has let the time for its AR pass
     */
    public record Envoi(
            String operateur,
            int adresses,
            UUID dossier,
            String etat,
            @JsonInclude(JsonInclude.Include.NON_NULL) OffsetDateTime accuseLe,
            boolean enRetard) {}

    /**
     * A damage that an OC has told.
     *
     * @param champs what it said last, by the protocol's names
     */
    public record Dommage(
            UUID dossier, String operateur, String etat, OffsetDateTime date, Map<String, String> champs) {}

    /** @param apres the last announcement of the page before, or null */
    public Tranche<Vue> list(UUID apres, int max) {
        return Tranche.of(
                read(
                        apres == null ? "" : " where p.id < ?",
                        apres == null ? new Object[] {max + 1} : new Object[] {apres, max + 1}),
                max,
                Vue::id);
    }

    /** The announcement of this reference, whatever the case. */
    public Optional<Vue> find(String reference) {
        return Parametres.possible(reference)
                ? read(" where p.reference_maj = ?", reference.toUpperCase(Locale.ROOT), 1).stream()
                        .findFirst()
                : Optional.empty();
    }

    private List<Vue> read(String where, Object... values) {
        List<Vue> found = jdbc.query(
                "select p.* from prevenance p" + where + " order by p.id desc limit ?", (row, i) -> vue(row), values);
        Map<UUID, Vue> byId = new HashMap<>();
        found.forEach(vue -> byId.put(vue.id(), vue));
        jdbc.query(
                "select o.*, d.etat from prevenance_oc o join dossier d on d.id = o.dossier_id where o.prevenance_id ="
                        + " any(?) order by o.operateur",
                statement -> statement.setArray(
                        1,
                        statement
                                .getConnection()
                                .createArrayOf("uuid", byId.keySet().toArray())),
                row -> {
                    byId.get(row.getObject("prevenance_id", UUID.class))
                            .envois()
                            .add(envoi(row));
                });
        return found;
    }

    private static Vue vue(ResultSet row) throws SQLException {
        return new Vue(
                row.getObject("id", UUID.class),
                row.getString("reference"),
                row.getString("pm"),
                row.getString("debut"),
                row.getString("fin"),
                row.getString("commentaire"),
                row.getString("adresses").lines().toList(),
                row.getString("sans_acces").lines().toList(),
                row.getInt("sans_adresse"),
                Lignes.date(row, "annoncee_le"),
                row.getString("annoncee_par"),
                new ArrayList<>());
    }

    private static Envoi envoi(ResultSet row) throws SQLException {
        OffsetDateTime accuse = Lignes.date(row, "accusee_le");
        return new Envoi(
                row.getString("operateur"),
                row.getInt("adresses"),
                row.getObject("dossier_id", UUID.class),
                row.getString("etat"),
                accuse,
                accuse == null && row.getObject("alerter_le") == null);
    }

    /** @param apres the last damage of the page before, or null */
    public Tranche<Dommage> dommages(UUID apres, int max) {
        return Tranche.of(
                jdbc.query(
                        "select d.*, m.champs from dommage x join dossier d on d.id = x.dossier_id join message m on"
                                + " m.dossier_id = d.id where m.rang = (select max(n.rang) from message n where"
                                + " n.dossier_id = d.id and n.flux = 'PREVDOM' and n.nature is null)"
                                + (apres == null ? "" : " and x.dossier_id < ?")
                                + " order by x.dossier_id desc limit ?",
                        (row, i) -> new Dommage(
                                row.getObject("id", UUID.class),
                                row.getString("operateur"),
                                row.getString("etat"),
                                Lignes.date(row, "cree_le"),
                                Json.read(row.getString("champs"))),
                        apres == null ? new Object[] {max + 1} : new Object[] {apres, max + 1}),
                max,
                Dommage::dossier);
    }
}
