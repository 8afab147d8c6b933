package fr.interophub.echange;

import java.util.List;

/**
 * Inserts many rows of one table at once, inside the current transaction. On PostgreSQL by COPY, which costs a quarter
 * of a batch of inserts; elsewhere by a JDBC batch (decision Bulk-By-Copy).
 */
interface Bulk {

    /**
     * @param columns the columns, in the order of the values
     * @param rows values: String, Number, Boolean, UUID, {@code java.time.Instant} or null
     */
    void insert(String table, List<String> columns, List<Object[]> rows);
}
