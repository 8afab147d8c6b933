package fr.interophub.si;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The demandes whose operator has another mode today: they stay with the one they left by, and are in flight until they are
 * answered, or a person moves them. A demande is answered when something was said to the OC about its dossier since, by
 * someone else than the hub in the same transaction; or when the SI has taken it and nothing is owed any more.
 */
public final class DemandesEnVol {

    /** How many lots one page looks into: a mode that was left a year ago has many, all answered. */
    private static final int LOTS = 500;

    private final JdbcTemplate jdbc;
    private final Demandes demandes;
    private final Annuaire annuaire;
    private final Catalogue catalogue;
    private final Transactions transactions;
    private final Clock clock;
    private final String mode;

    /**
     * @param mode how the SI is met when an operator's contract does not say otherwise
     */
    DemandesEnVol(
            JdbcTemplate jdbc,
            Demandes demandes,
            Annuaire annuaire,
            Catalogue catalogue,
            Transactions transactions,
            Clock clock,
            String mode) {
        this.jdbc = jdbc;
        this.demandes = demandes;
        this.annuaire = annuaire;
        this.catalogue = catalogue;
        this.transactions = transactions;
        this.clock = clock;
        this.mode = mode;
    }

    /**
     * A demande in flight.
     *
     * @param numero under which it left: what {@link #move} is given
     * @param mode by which it left
     * @param vers the mode that its operator has today
     * @param prise true when the SI has it, as far as that mode tells
     */
    public record EnVol(
            long numero,
            String id,
            String operateur,
            String mode,
            String vers,
            String flux,
            String dossier,
            OffsetDateTime date,
            boolean prise) {}

    /**
     * A page of them, the newest first.
     *
     * @param suivant what to give as {@code avant} to read on; null at the end
     */
    public record Liste(List<EnVol> demandes, Long suivant) {}

    private record Lot(long premierNumero, UUID lotId, UUID premier, UUID dernier, String mode) {}

    private record Demandee(EnVol enVol, boolean terminal) {

        private boolean waits() {
            return !(enVol.prise() && (enVol.dossier() == null || terminal));
        }
    }

    /**
     * @param avant the number before which the page begins, or null
     */
    public Liste list(Long avant, int max) {
        long before = avant == null ? Long.MAX_VALUE : avant;
        List<Lot> lots = lots(before);
        List<EnVol> found = new ArrayList<>();
        for (Lot lot : lots) {
            for (EnVol one : inFlight(lot, before)) {
                if (found.size() == max) {
                    return new Liste(found, found.get(max - 1).numero());
                }
                found.add(one);
            }
        }
        return new Liste(found, lots.size() < LOTS ? null : lots.get(LOTS - 1).premierNumero());
    }

    /**
     * Hands a demande to the mode that its operator has today, inside the caller's transaction: it leaves again by that one,
     * under the same id, and the mode that it had left by says it no more.
     *
     * @param numero the one under which it had left
     * @return its id; empty when nothing of that number is in flight by a mode that was left
     */
    public Optional<String> move(long numero) {
        return transactions.run(() -> {
            // Two persons move one after the other; the second finds nothing.
            jdbc.queryForList("select valeur from compteur where nom = 'demande.deplacee' for update", Long.class);
            Optional<EnVol> found = lots(numero + 1).stream()
                    .limit(1)
                    .flatMap(lot -> inFlight(lot, numero + 1).stream())
                    .filter(one -> one.numero() == numero)
                    .findFirst();
            found.ifPresent(this::move);
            return found.map(EnVol::id);
        });
    }

    private void move(EnVol one) {
        UUID id = UUID.fromString(one.id());
        jdbc.update(
                "insert into demande_deplacee (numero, message_id, si_mode, vers, deplacee_le) values (?, ?, ?, ?, ?)",
                one.numero(),
                id,
                one.mode(),
                one.vers(),
                clock.instant().atOffset(ZoneOffset.UTC));
        jdbc.update("delete from demande_a_livrer where message_id = ?", id);
        jdbc.update(
                "insert into demande_a_numeroter (lot_id, premier, dernier, nombre, si_mode) select lot_id, id, id, 1,"
                        + " cast(? as varchar) from message where id = ?",
                one.vers(),
                id);
    }

    /** The newest lots that left by a mode which is not their operator's today. */
    private List<Lot> lots(long before) {
        List<String> operateurs = new ArrayList<>();
        List<String> modes = new ArrayList<>();
        for (Operateur operateur : annuaire.list()) {
            for (String left : Demandes.MODES) {
                if (!left.equals(mode(operateur))) {
                    operateurs.add(operateur.code());
                    modes.add(left);
                }
            }
        }
        return jdbc.query(
                "select l.* from unnest(cast(? as varchar array), cast(? as varchar array)) as k (o, m) join demande_lot l"
                        + " on l.operateur = k.o and l.si_mode = k.m where l.premier_numero < ? order by l.premier_numero"
                        + " desc limit " + LOTS,
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("varchar", operateurs.toArray()));
                    statement.setArray(2, statement.getConnection().createArrayOf("varchar", modes.toArray()));
                    statement.setLong(3, before);
                },
                (row, i) -> new Lot(
                        row.getLong("premier_numero"),
                        row.getObject("lot_id", UUID.class),
                        row.getObject("premier", UUID.class),
                        row.getObject("dernier", UUID.class),
                        row.getString("si_mode")));
    }

    private String mode(Operateur operateur) {
        String own = operateur.contrat().siMode();
        return own == null ? mode : own;
    }

    private List<EnVol> inFlight(Lot lot, long before) {
        long read = lot.mode().equals(Demandes.WEBHOOK) ? 0 : demandes.read(lot.mode());
        return jdbc
                .query(
                        "select t.*, d.objet, d.etat as ou, d.version as page, exists (select 1 from demande_a_livrer a where"
                                + " a.message_id = t.id) as a_livrer from (select m.*, cast(? as bigint) + row_number() over (order by m.id)"
                                + " - 1 as numero from message m where m.id between ? and ? and m.lot_id = ? and m.demande ="
                                + " true) t left join dossier d on d.id = t.dossier_id where t.numero < ? and not exists"
                                + " (select 1 from demande_deplacee p where p.numero = t.numero) and not exists (select 1"
                                + " from message r where r.dossier_id = t.dossier_id and r.rang > t.rang and r.sens ="
                                + " 'sortant' and r.nature is null and r.lot_id <> t.lot_id) order by t.numero desc",
                        (row, i) -> demandee(row, lot.mode(), read),
                        lot.premierNumero(),
                        lot.premier(),
                        lot.dernier(),
                        lot.lotId(),
                        before)
                .stream()
                .filter(Demandee::waits)
                .map(Demandee::enVol)
                .toList();
    }

    private Demandee demandee(ResultSet row, String left, long read) throws SQLException {
        long numero = row.getLong("numero");
        String operateur = row.getString("operateur");
        String objet = row.getString("objet");
        return new Demandee(
                new EnVol(
                        numero,
                        row.getString("id"),
                        operateur,
                        left,
                        annuaire.find(operateur).map(this::mode).orElse(mode),
                        row.getString("flux"),
                        row.getString("dossier_id"),
                        Demandes.paris(row.getObject("date_message", OffsetDateTime.class)),
                        left.equals(Demandes.WEBHOOK) ? !row.getBoolean("a_livrer") : numero <= read),
                objet != null
                        && catalogue
                                .page(row.getString("protocole"), row.getString("page"))
                                .terminal(objet, row.getString("ou")));
    }
}
