package fr.interophub.si;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Json;
import fr.interophub.echange.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The demandes, in the order of their numbers. Lots of messages are numbered after their commit by whichever node holds
 * the counter, so a cursor never skips one that committed late; nothing is copied: a demande is read from its message.
 */
public final class Demandes {

    /** The mode in which the SI comes and reads. */
    public static final String REST = "rest";

    /** The mode in which the hub calls the SI: {@link Livraisons}. */
    static final String WEBHOOK = "webhook";

    /** How the SI may be met, in this version. */
    public static final Set<String> MODES = Collections.unmodifiableSet(new TreeSet<>(Set.of(REST, "jms", WEBHOOK)));

    /** The lot that holds the cursor's successor, or the first one after it, and what follows. */
    private static final String APRES =
            "si_mode = ? and premier_numero + nombre - 1 > ? and premier_numero >= coalesce((select max(premier_numero) from"
                    + " demande_lot where premier_numero <= ?), 0)";

    private static final int LOTS_PER_RUN = 500;
    private static final Duration BAIL = Duration.ofSeconds(30);
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final JdbcTemplate jdbc;
    private final Transactions transactions;
    private final Clock clock;
    private final Catalogue catalogue;
    private final String version;

    /**
     * @param version the one that the SI speaks
     */
    Demandes(JdbcTemplate jdbc, Transactions transactions, Clock clock, Catalogue catalogue, String version) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.clock = clock;
        this.catalogue = catalogue;
        this.version = version;
    }

    /**
     * A page of demandes.
     *
     * @param curseur what to give to read on; an opaque text
     */
    public record Liste(List<Demande> demandes, String curseur) {}

    private record LotNumerote(long premierNumero, UUID lotId, UUID premier, UUID dernier, int nombre, String siMode) {}

    /**
     * Numbers what has been committed since; one node at a time.
     *
     * @return how many lots were numbered
     */
    public int number() {
        return transactions.run(() -> {
            List<Long> last = jdbc.queryForList(
                    "select valeur from compteur where nom = 'demande' for update skip locked", Long.class);
            if (last.isEmpty()) {
                return 0;
            }
            long next = last.get(0) + 1;
            List<Object[]> numbered = new ArrayList<>();
            List<Object[]> done = new ArrayList<>();
            List<Object[]> carried = new ArrayList<>();
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            for (var lot : jdbc.queryForList(
                    "select numero, lot_id, premier, dernier, nombre, si_mode from demande_a_numeroter order by numero"
                            + " limit " + LOTS_PER_RUN)) {
                numbered.add(new Object[] {
                    next,
                    lot.get("lot_id"),
                    lot.get("premier"),
                    lot.get("dernier"),
                    lot.get("nombre"),
                    lot.get("si_mode"),
                    lot.get("premier")
                });
                done.add(new Object[] {lot.get("numero")});
                if (WEBHOOK.equals(lot.get("si_mode"))) {
                    carried.add(new Object[] {now, lot.get("premier"), lot.get("dernier"), lot.get("lot_id")});
                }
                next += ((Number) lot.get("nombre")).intValue();
            }
            if (numbered.isEmpty()) {
                return 0;
            }
            jdbc.batchUpdate(
                    "insert into demande_lot (premier_numero, lot_id, premier, dernier, nombre, si_mode, operateur) values"
                            + " (?, ?, ?, ?, ?, ?, (select operateur from message where id = ?))",
                    numbered);
            jdbc.batchUpdate("delete from demande_a_numeroter where numero = ?", done);
            // What the hub carries to the SI itself waits one by one, in the order of the numbers.
            jdbc.batchUpdate(
                    "insert into demande_a_livrer (message_id, dossier_id, operateur, prochaine) select id, dossier_id,"
                            + " operateur, ? from message where id between ? and ? and lot_id = ? and demande = true"
                            + " order by id",
                    carried);
            jdbc.update("update compteur set valeur = ? where nom = 'demande'", next - 1);
            return numbered.size();
        });
    }

    /**
     * The demandes of the SI that reads by REST, in order; the same cursor gives the same demandes again.
     *
     * @param apres a cursor, or null to begin
     * @throws IllegalArgumentException if the cursor is not one of ours
     */
    public Liste list(String apres, int max) {
        return list(REST, apres, max);
    }

    /**
     * The demandes of one mode, those too that the SI has been told already by another door than this one.
     *
     * @param mode one of {@link #MODES}
     */
    public Liste list(String mode, String apres, int max) {
        long after = apres == null || apres.isBlank() ? 0 : parse(apres);
        if (mode.equals(REST)) {
            heard(after);
        }
        return read(mode, after, max);
    }

    /** A cursor that comes back says that what it follows has been read; going back to read again takes nothing away. */
    private void heard(long cursor) {
        jdbc.update(
                "update compteur set valeur = ? where nom = 'demande.rest' and valeur < ? and ? <= (select d.valeur from"
                        + " compteur d where d.nom = 'demande')",
                cursor,
                cursor,
                cursor);
    }

    /**
     * What a mode has still to carry.
     *
     * @param nombre by REST: what the SI has not come back for with a cursor beyond it
     * @param depuis since when the oldest waits; null when none does
     */
    public record Arriere(String mode, long nombre, Instant depuis) {}

    /** What waits now, mode by mode; told from the rows of lots, whatever the number of demandes in them. */
    public List<Arriere> arrieres() {
        return MODES.stream().map(this::arriere).toList();
    }

    private Arriere arriere(String mode) {
        Arriere committed = count(mode, "sum(nombre)", "premier", "demande_a_numeroter where si_mode = ?", mode);
        Arriere numbered;
        if (mode.equals(WEBHOOK)) {
            numbered = count(mode, "count(*)", "message_id", "demande_a_livrer");
        } else {
            long read = read(mode);
            numbered = count(
                    mode,
                    "sum(premier_numero + nombre - 1 - greatest(%1$d, premier_numero - 1)) - (select count(*) from demande_deplacee p where p.si_mode = '%2$s' and p.numero > %1$d)"
                            .formatted(read, mode),
                    "premier",
                    "demande_lot where " + APRES,
                    mode,
                    read,
                    read);
        }
        return new Arriere(
                mode,
                committed.nombre() + numbered.nombre(),
                numbered.nombre() == 0 ? committed.depuis() : numbered.depuis());
    }

    /** The last demande that the SI is known to have by a mode that says them in the order of their numbers. */
    long read(String mode) {
        return jdbc.queryForObject("select valeur from compteur where nom = ?", Long.class, "demande." + mode);
    }

    /** Messages have identifiers in the order of time, so that the least is the oldest. */
    private Arriere count(String mode, String nombre, String message, String from, Object... values) {
        return jdbc.queryForObject(
                ("select t.nombre, m.date_message from (select coalesce(%s, 0) as nombre, min(cast(%s as varchar)) as"
                                + " premier from %s) t left join message m on m.id = cast(t.premier as uuid)")
                        .formatted(nombre, message, from),
                (row, i) -> {
                    OffsetDateTime oldest = row.getObject(2, OffsetDateTime.class);
                    return new Arriere(mode, row.getLong(1), oldest == null ? null : oldest.toInstant());
                },
                values);
    }

    private static long parse(String cursor) {
        try {
            return Long.parseLong(cursor.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("curseur inconnu : " + cursor, e);
        }
    }

    private Liste read(String mode, long after, int max) {
        List<Demande> demandes = new ArrayList<>();
        long cursor = after;
        while (demandes.size() < max) {
            Optional<LotNumerote> lot = nextLot(mode, cursor);
            if (lot.isEmpty()) {
                break;
            }
            long from = Math.max(cursor + 1, lot.get().premierNumero());
            List<Optional<Demande>> some =
                    demandes(lot.get(), (int) (from - lot.get().premierNumero()), max - demandes.size());
            some.forEach(one -> one.ifPresent(demandes::add));
            // A lot whose messages are gone is passed over, never asked for ever.
            cursor = some.isEmpty() ? lot.get().premierNumero() + lot.get().nombre() - 1 : from + some.size() - 1;
        }
        return new Liste(demandes, Long.toString(cursor));
    }

    private Optional<LotNumerote> nextLot(String mode, long after) {
        return jdbc
                .query(
                        "select * from demande_lot where " + APRES + " order by premier_numero limit 1",
                        (row, i) -> new LotNumerote(
                                row.getLong("premier_numero"),
                                row.getObject("lot_id", UUID.class),
                                row.getObject("premier", UUID.class),
                                row.getObject("dernier", UUID.class),
                                row.getInt("nombre"),
                                row.getString("si_mode")),
                        mode,
                        after,
                        after)
                .stream()
                .findFirst();
    }

    /** One for each number; empty where a person has handed the demande to another mode ({@link DemandesEnVol}). */
    private List<Optional<Demande>> demandes(LotNumerote lot, int offset, int max) {
        long from = lot.premierNumero() + offset;
        Set<Long> moved = Set.copyOf(jdbc.queryForList(
                "select numero from demande_deplacee where numero between ? and ?", Long.class, from, from + max - 1));
        return jdbc.query(
                "select * from message where id between ? and ? and lot_id = ? and demande = true order by id offset ?"
                        + " rows fetch first ? rows only",
                (row, i) -> moved.contains(from + i) ? Optional.empty() : Optional.of(demande(row)),
                lot.premier(),
                lot.dernier(),
                lot.lotId(),
                offset,
                max);
    }

    /** The demande that a message is. */
    Demande get(UUID messageId) {
        return jdbc.queryForObject("select * from message where id = ?", (row, i) -> demande(row), messageId);
    }

    private Demande demande(ResultSet row) throws SQLException {
        return translate(new Demande(
                row.getString("id"),
                paris(row.getObject("date_message", OffsetDateTime.class)),
                row.getString("operateur"),
                row.getString("protocole"),
                row.getString("version"),
                row.getString("flux"),
                row.getString("dossier_id"),
                row.getString("etat"),
                Json.read(row.getString("champs"))));
    }

    static OffsetDateTime paris(OffsetDateTime date) {
        return date.atZoneSameInstant(PARIS).toOffsetDateTime();
    }

    /** What an OC has said in another version, as the SI speaks; what is lost was told on the message when it was taken. */
    private Demande translate(Demande said) {
        if (said.version().equals(version)) {
            return said;
        }
        return catalogue
                .find(said.protocole(), version)
                .flatMap(page -> page.findFeuille(said.flux()))
                .map(sheet -> said.in(
                        version,
                        catalogue
                                .page(said.protocole(), said.version())
                                .feuille(said.flux())
                                .ligne(0, said.champs())
                                .traduire(sheet)
                                .ligne()
                                .champs()))
                .orElse(said);
    }

    /** A claim on what is published by JMS. */
    public record Publication(List<Demande> demandes, long jusqua, String prisPar) {}

    /** Claims the demandes that the SI must be sent by JMS; no lock is held while they are sent. */
    public Optional<Publication> nextToPublish(int max) {
        String me = UUID.randomUUID().toString();
        Instant now = clock.instant();
        Long last = transactions.run(() -> {
            List<Long> value = jdbc.queryForList(
                    "select valeur from compteur where nom = 'demande.jms' and (pris_jusqua is null or pris_jusqua < ?)"
                            + " for update skip locked",
                    Long.class,
                    now.atOffset(ZoneOffset.UTC));
            if (value.isEmpty()) {
                return null;
            }
            jdbc.update(
                    "update compteur set pris_par = ?, pris_jusqua = ? where nom = 'demande.jms'",
                    me,
                    now.plus(BAIL).atOffset(ZoneOffset.UTC));
            return value.get(0);
        });
        if (last == null) {
            return Optional.empty();
        }
        Liste found = read("jms", last, max);
        Publication publication = new Publication(found.demandes(), Long.parseLong(found.curseur()), me);
        if (found.demandes().isEmpty()) {
            published(publication);
            return Optional.empty();
        }
        return Optional.of(publication);
    }

    /** The broker has them; a crash before this sends them again with the same ids. */
    public void published(Publication publication) {
        jdbc.update(
                "update compteur set valeur = ?, pris_par = null, pris_jusqua = null where nom = 'demande.jms' and"
                        + " pris_par = ?",
                publication.jusqua(),
                publication.prisPar());
    }
}
