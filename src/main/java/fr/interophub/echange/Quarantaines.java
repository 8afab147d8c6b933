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
    private final FileDAttente aTraiter;
    private final Alertes alertes;
    private final Transactions transactions;
    private final Clock clock;

    Quarantaines(
            JdbcTemplate jdbc,
            Bulk bulk,
            FileDAttente aTraiter,
            Alertes alertes,
            Transactions transactions,
            Clock clock) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.aTraiter = aTraiter;
        this.alertes = alertes;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Keeps a whole file aside, inside the caller's transaction, and raises an alert: its silence must be seen. */
    void keepFile(Transmission file, String motif, String detail, Long ligne) {
        bulk.insert(List.of(JdbcRegistre.quarantaines(List.of(new Quarantaine(
                Ids.next(),
                file.operateur(),
                file.canal(),
                file.fichier(),
                motif,
                detail,
                ligne,
                file.id(),
                null,
                clock.instant())))));
        mark(file.id(), Acheminement.EN_QUARANTAINE);
        alertes.raise(
                FICHIER_ILLISIBLE,
                file.id().toString(),
                file.operateur(),
                "%s : fichier « %s » mis de côté (%s), aucun AR émis. %s"
                        .formatted(file.operateur(), file.fichier(), motif, detail));
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

    /** Puts a whole file back into the queue: the same bytes are judged again. */
    public void replayFile(Quarantaine entry, String qui, String motif) {
        transactions.run(() -> {
            leave(entry, "REJOUEE", qui, motif);
            mark(entry.journalId(), Acheminement.RECU);
            aTraiter.add(entry.journalId(), entry.operateur());
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
