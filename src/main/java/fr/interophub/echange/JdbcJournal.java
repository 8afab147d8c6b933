package fr.interophub.echange;

import fr.interophub.Empreinte;
import fr.interophub.echange.Bulk.Rows;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Journal} in the database, the bytes in slices of {@value #SLICE}: memory does not grow with the file. */
final class JdbcJournal implements Journal {

    static final int SLICE = 256 * 1024;

    private static final List<String> JOURNAL = List.of(
            "id",
            "sens",
            "operateur",
            "canal",
            "fichier",
            "sha256",
            "taille",
            "protocole",
            "flux",
            "version",
            "lignes",
            "lignes_faites",
            "acheminement",
            "doublon_de",
            "date_journal",
            "termine_le");

    private final JdbcTemplate jdbc;
    private final Bulk bulk;
    private final Transactions transactions;
    private final Clock clock;

    JdbcJournal(JdbcTemplate jdbc, Bulk bulk, Transactions transactions, Clock clock) {
        this.jdbc = jdbc;
        this.bulk = bulk;
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public Transmission receive(String operateur, String canal, String fichier, InputStream bytes) throws IOException {
        try {
            return transactions.run(() -> receiveInTransaction(operateur, canal, Cles.cut(fichier, 1024), bytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Bytes that have been written.
     *
     * @param reste the last slice, to be written with the rest: most messages have no other
     */
    private record Ecrit(String sha256, long taille, Rows reste) {}

    private Ecrit write(UUID id, InputStream bytes) {
        MessageDigest digest = Empreinte.digest();
        long size = 0;
        List<Object[]> last = List.of();
        try {
            int rang = 0;
            for (byte[] slice = bytes.readNBytes(SLICE); slice.length > 0; slice = bytes.readNBytes(SLICE)) {
                digest.update(slice);
                size += slice.length;
                bulk.insert(List.of(contents(last)));
                last = List.<Object[]>of(new Object[] {id, rang++, slice});
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ecrit(Empreinte.hex(digest), size, contents(last));
    }

    private Transmission receiveInTransaction(String operateur, String canal, String fichier, InputStream bytes) {
        UUID id = Ids.next();
        Ecrit ecrit = write(id, bytes);
        String sha256 = ecrit.sha256();
        Optional<UUID> known = findTaken(operateur, sha256);
        known.ifPresent(first -> jdbc.update("delete from contenu where journal_id = ?", id));
        Transmission transmission = new Transmission(
                id,
                Sens.ENTRANT,
                operateur,
                canal,
                fichier,
                sha256,
                ecrit.taille(),
                null,
                null,
                null,
                null,
                0,
                Acheminement.RECU,
                known.orElse(null),
                clock.instant(),
                known.isPresent() ? clock.instant() : null);
        bulk.insert(known.isEmpty() ? List.of(ecrit.reste(), row(transmission)) : List.of(row(transmission)));
        if (known.isEmpty()) {
            FileDAttente.add(jdbc, "a_traiter", id, operateur, transmission.date());
        }
        return transmission;
    }

    private Optional<UUID> findTaken(String operateur, String sha256) {
        return jdbc
                .queryForList(
                        "select id from journal where operateur = ? and sha256 = ? and sens = 'entrant' and"
                                + " acheminement = 'RECU' and doublon_de is null",
                        UUID.class,
                        operateur,
                        sha256)
                .stream()
                .findFirst();
    }

    @Override
    public Transmission keep(Sens sens, Etiquette etiquette, byte[] bytes) {
        return kept(sens, etiquette, new ByteArrayInputStream(bytes));
    }

    @Override
    public Transmission keep(Sens sens, Etiquette etiquette, InputStream bytes) throws IOException {
        try {
            return transactions.run(() -> kept(sens, etiquette, bytes));
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Transmission kept(Sens sens, Etiquette etiquette, InputStream bytes) {
        Acheminement acheminement = sens == Sens.ENTRANT ? Acheminement.ACQUITTE : Acheminement.A_EMETTRE;
        return keep(sens, etiquette, 1, acheminement, bytes);
    }

    @Override
    public Transmission emit(Etiquette etiquette, int lignes, byte[] bytes) {
        Transmission transmission =
                keep(Sens.SORTANT, etiquette, lignes, Acheminement.A_EMETTRE, new ByteArrayInputStream(bytes));
        FileDAttente.add(jdbc, "a_emettre", transmission.id(), transmission.operateur(), transmission.date());
        return transmission;
    }

    private Transmission keep(
            Sens sens, Etiquette etiquette, int lignes, Acheminement acheminement, InputStream bytes) {
        UUID id = Ids.next();
        Ecrit ecrit = write(id, bytes);
        Instant now = clock.instant();
        Transmission transmission = new Transmission(
                id,
                sens,
                etiquette.operateur(),
                etiquette.canal(),
                Cles.cut(etiquette.fichier(), 1024),
                ecrit.sha256(),
                ecrit.taille(),
                etiquette.protocole(),
                etiquette.flux(),
                etiquette.version(),
                (long) lignes,
                0,
                acheminement,
                null,
                now,
                acheminement == Acheminement.ACQUITTE ? now : null);
        bulk.insert(List.of(ecrit.reste(), row(transmission)));
        return transmission;
    }

    private static Rows contents(List<Object[]> slices) {
        return new Rows("contenu", List.of("journal_id", "rang", "octets"), slices);
    }

    private static Rows row(Transmission t) {
        return new Rows("journal", JOURNAL, List.<Object[]>of(new Object[] {
            t.id(),
            t.sens().texte(),
            t.operateur(),
            t.canal(),
            t.fichier(),
            t.sha256(),
            t.taille(),
            t.protocole(),
            t.flux(),
            t.version(),
            t.lignes(),
            t.lignesFaites(),
            t.acheminement().name(),
            t.doublonDe(),
            t.date(),
            t.termineLe()
        }));
    }

    @Override
    public Optional<Transmission> find(UUID id) {
        return jdbc.query("select * from journal where id = ?", (row, i) -> transmission(row), id).stream()
                .findFirst();
    }

    @Override
    public InputStream open(UUID id) {
        // A copy taken twice keeps the bytes of the first.
        UUID first = find(id).map(Transmission::doublonDe).orElse(id);
        return new Slices(first);
    }

    static Transmission transmission(ResultSet row) throws SQLException {
        return new Transmission(
                row.getObject("id", UUID.class),
                Sens.valueOf(row.getString("sens").toUpperCase()),
                row.getString("operateur"),
                row.getString("canal"),
                row.getString("fichier"),
                row.getString("sha256"),
                row.getLong("taille"),
                row.getString("protocole"),
                row.getString("flux"),
                row.getString("version"),
                row.getObject("lignes", Long.class),
                row.getLong("lignes_faites"),
                Acheminement.valueOf(row.getString("acheminement")),
                row.getObject("doublon_de", UUID.class),
                JdbcRegistre.instant(row, "date_journal"),
                JdbcRegistre.instant(row, "termine_le"));
    }

    /** Reads one slice after the other, each by a query of its own: no transaction stays open meanwhile. */
    private final class Slices extends InputStream {

        private final UUID id;
        private int rang;
        private ByteArrayInputStream slice = new ByteArrayInputStream(new byte[0]);

        private Slices(UUID id) {
            this.id = id;
        }

        private boolean more() {
            while (slice.available() == 0) {
                List<byte[]> next = jdbc.queryForList(
                        "select octets from contenu where journal_id = ? and rang = ?", byte[].class, id, rang);
                if (next.isEmpty()) {
                    return false;
                }
                slice = new ByteArrayInputStream(next.get(0));
                rang++;
            }
            return true;
        }

        @Override
        public int read() {
            return more() ? slice.read() : -1;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            return length == 0 ? 0 : more() ? slice.read(target, offset, length) : -1;
        }
    }
}
