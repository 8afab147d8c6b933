package fr.interophub.echange;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A queue of transmissions, « à traiter » or « à émettre »: for each operator the oldest first, one at a time, on any
 * number of nodes. A claim is a short transaction that writes a lease under SKIP LOCKED; the work itself holds no lock;
 * an operator whose oldest entry waits for its next try delays only itself (decisions Journal-First, Order-Per-Dossier).
 */
public final class FileDAttente {

    private static final Duration BAIL = Duration.ofSeconds(60);
    private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
    private static final String FREE = " q.prochaine <= ? and (q.pris_jusqua is null or q.pris_jusqua < ?)";

    /**
     * A claimed entry.
     *
     * @param objetId what is queued: a transmission of the journal or, where the table says so, a message
     * @param echecs how many times it has failed before
     * @param prisPar the claim's own name: only its holder renews or ends it
     */
    public record Prise(long numero, UUID objetId, String operateur, int echecs, String prisPar) {}

    private final String table;
    private final String rang;
    private final String objet;
    private final String noeud;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;

    /**
     * @param noeud the name of this node, kept over restarts: what it held when it was killed is free at once
     */
    FileDAttente(String table, String noeud, JdbcTemplate jdbc, Transactions transactions, Clock clock) {
        this(table, "operateur", "journal_id", noeud, jdbc, transactions, clock);
    }

    /**
     * @param rang the column whose entries go one after the other; entries without it wait for none
     * @param objet the column that says what is queued
     */
    FileDAttente(
            String table,
            String rang,
            String objet,
            String noeud,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock) {
        this.table = table;
        this.rang = rang;
        this.objet = objet;
        this.noeud = noeud;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Frees what this node held in a former life. */
    public void release() {
        jdbc.update("update " + table + " set pris_par = null, pris_jusqua = null where pris_par like ?", noeud + ":%");
    }

    /** Claims the oldest entry that may go now, if any. */
    public Optional<Prise> claim() {
        return claim(List.of());
    }

    /**
     * The same, leaving some operators' entries where they are.
     *
     * @param sauf their codes
     */
    public Optional<Prise> claim(List<String> sauf) {
        return claim(
                sauf.isEmpty()
                        ? ""
                        : " and q.operateur not in (" + String.join(", ", Collections.nCopies(sauf.size(), "?")) + ")",
                sauf);
    }

    /** The same, of one operator: what waits for the others is not even looked at. */
    Optional<Prise> claimOf(String operateur) {
        return claim(" and q.operateur = ?", List.of(operateur));
    }

    private Optional<Prise> claim(String condition, List<String> values) {
        return transactions.run(() -> {
            Instant now = clock.instant();
            List<Object> all = new ArrayList<>(List.of(JdbcBulk.toJdbc(now), JdbcBulk.toJdbc(now)));
            all.addAll(values);
            Optional<Prise> head = jdbc
                    .query(
                            "select q.* from " + table + " q where" + FREE + " and not exists (select 1 from " + table
                                    + " older where older." + rang + " = q." + rang + " and older.numero < q.numero)"
                                    + condition + " order by q.prochaine, q.numero limit 1 for update skip locked",
                            (row, i) -> prise(row),
                            all.toArray())
                    .stream()
                    .findFirst();
            head.ifPresent(prise -> jdbc.update(
                    "update " + table + " set pris_par = ?, pris_jusqua = ? where numero = ?",
                    prise.prisPar(),
                    JdbcBulk.toJdbc(now.plus(BAIL)),
                    prise.numero()));
            return head;
        });
    }

    /** Those of these operators for whom something may be due. */
    List<String> due(List<String> operateurs) {
        Object now = JdbcBulk.toJdbc(clock.instant());
        return jdbc.query(
                "select k.v from unnest(cast(? as varchar array)) as k (v) where exists (select 1 from " + table
                        + " q where q.operateur = k.v and" + FREE + ")",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("varchar", operateurs.toArray()));
                    statement.setObject(2, now);
                    statement.setObject(3, now);
                },
                (row, i) -> row.getString(1));
    }

    private Prise prise(ResultSet row) throws SQLException {
        return new Prise(
                row.getLong("numero"),
                row.getObject(objet, UUID.class),
                row.getString("operateur"),
                row.getInt("echecs"),
                noeud + ":" + Ids.next());
    }

    /**
     * Holds the claim for another while, inside the caller's transaction.
     *
     * @throws PrisePerdue if the lease ran out and another node has taken the entry
     */
    public void renew(Prise prise) {
        int held = jdbc.update(
                "update " + table + " set pris_jusqua = ? where numero = ? and pris_par = ?",
                JdbcBulk.toJdbc(clock.instant().plus(BAIL)),
                prise.numero(),
                prise.prisPar());
        if (held == 0) {
            throw new PrisePerdue(table + " " + prise.numero());
        }
    }

    /** Takes the entry out of the queue, inside the caller's transaction. */
    public void end(Prise prise) {
        if (jdbc.update("delete from " + table + " where numero = ? and pris_par = ?", prise.numero(), prise.prisPar())
                == 0) {
            throw new PrisePerdue(table + " " + prise.numero());
        }
    }

    /** Gives the entry back after a failure; it is tried again after a growing pause, with jitter, of 5 minutes at most. */
    public void failed(Prise prise, String erreur) {
        long pause = Math.min(PAUSE_MAX.toMillis(), 1000L << Math.min(prise.echecs(), 12));
        Instant next = clock.instant()
                .plusMillis(pause / 2 + ThreadLocalRandom.current().nextLong(pause / 2 + 1));
        jdbc.update(
                "update " + table
                        + " set echecs = echecs + 1, prochaine = ?, erreur = ?, pris_par = null, pris_jusqua = null"
                        + " where numero = ? and pris_par = ?",
                JdbcBulk.toJdbc(next),
                Cles.cut(String.valueOf(erreur), 1000),
                prise.numero(),
                prise.prisPar());
    }

    /** Puts a transmission (back) into the queue, inside the caller's transaction. */
    public void add(UUID journalId, String operateur) {
        add(jdbc, table, journalId, operateur, clock.instant());
    }

    /** The same, for the journal, which writes a transmission and queues it at once. */
    static void add(JdbcTemplate jdbc, String table, UUID journalId, String operateur, Instant now) {
        jdbc.update(
                "insert into " + table + " (journal_id, operateur, prochaine) values (?, ?, ?)",
                journalId,
                operateur,
                JdbcBulk.toJdbc(now));
    }

    /** The lease ran out: what this holder was doing must not take effect. */
    public static final class PrisePerdue extends RuntimeException {
        PrisePerdue(String what) {
            super(what);
        }
    }
}
