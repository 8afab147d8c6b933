package fr.interophub.suivi;

import fr.interophub.echange.Alertes;
import fr.interophub.echange.Ids;
import fr.interophub.echange.Transactions;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Alertes} in the database, and the list of those still open. */
public final class JdbcAlertes implements Alertes {

    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;

    JdbcAlertes(JdbcTemplate jdbc, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * An open alert.
     *
     * @param nombre how many times it has been raised
     * @param vueLe the last time
     */
    public record Alerte(
            String id,
            String genre,
            String sujet,
            String operateur,
            String texte,
            int nombre,
            OffsetDateTime creeLe,
            OffsetDateTime vueLe) {}

    @Override
    public void raise(String genre, String sujet, String operateur, String texte) {
        OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
        String text = texte.length() > 2000 ? texte.substring(0, 2000) : texte;
        String subject = sujet.length() > 200 ? sujet.substring(0, 200) : sujet;
        if (!counted(genre, subject, text, now)) {
            transactions.run(() -> {
                // Alerts begin one after the other: what another transaction has begun meanwhile is seen once it is
                // over.
                jdbc.queryForObject("select valeur from compteur where nom = 'alerte' for update", Long.class);
                if (!counted(genre, subject, text, now)) {
                    jdbc.update(
                            "insert into alerte (id, genre, sujet, operateur, texte, nombre, cree_le, vue_le) values"
                                    + " (?, ?, ?, ?, ?, 1, ?, ?)",
                            Ids.next(),
                            genre,
                            subject,
                            operateur,
                            text,
                            now,
                            now);
                }
            });
        }
    }

    private boolean counted(String genre, String sujet, String texte, OffsetDateTime now) {
        return jdbc.update(
                        "update alerte set nombre = nombre + 1, texte = ?, vue_le = ? where genre = ? and sujet = ? and"
                                + " fermee_le is null",
                        texte,
                        now,
                        genre,
                        sujet)
                > 0;
    }

    @Override
    public void close(String genre, String sujet) {
        jdbc.update(
                "update alerte set fermee_le = ? where genre = ? and sujet = ? and fermee_le is null",
                clock.instant().atOffset(ZoneOffset.UTC),
                genre,
                sujet);
    }

    /**
     * A person says that the matter is over.
     *
     * @return false if no such alert is open
     */
    public boolean close(UUID id) {
        return jdbc.update(
                        "update alerte set fermee_le = ? where id = ? and fermee_le is null",
                        clock.instant().atOffset(ZoneOffset.UTC),
                        id)
                > 0;
    }

    /** Open alerts, the newest first. */
    public List<Alerte> list(int max) {
        return jdbc.query(
                "select * from alerte where fermee_le is null order by vue_le desc limit " + max,
                (row, i) -> new Alerte(
                        row.getString("id"),
                        row.getString("genre"),
                        row.getString("sujet"),
                        row.getString("operateur"),
                        row.getString("texte"),
                        row.getInt("nombre"),
                        row.getObject("cree_le", OffsetDateTime.class),
                        row.getObject("vue_le", OffsetDateTime.class)));
    }
}
