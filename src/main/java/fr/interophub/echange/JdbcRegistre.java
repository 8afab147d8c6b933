package fr.interophub.echange;

import fr.interophub.catalogue.Issue;
import fr.interophub.echange.Bulk.Rows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Registre} in the database. */
final class JdbcRegistre implements Registre {

    private static final List<String> DOSSIER = List.of(
            "id",
            "objet",
            "protocole",
            "version",
            "operateur",
            "cle",
            "cle_maj",
            "etat",
            "vie",
            "refs",
            "faits",
            "empreinte",
            "rang",
            "cree_le",
            "modifie_le");
    private static final List<String> MESSAGE = List.of(
            "id",
            "dossier_id",
            "rang",
            "operateur",
            "sens",
            "protocole",
            "flux",
            "version",
            "issue",
            "nature",
            "canal",
            "journal_id",
            "lot_id",
            "sortie_id",
            "ligne",
            "acheminement",
            "etat",
            "demande",
            "date_message",
            "champs",
            "anomalies");

    private static final List<String> QUARANTAINE = List.of(
            "id",
            "operateur",
            "canal",
            "fichier",
            "motif",
            "detail",
            "ligne",
            "journal_id",
            "message_id",
            "date_entree",
            "statut");

    private static final List<String> DEMANDE = List.of("lot_id", "premier", "dernier", "nombre", "si_mode");

    private final JdbcTemplate jdbc;
    private final Bulk bulk;

    JdbcRegistre(JdbcTemplate jdbc, Bulk bulk) {
        this.jdbc = jdbc;
        this.bulk = bulk;
    }

    /** Locked in the order of their identifiers, so that two lots never wait for each other. */
    private static final String HELD = " order by d.id for update";

    @Override
    public Map<String, Dossier> findForUpdate(String operateur, String objet, Collection<String> cles) {
        return find(operateur, objet, cles, HELD);
    }

    @Override
    public Map<String, Dossier> find(String operateur, String objet, Collection<String> cles) {
        return find(operateur, objet, cles, "");
    }

