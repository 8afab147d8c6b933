package fr.interophub.echange;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;

/** {@link Bulk} by PostgreSQL's COPY, in its text format, on the connection of the current transaction. */
final class CopyBulk implements Bulk {

    private final DataSource dataSource;

    CopyBulk(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    @Override
    public void insert(String table, List<String> columns, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return;
        }
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            CopyIn copy = connection
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + table + " (" + String.join(", ", columns) + ") from stdin");
            try {
                Text text = new Text(copy);
                for (Object[] row : rows) {
                    text.row(row);
                }
                text.flush();
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

    /** Writes rows as COPY reads them: UTF-8, tabs between columns, backslash escapes; one pass from text to bytes. */
    private static final class Text {

        private static final int SIZE = 64 * 1024;
        /** The most that one character may take: a surrogate pair is four bytes for two. */
        private static final int CHARACTER = 4;

        private final CopyIn copy;
        private final byte[] bytes = new byte[SIZE];
        private int size;
        private Object lastDate;
        private String lastDateText;

        private Text(CopyIn copy) {
            this.copy = copy;
        }

        void row(Object[] values) throws SQLException {
            for (int i = 0; i < values.length; i++) {
                if (i > 0) {
                    put('\t');
                }
                value(values[i]);
            }
            put('\n');
        }

        private void value(Object value) throws SQLException {
            if (value == null) {
                put('\\');
                put('N');
            } else if (value instanceof Instant) {
                // The rows of a lot share their date: it is printed once.
                if (value != lastDate) {
                    lastDate = value;
                    lastDateText = value.toString();
                }
                text(lastDateText);
            } else {
                // Numbers, booleans and UUID print as PostgreSQL reads them.
                text(value.toString());
            }
        }

        private void text(String text) throws SQLException {
            for (int i = 0; i < text.length(); i++) {
                if (size > SIZE - CHARACTER) {
                    flush();
                }
                char c = text.charAt(i);
                if (c >= 0x80) {
                    i += beyondAscii(text, i, c);
                } else if (c == '\\') {
                    escaped('\\');
                } else if (c == '\n') {
                    escaped('n');
                } else if (c == '\r') {
                    escaped('r');
                } else if (c == '\t') {
                    escaped('t');
                } else {
                    bytes[size++] = (byte) c;
                }
            }
        }

        private void escaped(char c) {
            bytes[size++] = '\\';
            bytes[size++] = (byte) c;
        }

        /**
         * @return how many more characters of the text this one took
         */
        private int beyondAscii(String text, int at, char c) {
            if (c < 0x800) {
                bytes[size++] = (byte) (0xC0 | c >> 6);
                bytes[size++] = (byte) (0x80 | c & 0x3F);
                return 0;
            }
            if (Character.isHighSurrogate(c)
                    && at + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(at + 1))) {
                int point = Character.toCodePoint(c, text.charAt(at + 1));
                bytes[size++] = (byte) (0xF0 | point >> 18);
                bytes[size++] = (byte) (0x80 | point >> 12 & 0x3F);
                bytes[size++] = (byte) (0x80 | point >> 6 & 0x3F);
                bytes[size++] = (byte) (0x80 | point & 0x3F);
                return 1;
            }
            // Half a character is not text: it is shown as such.
            char whole = Character.isSurrogate(c) ? '\uFFFD' : c;
            bytes[size++] = (byte) (0xE0 | whole >> 12);
            bytes[size++] = (byte) (0x80 | whole >> 6 & 0x3F);
            bytes[size++] = (byte) (0x80 | whole & 0x3F);
            return 0;
        }

        private void put(char c) throws SQLException {
            if (size == SIZE) {
                flush();
            }
            bytes[size++] = (byte) c;
        }

        void flush() throws SQLException {
            copy.writeToCopy(bytes, 0, size);
            size = 0;
        }
    }
}
