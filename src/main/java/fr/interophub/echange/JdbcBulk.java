package fr.interophub.echange;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Bulk} by a batch of inserts: works on every database. */
final class JdbcBulk implements Bulk {

    private final JdbcTemplate jdbc;

    JdbcBulk(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Joined, and not « = any(?) », for which H2 reads the whole table. */
    @Override
    public String among(String table, String column) {
        return "from unnest(cast(? as varchar array)) as k (v) join " + table + " t on t." + column + " = k.v where";
    }

    @Override
    public void insert(String table, List<String> columns, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        String sql = "insert into " + table + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", Collections.nCopies(columns.size(), "?")) + ")";
        jdbc.batchUpdate(sql, rows, rows.size(), (statement, row) -> {
            for (int i = 0; i < row.length; i++) {
                statement.setObject(i + 1, toJdbc(row[i]));
            }
        });
    }

    /** PostgreSQL takes dates with a zone, not instants; null stays null. */
    static Object toJdbc(Object value) {
        return value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }
}
