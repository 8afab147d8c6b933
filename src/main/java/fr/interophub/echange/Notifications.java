package fr.interophub.echange;

import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.echange.Journal.Etiquette;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What must be said to an OC's own service, and what became of it. About one dossier the oldest goes first and alone; dossiers
 * do not wait for each other. No lock is held while a call lasts: a lease is (decisions Order-Per-Dossier, Two-Axes).
 */
public final class Notifications {

    /** The motif under which a refused notification is kept for a person to look at. */
    public static final String REFUS = "REFUS_OC";

    private static final String ALERTE_REFUS = "NOTIFICATION_REFUSEE";
    private static final String ALERTE_GAREE = "NOTIFICATION_GAREE";
    private static final String ALERTE_DESYNCHRO = "DESYNCHRONISATION";

    /** When a parked notification would be due: it waits for a person, and what follows about its dossier waits behind it. */
    private static final Instant JAMAIS = Instant.parse("9999-01-01T00:00:00Z");

    private final FileDAttente file;
    private final Journal journal;
    private final Quarantaines quarantaines;
    private final Alertes alertes;
    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final int essais;

    /**
     * @param file the queue {@code notification_a_emettre}
     * @param essais after how many failures a notification is parked
     */
    Notifications(
            FileDAttente file,
            Journal journal,
            Quarantaines quarantaines,
            Alertes alertes,
            JdbcTemplate jdbc,
            Transactions transactions,
            Clock clock,
            int essais) {
        this.file = file;
        this.journal = journal;
        this.quarantaines = quarantaines;
        this.alertes = alertes;
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.essais = essais;
    }

    /**
     * One of them, claimed.
     *
     * @param flux what is said: the action of the protocol
     * @param champs the fields, by their names in the protocol
     */
    public record Notification(
            Prise prise, UUID messageId, UUID dossierId, String flux, String version, Map<String, String> champs) {

        public String operateur() {
            return prise.operateur();
        }

        /** What it is called on screens. */
        public String nom() {
            return flux + " " + champs.getOrDefault("troubleTicketKey", "");
        }
    }

    /** Those of these operators for whom something may be due. */
    public List<String> due(List<String> operateurs) {
        return file.due(operateurs);
    }

    /** Claims the next that may leave for an operator. */
    public Optional<Notification> next(String operateur) {
        return file.claimOf(operateur)
                .map(prise -> jdbc.queryForObject(
                        "select m.id, m.dossier_id, m.flux, m.version, m.champs from notification_a_emettre n join message m on"
                                + " m.id = n.message_id where n.numero = ?",
                        (row, i) -> new Notification(
                                prise,
                                row.getObject("id", UUID.class),
                                row.getObject("dossier_id", UUID.class),
                                row.getString("flux"),
                                row.getString("version"),
                                Json.read(row.getString("champs"))),
                        prise.numero()));
    }

