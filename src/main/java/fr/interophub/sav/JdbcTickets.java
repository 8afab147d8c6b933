package fr.interophub.sav;

import fr.interophub.echange.Cles;
import fr.interophub.echange.Message;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Tickets} in the database. */
final class JdbcTickets implements Tickets {

    /** As many rows as V9 has put into {@code ticket_verrou}: references share them, so that none is ever inserted. */
    private static final int VERROUS = 1024;

    /** How many numbers one drawing gives, as V15 has set the sequence; what a node has left when it stops is never given. */
    private static final int TIRAGE = 50;

    private final JdbcTemplate jdbc;
    private long next;
    private long end;

    JdbcTickets(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void hold(String operateur, Collection<String> references) {
        Object[] numbers = references.stream()
                .map(reference -> Math.floorMod((operateur + " " + Cles.upper(reference)).hashCode(), VERROUS))
                .distinct()
                .toArray();
        jdbc.query(
                "select numero from ticket_verrou where numero in ("
                        + String.join(", ", Collections.nCopies(numbers.length, "?")) + ") order by numero for update",
                row -> {},
                numbers);
    }

    @Override
    public synchronized long number() {
        if (next == end) {
            next = jdbc.queryForObject("select nextval('ticket_numero')", Long.class);
            end = next + TIRAGE;
        }
        return next++;
    }

    @Override
    public void emit(Message message) {
        jdbc.update(
                "insert into notification_a_emettre (message_id, dossier_id, operateur, prochaine) values (?, ?, ?, ?)",
                message.id(),
                message.dossierId(),
                message.operateur(),
                message.date().atOffset(ZoneOffset.UTC));
    }
}
