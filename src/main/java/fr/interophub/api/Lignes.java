package fr.interophub.api;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;

/** What every view reads in the same way. */
final class Lignes {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private Lignes() {}

    /** A date of the store, with the offset of Paris. */
    static OffsetDateTime date(ResultSet row, String column) throws SQLException {
        OffsetDateTime date = row.getObject(column, OffsetDateTime.class);
        return date == null ? null : paris(date.toInstant());
    }

    static OffsetDateTime paris(Instant instant) {
        return instant.atZone(PARIS).toOffsetDateTime();
    }
}
