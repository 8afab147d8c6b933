package fr.interophub.parc;

import fr.interophub.parc.Acces.Etat;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Parc} in the database. */
final class JdbcParc implements Parc {

    /** As many rows as V4 has put into {@code prise_verrou}: sockets share them, so that none is ever inserted. */
    private static final int VERROUS = 64;

    private final JdbcTemplate jdbc;
    private final Clock clock;

    JdbcParc(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public void hold(Collection<String> prises) {
        Object[] numbers = prises.stream()
                .map(prise -> Math.floorMod(upper(prise).hashCode(), VERROUS))
                .distinct()
                .toArray();
        if (numbers.length > 0) {
            jdbc.query(
                    "select numero from prise_verrou where numero = any(?) order by numero for update",
                    statement -> statement.setArray(1, statement.getConnection().createArrayOf("integer", numbers)),
                    row -> {});
        }
    }

    @Override
    public void holdAll() {
        jdbc.query("select numero from prise_verrou order by numero for update", row -> {});
    }

    @Override
    public List<Acces> listEnService(Collection<String> prises) {
        return query("join acces a on a.prise_maj = k.v where a.etat = 'EN_SERVICE'", prises);
    }

    @Override
    public List<Acces> listBehind(String pm) {
        return query("join acces a on a.pm_maj = k.v where a.etat = 'EN_SERVICE' order by a.operateur", List.of(pm));
    }

    @Override
    public Optional<Acces> findForUpdate(String operateur, String prestation) {
        return find(operateur, prestation, " for update");
    }

    @Override
    public Optional<Acces> find(String operateur, String prestation) {
        return find(operateur, prestation, "");
    }

    private Optional<Acces> find(String operateur, String prestation, String held) {
        return jdbc
                .query(
                        "select * from acces where prestation_maj = ? and operateur = ?" + held,
                        (row, i) -> acces(row),
                        upper(prestation),
                        operateur)
                .stream()
                .findFirst();
    }

    @Override
    public List<Acces> list(String operateur, Collection<String> prestations) {
        return query("join acces a on a.prestation_maj = k.v where a.operateur = ?", prestations, operateur);
    }

    @Override
    public List<Acces> list(String prestation) {
        return jdbc.query(
                "select * from acces where prestation_maj = ? order by operateur",
                (row, i) -> acces(row),
                upper(prestation));
    }

    private List<Acces> query(String from, Collection<String> references, String... values) {
        if (references.isEmpty()) {
            return List.of();
        }
        Object[] upper = references.stream().map(JdbcParc::upper).distinct().toArray();
        return jdbc.query(
                "select a.* from unnest(cast(? as varchar array)) as k (v) " + from,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("varchar", upper));
                    for (int i = 0; i < values.length; i++) {
                        statement.setString(i + 2, values[i]);
                    }
                },
                (row, i) -> acces(row));
    }

    /** In the order of the keys, so that two writers never wait for each other. */
    @Override
    public void write(Collection<Acces> acces) {
        Map<String, Acces> byKey = new TreeMap<>();
        acces.forEach(one -> byKey.put(key(one), one));
        Set<String> known = new HashSet<>();
        query(
                        "join acces a on a.prestation_maj = k.v",
                        acces.stream().map(Acces::prestation).toList())
                .forEach(one -> known.add(key(one)));
        List<Object[]> changed = new ArrayList<>();
        List<Object[]> added = new ArrayList<>();
        Object now = utc(clock.instant());
        byKey.forEach((key, one) -> (known.contains(key) ? changed : added).add(new Object[] {
            one.prestation(),
            one.prise(),
            one.prise() == null ? null : upper(one.prise()),
            one.site().pm(),
            one.site().pm() == null ? null : upper(one.site().pm()),
            one.site().adresse(),
            utc(one.dateMes()),
            one.gtr(),
            one.partagee(),
            one.etat().name(),
            one.dossierId(),
            now,
            upper(one.prestation()),
            one.operateur()
        }));
        jdbc.batchUpdate(
                "update acces set prestation = ?, prise = ?, prise_maj = ?, pm = ?, pm_maj = ?, adresse = ?, date_mes = ?,"
                        + " gtr = ?, partagee = ?, etat = ?, dossier_id = ?, modifie_le = ? where prestation_maj = ? and operateur = ?",
                changed);
        jdbc.batchUpdate(
                "insert into acces (prestation, prise, prise_maj, pm, pm_maj, adresse, date_mes, gtr, partagee, etat,"
                        + " dossier_id, modifie_le, prestation_maj, operateur)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                added);
    }

    @Override
    public void end(Collection<Acces> acces, Etat etat) {
        Object now = utc(clock.instant());
        jdbc.batchUpdate(
                "update acces set etat = ?, modifie_le = ? where prestation_maj = ? and operateur = ? and etat ="
                        + " 'EN_SERVICE'",
                acces.stream()
                        .sorted(Comparator.comparing(JdbcParc::key))
                        .map(one -> new Object[] {etat.name(), now, upper(one.prestation()), one.operateur()})
                        .toList());
    }

    @Override
    public void remove(Acces acces) {
        jdbc.update(
                "delete from acces where prestation_maj = ? and operateur = ?",
                upper(acces.prestation()),
                acces.operateur());
    }

    private static String key(Acces acces) {
        return upper(acces.prestation()) + "\n" + acces.operateur();
    }

    private static String upper(String reference) {
        return reference.toUpperCase(Locale.ROOT);
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Acces acces(ResultSet row) throws SQLException {
        return new Acces(
                row.getString("operateur"),
                row.getString("prestation"),
                row.getString("prise"),
                new Site(row.getString("pm"), row.getString("adresse")),
                row.getObject("date_mes", OffsetDateTime.class).toInstant(),
                row.getString("gtr"),
                row.getBoolean("partagee"),
                Etat.valueOf(row.getString("etat")),
                row.getObject("dossier_id", UUID.class));
    }
}
