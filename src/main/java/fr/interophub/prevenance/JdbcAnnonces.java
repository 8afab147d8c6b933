package fr.interophub.prevenance;

import fr.interophub.echange.Dossier;
import fr.interophub.echange.Ids;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What was announced and to whom, and whose answer is awaited; read and written inside the caller's transaction. */
final class JdbcAnnonces {

    private static final int SILENCES_MAX = 100;

    private final JdbcTemplate jdbc;

    JdbcAnnonces(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** An announcement that was taken, and what was said of it then. */
    record Connue(Annonce annonce, Verdict verdict) {}

    /** An OC that has not acknowledged in time. */
    record Silence(UUID dossierId, String operateur, String reference, String pm, String debut, String fin) {}

    /** One announcement at a time, until the end of the transaction: the second of two that come together sees the first. */
    void hold() {
        jdbc.queryForList("select numero from prevenance_verrou for update", Integer.class);
    }

    /** The announcement of this reference, whatever the case. */
    Optional<Connue> find(String reference) {
        return jdbc
                .query(
                        "select * from prevenance where reference_maj = ?",
                        (row, i) -> connue(row),
                        reference.toUpperCase(Locale.ROOT))
                .stream()
                .findFirst();
    }

    private Connue connue(ResultSet row) throws SQLException {
        Annonce annonce = new Annonce(
                row.getString("reference"),
                row.getString("pm"),
                row.getString("debut"),
                row.getString("fin"),
                row.getString("commentaire"),
                lines(row.getString("adresses")));
        List<Verdict.Envoi> envois = jdbc.query(
                "select * from prevenance_oc where prevenance_id = ? order by operateur",
                (one, i) -> new Verdict.Envoi(
                        one.getString("operateur"), one.getInt("adresses"), one.getObject("dossier_id", UUID.class)),
                row.getObject("id", UUID.class));
        return new Connue(
                annonce,
                Verdict.ok(
                        annonce.reference(), envois, lines(row.getString("sans_acces")), row.getInt("sans_adresse")));
    }

    /** @param alerter when a silence is told */
    void write(Annonce annonce, Verdict verdict, String qui, Instant now, Instant alerter) {
        UUID id = Ids.next();
        jdbc.update(
                "insert into prevenance (id, reference, reference_maj, pm, debut, fin, adresses, commentaire, sans_acces,"
                        + " sans_adresse, annoncee_le, annoncee_par) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                id,
                annonce.reference(),
                annonce.reference().toUpperCase(Locale.ROOT),
                annonce.pm(),
                annonce.debut(),
                annonce.fin(),
                String.join("\n", annonce.adresses()),
                annonce.commentaire(),
                String.join("\n", verdict.adressesSansAcces()),
                verdict.accesSansAdresse(),
                utc(now),
                qui);
        jdbc.batchUpdate(
                "insert into prevenance_oc (dossier_id, prevenance_id, operateur, adresses, alerter_le) values (?, ?, ?, ?, ?)",
                verdict.envois().stream()
                        .map(envoi ->
                                new Object[] {envoi.dossier(), id, envoi.operateur(), envoi.adresses(), utc(alerter)})
                        .toList());
    }

    /** The OC has acknowledged: there is no silence to tell. */
    void acknowledge(Dossier dossier, Instant now) {
        jdbc.update(
                "update prevenance_oc set accusee_le = ?, alerter_le = null where dossier_id = ?",
                utc(now),
                dossier.id());
    }

    /** Silences to tell now; given once, whichever node asks. */
    List<Silence> takeSilences(Instant now) {
        List<Silence> silences = jdbc.query(
                "select o.dossier_id, o.operateur, p.reference, p.pm, p.debut, p.fin from prevenance_oc o"
                        + " join prevenance p on p.id = o.prevenance_id where o.dossier_id in (select dossier_id from"
                        + " prevenance_oc where alerter_le <= ? order by alerter_le limit " + SILENCES_MAX
                        + " for update skip locked)",
                (row, i) -> new Silence(
                        row.getObject(1, UUID.class),
                        row.getString(2),
                        row.getString(3),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)),
                utc(now));
        jdbc.batchUpdate(
                "update prevenance_oc set alerter_le = null where dossier_id = ?",
                silences.stream()
                        .map(silence -> new Object[] {silence.dossierId()})
                        .toList());
        return silences;
    }

    void addDommages(Collection<Dossier> dossiers) {
        jdbc.batchUpdate(
                "insert into dommage (dossier_id) values (?)",
                dossiers.stream().map(dossier -> new Object[] {dossier.id()}).toList());
    }

    private static List<String> lines(String text) {
        return text.lines().toList();
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }
}
