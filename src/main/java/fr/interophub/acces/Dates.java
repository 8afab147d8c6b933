package fr.interophub.acces;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;

/** Dates as the protocol writes them: {@code AAAAMMJJ hh:mm}, local time of the country (spec §1 E10). */
final class Dates {

    static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final DateTimeFormatter FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMdd HH:mm").withZone(PARIS);

    private Dates() {}

    static String format(Instant instant) {
        return FORMAT.format(instant);
    }
}