    /**
     * The envelope that leaves. It is in the journal before it leaves, and leaves again as it left first.
     *
     * @param canal the door
     * @param version the version of the contract it is written in
     * @param written writes it, the first time
     */
    public byte[] envelope(Notification notification, String canal, String version, Supplier<byte[]> written) {
        UUID kept = notification.prise().objetId();
        if (kept != null) {
            try (InputStream bytes = journal.open(kept)) {
                return bytes.readAllBytes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        byte[] bytes = written.get();
        transactions.run(() -> {
            file.renew(notification.prise());
            UUID id = journal.keep(
                            Sens.SORTANT,
                            new Etiquette(
                                    notification.operateur(),
                                    canal,
                                    notification.nom(),
                                    "sav",
                                    notification.flux(),
                                    version),
                            bytes)
                    .id();
            jdbc.update(
                    "update notification_a_emettre set journal_id = ? where numero = ?",
                    id,
                    notification.prise().numero());
            jdbc.update("update message set journal_id = ? where id = ?", id, notification.messageId());
        });
        return bytes;
    }

    /** The OC has accepted it. */
    public void delivered(Notification notification) {
        transactions.run(() -> settle(notification, Acheminement.ACQUITTE));
    }

    /** The OC has taken it, and says that its idea of the ticket is another (code 6): the desk is told. */
    public void desynchronised(Notification notification, String constat) {
        transactions.run(() -> {
            settle(notification, Acheminement.ACQUITTE);
            alertes.raise(
                    ALERTE_DESYNCHRO,
                    notification.dossierId().toString(),
                    notification.operateur(),
                    "%s ne voit pas le ticket dans le même état (%s) : resynchroniser. %s"
                            .formatted(notification.operateur(), notification.nom(), constat));
        });
    }

    /** The OC has refused it for what it says: it is not said again, a person looks at it, what follows goes on. */
    public void refused(Notification notification, String constat) {
        transactions.run(() -> {
            settle(notification, Acheminement.EN_QUARANTAINE);
            Transmission envelope = journal.find(envelopeId(notification)).orElseThrow();
            quarantaines.keepMessage(envelope, notification.messageId(), REFUS, constat);
            alertes.raise(
                    ALERTE_REFUS,
                    notification.messageId().toString(),
                    notification.operateur(),
                    "%s a refusé « %s » : %s".formatted(notification.operateur(), notification.nom(), constat));
        });
    }

    /**
     * It could not be said, or nobody knows whether it was: it is tried again after a growing pause, then parked.
     *
     * @param inconnu true when the OC may have taken it: its answer never came
     */
    public void failed(Notification notification, String constat, boolean inconnu) {
        transactions.run(() -> {
            file.failed(notification.prise(), constat);
            jdbc.update(
                    "update message set acheminement = ? where id = ?",
                    (inconnu ? Acheminement.A_VERIFIER : Acheminement.A_EMETTRE).name(),
                    notification.messageId());
            if (notification.prise().echecs() + 1 >= essais) {
                due(JAMAIS, "numero = ?", notification.prise().numero());
                alertes.raise(
                        ALERTE_GAREE,
                        notification.operateur(),
                        notification.operateur(),
                        "%s : « %s » n'a pu partir après %d essais, et ce qui suit sur ce ticket attend. Dernier constat : %s"
                                .formatted(notification.operateur(), notification.nom(), essais, constat));
            }
        });
    }

    /** The operator's service answers again: what waits for it, parked or not, is due now. */
    public void resume(String operateur) {
        transactions.run(() -> {
            jdbc.update(
                    "update notification_a_emettre set prochaine = ?, echecs = 0 where operateur = ? and pris_jusqua is null",
                    JdbcBulk.toJdbc(clock.instant()),
                    operateur);
            alertes.close(ALERTE_GAREE, operateur);
        });
    }

    /** Says a refused one again, at a person's request, inside the caller's transaction. */
    public void again(Quarantaine entry, String qui, String motif) {
        quarantaines.leave(entry, "REJOUEE", qui, motif);
        jdbc.update(
                "insert into notification_a_emettre (message_id, dossier_id, operateur, prochaine, journal_id) select id,"
                        + " dossier_id, operateur, ?, journal_id from message where id = ?",
                JdbcBulk.toJdbc(clock.instant()),
                entry.messageId());
        jdbc.update("update message set acheminement = 'A_EMETTRE' where id = ?", entry.messageId());
        alertes.close(ALERTE_REFUS, entry.messageId().toString());
    }

    private void due(Instant when, String which, Object... values) {
        Object[] all = new Object[values.length + 1];
        all[0] = JdbcBulk.toJdbc(when);
        System.arraycopy(values, 0, all, 1, values.length);
        jdbc.update(
                "update notification_a_emettre set prochaine = ?, pris_par = null, pris_jusqua = null where " + which,
                all);
    }

    private void settle(Notification notification, Acheminement acheminement) {
        file.end(notification.prise());
        jdbc.update("update message set acheminement = ? where id = ?", acheminement.name(), notification.messageId());
        jdbc.update(
                "update journal set acheminement = ?, termine_le = ? where id = ?",
                acheminement.name(),
                JdbcBulk.toJdbc(clock.instant()),
                envelopeId(notification));
    }

    private UUID envelopeId(Notification notification) {
        return jdbc.queryForObject("select journal_id from message where id = ?", UUID.class, notification.messageId());
    }
}
