package fr.interophub.echange;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept aside, why, and what a person decided of it. */
public final class Quarantaines {

    private static final String FICHIER_ILLISIBLE = "FICHIER_ILLISIBLE";
    private static final String DECISION_GAREE = "DECISION_GAREE";

    private final JdbcTemplate jdbc;
    private final Bulk bulk;
    private final Alertes alertes;
    private final Transactions transactions;
    private final Clock clock;

    Quarantaines(JdbcTemplate jdbc, Bulk bulk, Alertes alertes, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.alertes = alertes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Keeps a whole file aside, or the mail or what else it came in, inside the caller's transaction, and raises an alert: its
     * silence must be seen. One that was to leave does not.
     *
     * @param detail in French, cut if too long
     */
    public void keepFile(Transmission file, String motif, String detail, Long ligne) {
        bulk.insert(List.of(JdbcRegistre.quarantaines(List.of(new Quarantaine(
                Ids.next(),
                file.operateur(),
                file.canal(),
                file.fichier(),
                motif,
                Cles.cut(detail, 2000),
                ligne,
                file.id(),
                null,
                clock.instant())))));
        mark(file.id(), Acheminement.EN_QUARANTAINE);
        alertes.raise(
                FICHIER_ILLISIBLE,
                file.id().toString(),
                file.operateur(),
                "%s : fichier « %s » mis de côté (%s), %s. %s"
                        .formatted(
                                file.operateur(),
                                file.fichier(),
                                motif,
                                file.sens() == Sens.SORTANT ? "il n'est pas parti" : "aucun AR émis",
                                detail));
    }

    /** Keeps one message aside, inside the caller's transaction; what is told of it is its room's business. */
    void keepMessage(Transmission file, UUID messageId, String motif, String detail) {
        bulk.insert(List.of(JdbcRegistre.quarantaines(List.of(new Quarantaine(
                Ids.next(),
                file.operateur(),
                file.canal(),
                file.fichier(),
                motif,
                Cles.cut(detail, 2000),
                null,
                file.id(),
                messageId,
                clock.instant())))));
    }

    /**
     * Keeps aside, inside the caller's transaction, what came in a dialogue and could not be used.
     *
     * @param texte what the desk is told
     */
    public void keepAside(Transmission came, String motif, String detail, String texte) {
        keepMessage(came, null, motif, detail);
        mark(came.id(), Acheminement.EN_QUARANTAINE);
        alertes.raise(DECISION_GAREE, came.id().toString(), null, texte);
    }

    private void mark(UUID journalId, Acheminement acheminement) {
        jdbc.update("update journal set acheminement = ? where id = ?", acheminement.name(), journalId);
    }

    public Optional<Quarantaine> find(UUID id) {
        return jdbc
                .query(
                        "select * from quarantaine where id = ? and statut = 'OUVERTE'",
                        (row, i) -> new Quarantaine(
                                row.getObject("id", UUID.class),
                                row.getString("operateur"),
                                row.getString("canal"),
                                row.getString("fichier"),
                                row.getString("motif"),
                                row.getString("detail"),
                                row.getObject("ligne", Long.class),
                                row.getObject("journal_id", UUID.class),
                                row.getObject("message_id", UUID.class),
                                JdbcRegistre.instant(row, "date_entree")),
                        id)
                .stream()
                .findFirst();
    }

    /** Puts a whole file back into its queue: the same bytes are judged again, or leave again. */
    public void replayFile(Quarantaine entry, String qui, String motif) {
        transactions.run(() -> {
            leave(entry, "REJOUEE", qui, motif);
            boolean leaves = Sens.SORTANT
                    .texte()
                    .equals(jdbc.queryForObject(
                            "select sens from journal where id = ?", String.class, entry.journalId()));
            mark(entry.journalId(), leaves ? Acheminement.A_EMETTRE : Acheminement.RECU);
            FileDAttente.add(
                    jdbc, leaves ? "a_emettre" : "a_traiter", entry.journalId(), entry.operateur(), clock.instant());
        });
    }

    /** A person has decided that nothing more is to be done. */
    public void dismiss(Quarantaine entry, String qui, String motif) {
        transactions.run(() -> {
            leave(entry, "ECARTEE", qui, motif);
            if (entry.messageId() == null) {
                mark(entry.journalId(), Acheminement.ECARTE);
            } else {
                jdbc.update("update message set acheminement = 'ECARTE' where id = ?", entry.messageId());
            }
        });
    }

    /**
     * Notes, inside the caller's transaction, that an entry has left the quarantaine.
     *
     * @throws IllegalStateException if someone else was faster
     */
    public void leave(Quarantaine entry, String statut, String qui, String motif) {
        int left = jdbc.update(
                "update quarantaine set statut = ?, sortie_le = ?, sortie_par = ?, sortie_motif = ? where id = ? and"
                        + " statut = 'OUVERTE'",
                statut,
                JdbcBulk.toJdbc(clock.instant()),
                qui,
                Cles.cut(motif, 500),
                entry.id());
        if (left == 0) {
            throw new IllegalStateException("already left");
        }
        alertes.close(FICHIER_ILLISIBLE, String.valueOf(entry.journalId()));
        alertes.close(DECISION_GAREE, String.valueOf(entry.journalId()));
    }
}
