package fr.interophub.echange;

import java.util.List;

/**
 * Many rows of one table at once, inside the current transaction. On PostgreSQL they are inserted by COPY, which costs a
 * quarter of a batch of inserts; elsewhere by a JDBC batch (decision Bulk-By-Copy).
 */
interface Bulk {

    /**
     * @param columns the columns, in the order of the values
     * @param rows values: String, Integer ({@code integer}), Long ({@code bigint}), Boolean, UUID, {@code java.time.Instant} or null
     */
    void insert(String table, List<String> columns, List<Object[]> rows);

    /**
     * The rows of a table whose text column is one of the values of an array, its only parameter, found by the index
     * whatever the database knows of the table's size: from {@code from} to {@code where}, for a condition to follow. The
     * table is called {@code t}.
     */
    String among(String table, String column);
}
