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

    /** Transactional: H2 would else commit what came before. */
    @Override
    public void temporary(String table, String like) {
        jdbc.execute(
                "create local temporary table " + table + " on commit drop transactional as select cast(0 as integer)"
                        + " as ligne, t.* from " + like + " t with no data");
    }

    @Override
    public void insert(List<Rows> tables) {
        for (Rows rows : tables) {
            if (!rows.values().isEmpty()) {
                jdbc.batchUpdate(
                        insert(rows) + row(rows.columns().size()),
                        rows.values(),
                        rows.values().size(),
                        (statement, row) -> {
                            for (int i = 0; i < row.length; i++) {
                                statement.setObject(i + 1, toJdbc(row[i]));
                            }
                        });
            }
        }
    }

    /** An insert, up to where its rows follow. */
    static String insert(Rows rows) {
        return "insert into " + rows.table() + " (" + String.join(", ", rows.columns()) + ") values ";
    }

    static String row(int columns) {
        return "(" + String.join(", ", Collections.nCopies(columns, "?")) + ")";
    }

    /** PostgreSQL takes dates with a zone, not instants; null stays null. */
    static Object toJdbc(Object value) {
        return value instanceof Instant instant ? OffsetDateTime.ofInstant(instant, ZoneOffset.UTC) : value;
    }
}
