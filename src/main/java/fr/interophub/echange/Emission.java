package fr.interophub.echange;

import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.io.InputStream;
import java.time.Clock;
import java.time.LocalDateTime;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Hands the files that must leave to the doors, and notes what became of them (queue « à émettre »). */
public final class Emission {

    private final FileDAttente aEmettre;
    private final Annuaire annuaire;
    private final Journal journal;
    private final Quarantaines quarantaines;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;

    Emission(
            FileDAttente aEmettre,
            Annuaire annuaire,
            Journal journal,
            Quarantaines quarantaines,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock) {
        this.aEmettre = aEmettre;
        this.annuaire = annuaire;
        this.journal = journal;
        this.quarantaines = quarantaines;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** A file on its way out. */
    public record Depart(Prise prise, Transmission fichier) {}

    /** Claims the next file that may leave; those of an operator whose hours are over wait. */
    public Optional<Depart> next() {
        LocalDateTime now = LocalDateTime.now(clock);
        return aEmettre.claim(annuaire.list().stream()
                        .filter(operateur -> !operateur.contrat().horaires().emet(now))
                        .map(Operateur::code)
                        .toList())
                .map(prise -> new Depart(prise, journal.find(prise.objetId()).orElseThrow()));
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

    /**
     * The other side will not take it, however often it is offered: it is kept aside for a person, what follows goes on.
     *
     * @param motif a code
     * @param detail in French: what was answered
     */
    public void refused(Depart depart, String motif, String detail) {
        transactions.run(() -> {
            aEmettre.end(depart.prise());
            quarantaines.keepFile(depart.fichier(), motif, detail, null);
        });
    }

    /** The door could not take it: it is tried again later, the other operators are not delayed. */
    public void failed(Depart depart, String erreur) {
        aEmettre.failed(depart.prise(), erreur);
    }
}
