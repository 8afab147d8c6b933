package fr.interophub.echange;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.StringJoiner;
import java.util.UUID;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** {@link Bulk} by PostgreSQL's COPY, in its binary format, on the connection of the current transaction. */
final class CopyBulk implements Bulk {

    /** Fewer rows than this cost less as prepared inserts than a COPY, which takes two more exchanges with the server. */
    private static final int PEU = 8;

    private final DataSource dataSource;
    private final JdbcTemplate jdbc;

    CopyBulk(DataSource dataSource, JdbcTemplate jdbc) {
        this.dataSource = dataSource;
        this.jdbc = jdbc;
    }

    /**
     * One search of the index per value. The offset keeps the planner from joining as it likes: of a table that grows by
     * thousands of rows a second its statistics say nothing true, and it would read all of it for every lot.
     */
    @Override
    public String among(String table, String column) {
        return "from unnest(cast(? as varchar array)) as k (v) cross join lateral (select * from " + table + " where "
                + column + " = k.v offset 0) t where";
    }

    @Override
    public void temporary(String table, String like) {
        jdbc.execute("create temporary table " + table
                + " on commit drop as select cast(0 as integer) as ligne, t.* from " + like + " t with no data");
    }

    @Override
    public void insert(List<Rows> tables) {
        together(tables.stream()
                .filter(rows -> !rows.values().isEmpty() && rows.values().size() < PEU)
                .toList());
        tables.stream()
                .filter(rows -> rows.values().size() >= PEU)
                .forEach(rows -> copy(rows.table(), rows.columns(), rows.values()));
    }

    /** All the inserts are one statement for the driver, which sends it at once and waits for one answer. */
    private void together(List<Rows> tables) {
        if (tables.isEmpty()) {
            return;
        }
        StringJoiner sql = new StringJoiner("; ");
        for (Rows rows : tables) {
            String row = JdbcBulk.row(rows.columns().size());
            sql.add(JdbcBulk.insert(rows)
                    + String.join(", ", Collections.nCopies(rows.values().size(), row)));
        }
        jdbc.execute(sql.toString(), (PreparedStatement statement) -> {
            int i = 0;
            for (Rows rows : tables) {
                for (Object[] row : rows.values()) {
                    for (Object value : row) {
                        statement.setObject(++i, JdbcBulk.toJdbc(value));
                    }
                }
            }
            return statement.execute();
        });
    }

    private void copy(String table, List<String> columns, List<Object[]> rows) {
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " (" + String.join(", ", columns) + ") from stdin (format binary)");
            try {
                Stream out = new Stream(copy);
                for (Object[] row : rows) {
                    out.row(row);
                }
                out.end();
                copy.endCopy();
            } finally {
                if (copy.isActive()) {
                    copy.cancelCopy();
                }
            }
        } catch (SQLException e) {
            throw new DataAccessResourceFailureException("copy " + table, e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** Writes rows as COPY reads them: each value after its length, a column's type told by the value's own. */
    private static final class Stream {

        private static final int SIZE = 64 * 1024;

        /** What every such stream begins with: a signature, no flag, no extension. */
        private static final byte[] BEGIN = {
            'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
        };

        /** Dates count from here, in microseconds. */
        private static final long EPOCH = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

        private static final short END = -1;
        private static final int NULL = -1;

        private final CopyIn copy;
        private final ByteBuffer bytes = ByteBuffer.allocate(SIZE);

        private Stream(CopyIn copy) {
            this.copy = copy;
            bytes.put(BEGIN);
        }

        void row(Object[] values) throws SQLException {
            room(Short.BYTES).putShort((short) values.length);
            for (Object value : values) {
                value(value);
            }
        }

        private void value(Object value) throws SQLException {
            if (value == null) {
                room(Integer.BYTES).putInt(NULL);
            } else if (value instanceof String text) {
                bytes(text.getBytes(StandardCharsets.UTF_8));
            } else if (value instanceof byte[] raw) {
                bytes(raw);
            } else if (value instanceof UUID id) {
                sized(2 * Long.BYTES).putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
            } else if (value instanceof Integer number) {
                sized(Integer.BYTES).putInt(number);
            } else if (value instanceof Long number) {
                sized(Long.BYTES).putLong(number);
            } else if (value instanceof Boolean flag) {
                sized(1).put((byte) (flag ? 1 : 0));
            } else if (value instanceof Instant date) {
                sized(Long.BYTES).putLong((date.getEpochSecond() - EPOCH) * 1_000_000 + date.getNano() / 1_000);
            } else {
                throw new IllegalArgumentException("no column takes a " + value.getClass());
            }
        }

        private void bytes(byte[] some) throws SQLException {
            room(Integer.BYTES).putInt(some.length);
            if (some.length <= SIZE) {
                room(some.length).put(some);
            } else {
                flush();
                copy.writeToCopy(some, 0, some.length);
            }
        }

        private ByteBuffer sized(int length) throws SQLException {
            return room(Integer.BYTES + length).putInt(length);
        }

        private ByteBuffer room(int length) throws SQLException {
            if (bytes.remaining() < length) {
                flush();
            }
            return bytes;
        }

        void end() throws SQLException {
            room(Short.BYTES).putShort(END);
            flush();
        }

        private void flush() throws SQLException {
            copy.writeToCopy(bytes.array(), 0, bytes.position());
            bytes.clear();
        }
    }
}
