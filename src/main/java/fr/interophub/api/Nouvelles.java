package fr.interophub.api;

import fr.interophub.echange.Sens;
import fr.interophub.operateur.Operateur;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.JdbcTemplate;

/** When an operator was last heard, and last written to. */
public final class Nouvelles {

    private final JdbcTemplate jdbc;

    Nouvelles(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * An operator and its last news.
     *
     * @param recu when it was last heard; null if never
     * @param emis when we last had a file for it; null if never
     */
    public record Vue(Operateur fiche, OffsetDateTime recu, OffsetDateTime emis) {}

    /** The news of an operator, read off the end of an index. */
    public Vue of(Operateur operateur) {
        return new Vue(operateur, last(operateur, Sens.ENTRANT), last(operateur, Sens.SORTANT));
    }

    private OffsetDateTime last(Operateur operateur, Sens sens) {
        return jdbc
                .query(
                        "select date_journal from journal where operateur = ? and sens = ? order by id desc limit 1",
                        (row, i) -> Lignes.date(row, "date_journal"),
                        operateur.code(),
                        sens.texte())
                .stream()
                .findFirst()
                .orElse(null);
    }
}
