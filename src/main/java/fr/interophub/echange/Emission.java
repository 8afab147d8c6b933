package fr.interophub.echange;

import fr.interophub.echange.FileDAttente.Prise;
import java.io.InputStream;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Hands the files that must leave to the doors, and notes what became of them (queue « à émettre »). */
public final class Emission {

    private final FileDAttente aEmettre;
    private final Journal journal;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;

    Emission(FileDAttente aEmettre, Journal journal, JdbcTemplate jdbc, Transactions transactions, Clock clock) {
        this.aEmettre = aEmettre;
        this.journal = journal;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A file on its way out. */
    public record Depart(Prise prise, Transmission fichier) {}

    /** Claims the next file that may leave. */
    public Optional<Depart> next() {
        return aEmettre.claim()
                .map(prise -> new Depart(prise, journal.find(prise.journalId()).orElseThrow()));
    }

    public InputStream bytes(Depart depart) {
        return journal.open(depart.fichier().id());
    }

    /** The door has taken it. */
    public void sent(Depart depart) {
        transactions.run(() -> {
            aEmettre.end(depart.prise());
            jdbc.update(
                    "update journal set acheminement = 'EMIS', termine_le = ? where id = ?",
                    JdbcBulk.toJdbc(clock.instant()),
                    depart.fichier().id());
        });
    }

    /** The door could not take it: it is tried again later, the other operators are not delayed. */
    public void failed(Depart depart, String erreur) {
        aEmettre.failed(depart.prise(), erreur);
    }
}