    private Map<String, Dossier> find(String operateur, String objet, Collection<String> cles, String held) {
        String[] upper = cles.stream().map(Cles::upper).distinct().toArray(String[]::new);
        List<UUID> ids = jdbc.query(
                "select t.id " + bulk.among("dossier", "cle_maj") + " t.operateur = ? and t.objet = ?",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("varchar", upper));
                    statement.setString(2, operateur);
                    statement.setString(3, objet);
                },
                (row, i) -> row.getObject(1, UUID.class));
        Map<String, Dossier> found = new HashMap<>();
        read(ids, held).forEach(dossier -> found.put(dossier.cle(), dossier));
        return found;
    }

    @Override
    public List<Dossier> findForUpdate(Collection<UUID> ids) {
        return read(ids, HELD);
    }

    private List<Dossier> read(Collection<UUID> ids, String held) {
        if (ids.isEmpty()) {
            return List.of();
        }
        Object[] distinct = ids.stream().distinct().toArray();
        return jdbc.query(
                "select d.* from unnest(cast(? as uuid array)) as k (v) join dossier d on d.id = k.v" + held,
                statement -> statement.setArray(1, statement.getConnection().createArrayOf("uuid", distinct)),
                (row, i) -> dossier(row));
    }

    @Override
    public List<Dossier> listByReference(String operateur, String objet, String champ, Collection<String> valeurs) {
        if (valeurs.isEmpty()) {
            return List.of();
        }
        Object[] upper = valeurs.stream().map(Cles::upper).distinct().toArray();
        List<UUID> ids = jdbc.query(
                "select t.dossier_id " + bulk.among("reference", "valeur") + " t.champ = ?",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("varchar", upper));
                    statement.setString(2, champ);
                },
                (row, i) -> row.getObject(1, UUID.class));
        return ofOperator(operateur, objet, ids);
    }

    @Override
    public List<Dossier> listByKeyOrReference(String operateur, String objet, String cle, String champ, String valeur) {
        List<UUID> ids = jdbc.query(
                "select id from dossier where cle_maj = ? and operateur = ? and objet = ? union select dossier_id from"
                        + " reference where valeur = ? and champ = ?",
                (row, i) -> row.getObject(1, UUID.class),
                Cles.upper(cle),
                operateur,
                objet,
                Cles.upper(valeur),
                champ);
        return ofOperator(operateur, objet, ids);
    }

    private List<Dossier> ofOperator(String operateur, String objet, Collection<UUID> ids) {
        return read(ids, "").stream()
                .filter(dossier ->
                        dossier.operateur().equals(operateur) && dossier.objet().equals(objet))
                .toList();
    }

    @Override
    public Optional<Dossier> findByReference(String operateur, String objet, String champ, String valeur) {
        return jdbc
                .query(
                        "select d.* from dossier d join reference r on r.dossier_id = d.id where r.valeur = ? and"
                                + " r.champ = ? and d.operateur = ? and d.objet = ? order by d.id desc limit 1 for update",
                        (row, i) -> dossier(row),
                        Cles.upper(valeur),
                        champ,
                        operateur,
                        objet)
                .stream()
                .findFirst();
    }

    @Override
    public Optional<Dossier> findForUpdate(UUID id) {
        return jdbc.query("select * from dossier where id = ? for update", (row, i) -> dossier(row), id).stream()
                .findFirst();
    }

    @Override
    public Optional<Message> findMessage(UUID id) {
        return jdbc.query("select * from message where id = ?", (row, i) -> message(row), id).stream()
                .findFirst();
    }

    @Override
    public Optional<Message> findFirst(UUID dossierId, String flux) {
        return jdbc
                .query(
                        "select * from message where dossier_id = ? and flux = ? and nature is null order by rang limit 1",
                        (row, i) -> message(row),
                        dossierId,
                        flux)
                .stream()
                .findFirst();
    }

    @Override
    public List<Message> list(UUID dossierId, Collection<String> flux) {
        return jdbc.query(
                "select * from message where dossier_id = ? and nature is null and flux = any(?) order by rang",
                statement -> {
                    statement.setObject(1, dossierId);
                    statement.setArray(2, statement.getConnection().createArrayOf("varchar", flux.toArray()));
                },
                (row, i) -> message(row));
    }

    @Override
    public List<Message> list(Collection<UUID> dossierIds, Collection<String> flux) {
        if (dossierIds.isEmpty()) {
            return List.of();
        }
        return jdbc.query(
                "select m.* from unnest(cast(? as uuid array)) as k (v) join message m on m.dossier_id = k.v"
                        + " where m.nature is null and m.flux = any(?) order by m.dossier_id, m.rang",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("uuid", dossierIds.toArray()));
                    statement.setArray(2, statement.getConnection().createArrayOf("varchar", flux.toArray()));
                },
                (row, i) -> message(row));
    }

    @Override
    public void write(Lot lot) {
        List<Object[]> rows = new ArrayList<>(lot.nouveaux().size());
        for (Dossier dossier : lot.nouveaux()) {
            rows.add(new Object[] {
                dossier.id(),
                dossier.objet(),
                dossier.protocole(),
                dossier.version(),
                dossier.operateur(),
                dossier.cle(),
                Cles.upper(dossier.cle()),
                dossier.etat(),
                dossier.vie(),
                Json.write(dossier.references()),
                Json.write(dossier.faits()),
                dossier.empreinte(),
                dossier.rang(),
                dossier.creeLe(),
                dossier.modifieLe()
            });
        }
        updateDossiers(lot.modifies());
        bulk.insert(List.of(
                new Rows("dossier", DOSSIER, rows),
                new Rows("message", MESSAGE, messageRows(lot.messages())),
                new Rows("reference", List.of("valeur", "dossier_id", "champ"), references(lot)),
                new Rows("demande_a_numeroter", DEMANDE, demande(lot)),
                quarantaines(lot.quarantaines())));
        writeSorties(lot);
    }

    private void updateDossiers(Collection<Dossier> dossiers) {
        if (dossiers.isEmpty()) {
            return;
        }
        jdbc.batchUpdate(
                "update dossier set etat = ?, vie = ?, refs = ?, faits = ?, rang = ?, modifie_le = ? where id = ?",
                dossiers,
                dossiers.size(),
                (statement, dossier) -> {
                    statement.setString(1, dossier.etat());
                    statement.setString(2, dossier.vie());
                    statement.setString(3, Json.write(dossier.references()));
                    statement.setString(4, Json.write(dossier.faits()));
                    statement.setInt(5, dossier.rang());
                    statement.setObject(6, JdbcBulk.toJdbc(dossier.modifieLe()));
                    statement.setObject(7, dossier.id());
                });
    }

    private static List<Object[]> messageRows(List<Message> messages) {
        List<Object[]> rows = new ArrayList<>(messages.size());
        for (Message m : messages) {
            rows.add(new Object[] {
                m.id(),
                m.dossierId(),
                m.rang(),
                m.operateur(),
                m.sens().texte(),
                m.protocole(),
                m.flux(),
                m.version(),
                name(m.issue()),
                name(m.nature()),
                m.canal(),
                m.journalId(),
                m.lotId(),
                m.sortieId(),
                m.ligne(),
                name(m.acheminement()),
                m.etat(),
                m.demande(),
                m.date(),
                m.champs(),
                m.anomalies()
            });
        }
        return rows;
    }

    private static String name(Enum<?> value) {
        return value == null ? null : value.name();
    }

    /** A reference may come back, or come in other letters: the dossier is found by it already. */
    private List<Object[]> references(Lot lot) {
        Set<Lot.Reference> news = new LinkedHashSet<>();
        for (Lot.Reference reference : lot.references()) {
            news.add(new Lot.Reference(Cles.upper(reference.valeur()), reference.dossierId(), reference.champ()));
        }
        Set<UUID> modified = lot.modifies().stream().map(Dossier::id).collect(Collectors.toSet());
        List<Lot.Reference> maybeKnown = news.stream()
                .filter(reference -> modified.contains(reference.dossierId()))
                .toList();
        if (!maybeKnown.isEmpty()) {
            news.removeAll(known(maybeKnown));
        }
        List<Object[]> rows = new ArrayList<>(news.size());
        for (Lot.Reference reference : news) {
            rows.add(new Object[] {reference.valeur(), reference.dossierId(), reference.champ()});
        }
        return rows;
    }

    private Set<Lot.Reference> known(List<Lot.Reference> references) {
        Object[] values =
                references.stream().map(Lot.Reference::valeur).distinct().toArray();
        Object[] dossiers =
                references.stream().map(Lot.Reference::dossierId).distinct().toArray();
        Set<Lot.Reference> known = new HashSet<>();
        jdbc.query(
                "select t.valeur, t.dossier_id, t.champ " + bulk.among("reference", "valeur")
                        + " t.dossier_id = any(?)",
                statement -> {
                    statement.setArray(1, statement.getConnection().createArrayOf("varchar", values));
                    statement.setArray(2, statement.getConnection().createArrayOf("uuid", dossiers));
                },
                row -> {
                    known.add(new Lot.Reference(row.getString(1), row.getObject(2, UUID.class), row.getString(3)));
                });
        return known;
    }

    private void writeSorties(Lot lot) {
        UUID heard = lot.messages().stream()
                .filter(message -> message.sens() == Sens.ENTRANT)
                .map(Message::journalId)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        for (Lot.Sortie sortie : lot.sorties()) {
            jdbc.update(
                    "insert into ligne_a_emettre (sortie_id, operateur, protocole, flux, version, dossier_id, nombre,"
                            + " entete, contenu, cree_le, reponse_a) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    sortie.id(),
                    sortie.operateur(),
                    sortie.protocole(),
                    sortie.flux(),
                    sortie.version(),
                    sortie.dossierId(),
                    sortie.nombre(),
                    sortie.entete(),
                    sortie.contenu().toString(),
                    JdbcBulk.toJdbc(lot.messages().get(0).date()),
                    heard);
        }
    }

    /** What the SI must be told is numbered once it is committed: a row tells which messages of the lot. */
    private static List<Object[]> demande(Lot lot) {
        Message first = null;
        Message last = null;
        int count = 0;
        for (Message message : lot.messages()) {
            if (message.demande()) {
                first = first == null ? message : first;
                last = message;
                count++;
            }
        }
        return count == 0
                ? List.of()
                : List.<Object[]>of(new Object[] {lot.id(), first.id(), last.id(), count, lot.siMode()});
    }

    static Rows quarantaines(List<Quarantaine> entries) {
        List<Object[]> rows = new ArrayList<>(entries.size());
        for (Quarantaine entry : entries) {
            rows.add(new Object[] {
                entry.id(),
                entry.operateur(),
                entry.canal(),
                entry.fichier(),
                entry.motif(),
                Cles.cut(entry.detail(), 2000),
                entry.ligne(),
                entry.journalId(),
                entry.messageId(),
                entry.date(),
                "OUVERTE"
            });
        }
        return new Rows("quarantaine", QUARANTAINE, rows);
    }

    static Dossier dossier(ResultSet row) throws SQLException {
        return new Dossier(
                row.getObject("id", UUID.class),
                row.getString("objet"),
                row.getString("protocole"),
                row.getString("version"),
                row.getString("operateur"),
                row.getString("cle"),
                row.getString("empreinte"),
                instant(row, "cree_le"),
                row.getString("etat"),
                row.getString("vie"),
                row.getInt("rang"),
                instant(row, "modifie_le"),
                Json.read(row.getString("refs")),
                Json.read(row.getString("faits")));
    }

    static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getObject("id", UUID.class),
                row.getObject("dossier_id", UUID.class),
                row.getInt("rang"),
                row.getString("operateur"),
                Sens.valueOf(row.getString("sens").toUpperCase()),
                row.getString("protocole"),
                row.getString("flux"),
                row.getString("version"),
                value(Issue.class, row.getString("issue")),
                value(Message.Nature.class, row.getString("nature")),
                row.getString("canal"),
                row.getObject("journal_id", UUID.class),
                row.getObject("lot_id", UUID.class),
                row.getObject("sortie_id", UUID.class),
                row.getInt("ligne"),
                value(Acheminement.class, row.getString("acheminement")),
                row.getString("etat"),
                row.getBoolean("demande"),
                instant(row, "date_message"),
                row.getString("champs"),
                row.getString("anomalies"));
    }

    private static <E extends Enum<E>> E value(Class<E> type, String name) {
        return name == null ? null : Enum.valueOf(type, name);
    }

    static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime date = row.getObject(column, OffsetDateTime.class);
        return date == null ? null : date.toInstant();
    }
}
