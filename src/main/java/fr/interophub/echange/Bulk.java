package fr.interophub.echange;

import java.util.List;

/**
 * Rows of several tables at once, inside the current transaction. On PostgreSQL many are inserted by COPY, which costs a
 * quarter of a batch of inserts, and a few in one exchange with the server; elsewhere by JDBC batches (decision Bulk-By-Copy).
 */
public interface Bulk {

    /**
     * What goes into one table.
     *
     * @param columns the columns, in the order of the values
     * @param values a row each: String, Integer ({@code integer}), Long ({@code bigint}), Boolean, UUID, byte[],
     *     {@code java.time.Instant} or null
     */
    record Rows(String table, List<String> columns, List<Object[]> values) {}

    /** Inserts them, the tables in any order; one without rows is left alone. */
    void insert(List<Rows> tables);

    /** The same, for one table. */
    default void insert(String table, List<String> columns, List<Object[]> rows) {
        insert(List.of(new Rows(table, columns, rows)));
    }

    /**
     * The rows of a table whose text column is one of the values of an array, its only parameter, found by the index
     * whatever the database knows of the table's size: from {@code from} to {@code where}, for a condition to follow. The
     * table is called {@code t}.
     */
    String among(String table, String column);

    /**
     * Makes a table that this transaction alone sees and that ends with it: a column {@code ligne}, a number, and those of
     * another table, every one of them free to be null.
     */
    void temporary(String table, String like);
}
