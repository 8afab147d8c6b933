package fr.interophub.rdv;

import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link PlanDeCharge} in the database. */
final class JdbcPlanDeCharge implements PlanDeCharge {

    private final JdbcTemplate jdbc;
    private final boolean calendrier;

    /**
     * @param calendrier true if a calendar makes slots: the plan is there before its first slot is
     */
    JdbcPlanDeCharge(JdbcTemplate jdbc, boolean calendrier) {
        this.jdbc = jdbc;
        this.calendrier = calendrier;
    }

    /** Slots are held in this order. */
    private static final Comparator<Creneau> ORDER =
            Comparator.comparing(Creneau::zone).thenComparing(Creneau::debut);

    @Override
    public boolean loaded() {
        return calendrier
                || !jdbc.queryForList("select zone from creneau limit 1", String.class)
                        .isEmpty();
    }

    @Override
    public void hold(Collection<Souhait> souhaits, Collection<UUID> dossiers) {
        TreeSet<Creneau> slots = new TreeSet<>(ORDER);
        souhaits.forEach(souhait ->
                souhait.dates().forEach(date -> find(souhait.lieu(), date).ifPresent(slots::add)));
        dossiers.forEach(dossier -> reserved(dossier).ifPresent(slots::add));
        slots.forEach(slot -> jdbc.query(
                "select zone from creneau where zone = ? and debut = ? for update",
                row -> {},
                slot.zone(),
                utc(slot.debut())));
    }

    /** The slot that a moment falls into, unless the day is closed in one of the zones of the place. */
    private Optional<Creneau> find(String lieu, Instant date) {
        List<String> zones = PlanDeCharge.zones(lieu);
        return jdbc
                .query(
                        "select c.zone, c.debut, c.fin from creneau c where c.zone = any(?) and c.debut <= ? and c.fin > ? and not"
                                + " exists (select 1 from jour_ferme f where f.zone = any(?) and f.jour = ?)",
                        statement -> {
                            Array any = array(statement.getConnection(), zones);
                            statement.setArray(1, any);
                            statement.setObject(2, utc(date));
                            statement.setObject(3, utc(date));
                            statement.setArray(4, any);
                            statement.setObject(5, PlanDeCharge.day(date));
                        },
                        (row, i) -> creneau(row))
                .stream()
                .min(PlanDeCharge.precise(zones));
    }

    private static Creneau creneau(ResultSet row) throws SQLException {
        return new Creneau(
                row.getString(1),
                instant(row.getObject(2, OffsetDateTime.class)),
                instant(row.getObject(3, OffsetDateTime.class)));
    }

    @Override
    public List<Creneau> listFree(String lieu, Instant de, Instant a, int max) {
        return jdbc
                .query(
                        "select zone, debut, fin from creneau where zone = any(?) and debut >= ? and debut < ? and reserves <"
                                + " capacite order by debut",
                        statement -> {
                            statement.setArray(1, array(statement.getConnection(), PlanDeCharge.zones(lieu)));
                            statement.setObject(2, utc(de));
                            statement.setObject(3, utc(a));
                        },
                        (row, i) -> creneau(row))
                .stream()
                .filter(slot -> find(lieu, slot.debut()).filter(slot::equals).isPresent())
                .limit(max)
                .toList();
    }

    private static Array array(Connection connection, List<String> zones) throws SQLException {
        return connection.createArrayOf("varchar", zones.toArray());
    }

    @Override
    public Optional<Creneau> reserved(UUID dossier) {
        return jdbc
                .query(
                        "select c.zone, c.debut, c.fin from reservation r join creneau c on c.zone = r.zone and c.debut = r.debut"
                                + " where r.dossier_id = ?",
                        (row, i) -> creneau(row),
                        dossier)
                .stream()
                .findFirst();
    }

    @Override
    public boolean reserve(UUID dossier, String lieu, Instant date) {
        Optional<Creneau> found = find(lieu, date);
        if (found.isEmpty()) {
            return false;
        }
        Creneau wanted = found.get();
        if (reserved(dossier).equals(found)) {
            return true;
        }
        if (jdbc.update(
                        "update creneau set reserves = reserves + 1 where zone = ? and debut = ? and reserves < capacite",
                        wanted.zone(),
                        utc(wanted.debut()))
                == 0) {
            return false;
        }
        release(dossier);
        jdbc.update(
                "insert into reservation (dossier_id, zone, debut) values (?, ?, ?)",
                dossier,
                wanted.zone(),
                utc(wanted.debut()));
        return true;
    }

    @Override
    public void release(UUID dossier) {
        reserved(dossier).ifPresent(slot -> {
            jdbc.update(
                    "update creneau set reserves = reserves - 1 where zone = ? and debut = ?",
                    slot.zone(),
                    utc(slot.debut()));
            jdbc.update("delete from reservation where dossier_id = ?", dossier);
        });
    }

    @Override
    public void hand(UUID dossier, UUID other) {
        release(other);
        jdbc.update("update reservation set dossier_id = ? where dossier_id = ?", other, dossier);
    }

    @Override
    public void expect(String protocole, UUID dossier, Instant le) {
        jdbc.update("delete from echeance where dossier_id = ?", dossier);
        if (le != null) {
            jdbc.update(
                    "insert into echeance (dossier_id, protocole, le) values (?, ?, ?)", dossier, protocole, utc(le));
        }
    }

    @Override
    public List<UUID> due(String protocole, Instant now, int max) {
        return jdbc.queryForList(
                "select dossier_id from echeance where protocole = ? and le <= ? order by le limit " + max,
                UUID.class,
                protocole,
                utc(now));
    }

    @Override
    public boolean strike(UUID dossier, Instant now) {
        return jdbc.update("delete from echeance where dossier_id = ? and le <= ?", dossier, utc(now)) > 0;
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(OffsetDateTime date) {
        return date.toInstant();
    }
}
