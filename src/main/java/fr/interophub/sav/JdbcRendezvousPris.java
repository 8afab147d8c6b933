package fr.interophub.sav;

import fr.interophub.echange.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link RendezvousPris} in the database. */
final class JdbcRendezvousPris implements RendezvousPris {

    private static final String SELECT =
            "select reference, operateur, reservation_id, ticket_id, champs from rendezvous_sav where ";

    private final JdbcTemplate jdbc;

    JdbcRendezvousPris(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long number() {
        return jdbc.queryForObject("select nextval('rendezvous_sav_numero')", Long.class);
    }

    @Override
    public void add(Rendezvous rendezvous) {
        jdbc.update(
                "insert into rendezvous_sav (reference, operateur, reservation_id, champs) values (?, ?, ?, ?)",
                rendezvous.reference(),
                rendezvous.operateur(),
                rendezvous.reservation(),
                Json.write(rendezvous.champs()));
    }

    @Override
    public Optional<Rendezvous> findForUpdate(String operateur, String reference) {
        return list("reference = ? and operateur = ? for update", reference, operateur).stream()
                .findFirst();
    }

    @Override
    public List<Rendezvous> listLibres(String operateur) {
        return list("operateur = ? and ticket_id is null order by reference", operateur);
    }

    @Override
    public Optional<Rendezvous> findByReservation(UUID reservation) {
        return list("reservation_id = ?", reservation).stream().findFirst();
    }

    private List<Rendezvous> list(String where, Object... values) {
        return jdbc.query(SELECT + where, (row, i) -> read(row), values);
    }

    private static Rendezvous read(ResultSet row) throws SQLException {
        return new Rendezvous(
                row.getString(1),
                row.getString(2),
                row.getObject(3, UUID.class),
                row.getObject(4, UUID.class),
                Json.read(row.getString(5)));
    }

    @Override
    public void change(Rendezvous rendezvous) {
        jdbc.update(
                "update rendezvous_sav set reservation_id = ?, ticket_id = ? where reference = ?",
                rendezvous.reservation(),
                rendezvous.ticket(),
                rendezvous.reference());
    }

    @Override
    public void remove(Rendezvous rendezvous) {
        jdbc.update("delete from rendezvous_sav where reference = ?", rendezvous.reference());
    }
}
