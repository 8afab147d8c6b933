package fr.interophub.acces;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Dates as the protocol writes them: {@code AAAAMMJJ hh:mm}, local time of the country (spec §1 E10). */
final class Dates {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd HH:mm").withZone(PARIS);

    private Dates() {}

    /** The moment that a date-time says; empty for anything else, which a sheet may let pass. */
    static Optional<Instant> parse(String text) {
        try {
            return Optional.of(Instant.from(FORMAT.parse(text)));
        } catch (DateTimeException notADate) {
            return Optional.empty();
        }
    }

    /** The day, in the country, of a moment. */
    static LocalDate day(Instant instant) {
        return LocalDate.ofInstant(instant, PARIS);
    }

    static String format(Instant instant) {
        return FORMAT.format(instant);
    }
}
