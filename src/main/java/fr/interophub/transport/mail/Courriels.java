package fr.interophub.transport.mail;

import fr.interophub.echange.Cles;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which mails came, and which files in them; always inside the caller's transaction. */
final class Courriels {

    private final JdbcTemplate jdbc;
    private final Clock clock;

    Courriels(JdbcTemplate jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Counts one more copy of a mail; false if it never came. */
    boolean again(String empreinte) {
        return jdbc.update("update courriel set fois = fois + 1, vu_le = ? where empreinte = ?", now(), empreinte) > 0;
    }

    void add(UUID journalId, Lettre lettre, String boite) {
        jdbc.update(
                "insert into courriel (journal_id, empreinte, message_id, expediteur, sujet, boite, vu_le) values (?, ?, ?,"
                        + " ?, ?, ?, ?)",
                journalId,
                lettre.empreinte(),
                lettre.messageId().length() > 998 ? null : lettre.messageId(),
                Cles.cut(String.join(", ", lettre.expediteurs()), 400),
                lettre.sujet(),
                boite,
                now());
    }

    void join(UUID file, UUID courriel) {
        jdbc.update("insert into piece_jointe (journal_id, courriel_id) values (?, ?)", file, courriel);
    }

    /** The subject of the mail that a file came in. */
    Optional<String> sujet(UUID file) {
        return jdbc
                .queryForList(
                        "select c.sujet from piece_jointe p join courriel c on c.journal_id = p.courriel_id where"
                                + " p.journal_id = ?",
                        String.class,
                        file)
                .stream()
                .findFirst();
    }

    /** The mails that brought what a file answers, oldest first, by their ids; 20 at most. */
    List<String> answeredBy(UUID file) {
        return jdbc.query(
                "select distinct c.journal_id, c.message_id from reponse r join piece_jointe p on p.journal_id = r.entrant"
                        + " join courriel c on c.journal_id = p.courriel_id where r.journal_id = ? and c.message_id <> ''"
                        + " order by c.journal_id limit 20",
                (row, i) -> row.getString("message_id"),
                file);
    }

    private Object now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
