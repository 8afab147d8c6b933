package fr.interophub.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.echange.Acheminement;
import fr.interophub.echange.Cles;
import fr.interophub.echange.Json;
import fr.interophub.echange.Sens;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The dossiers as the outside reads them. Every list walks an index, newest first, and stops after a page: ten million
 * dossiers are listed as fast as ten.
 */
public final class Dossiers {

    /** Longest page of a list. */
    public static final int MAX = 500;

    /** Page of a list when nothing is asked. */
    public static final int DEFAUT = 50;

    /** Most messages of one dossier told at once. */
    static final int MESSAGES_MAX = 1000;

    private static final String RDV = "IdRdv";

    private final JdbcTemplate jdbc;
    private final Annuaire annuaire;
    private final Catalogue catalogue;
    private final ObjectMapper json;

    Dossiers(JdbcTemplate jdbc, Annuaire annuaire, Catalogue catalogue, ObjectMapper json) {
        this.jdbc = jdbc;
        this.annuaire = annuaire;
        this.catalogue = catalogue;
        this.json = json;
    }

    /**
     * What is looked for; null where it does not matter.
     *
     * @param reference any reference, whole, whatever the case
     * @param confine the operator that the caller's view is confined to
     * @param apres the last dossier of the page before
     */
    public record Recherche(
            String reference, String protocole, String etat, String operateur, String confine, UUID apres, int max) {}

    /**
     * A dossier in a list. The keys are those of the front door.
     *
     * @param vie its life in one line
     * @param references by which it is found, keyed by the protocol's field names
     * @param faits what is remembered beside the state; for the console
     */
    public record Vue(
            UUID id,
            String objet,
            String protocole,
            String version,
            String operateur,
            String etat,
            String vie,
            Map<String, String> references,
            OffsetDateTime creeLe,
            OffsetDateTime modifieLe,
            @JsonIgnore String cle,
            @JsonIgnore Map<String, String> faits) {}

    /**
     * A fault of a message, as it was found on arrival.
     *
     * @param motif the KO motif if it refused the line, else null
     */
    public record AnomalieVue(String champ, String valeur, String regle, String motif, String detail) {}

    /**
     * One message of a dossier.
     *
     * @param fichier the name as dropped, or as sent; null while it waits
     * @param ligne the physical line in that file
     * @param nature told only when the message does not count in the life of the dossier
     * @param anomalies told only when there are some
     */
    public record MessageVue(
            UUID id,
            String sens,
            String flux,
            String issue,
            String canal,
            String fichier,
            Long ligne,
            String acheminement,
            OffsetDateTime date,
            Map<String, String> champs,
            @JsonInclude(JsonInclude.Include.NON_NULL) String nature,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<AnomalieVue> anomalies,
            @JsonIgnore int rang,
            @JsonIgnore String operateur) {}

    /**
     * The messages of a dossier, oldest first.
     *
     * @param suivant the rank to give to read on; null at the end
     */
    public record Messages(List<MessageVue> messages, Integer suivant) {}

    /** A page of dossiers, newest first. */
    public Tranche<Vue> list(Recherche recherche) {
        if (!possible(recherche)) {
            return new Tranche<>(List.of(), null);
        }
        List<Vue> rows = recherche.reference() == null ? walk(recherche) : byReference(recherche);
        Tranche<Vue> page = Tranche.of(rows, recherche.max(), Vue::id);
        return recherche.reference() == null
                ? page
                : new Tranche<>(orderFirst(page.lignes(), recherche), page.suivant());
    }

    /** False when nothing can match, which the store would otherwise take long to find out. */
    private boolean possible(Recherche r) {
        boolean own =
                r.confine() == null || r.operateur() == null || r.confine().equals(r.operateur());
        boolean spoken = r.protocole() == null
                || catalogue.pages().stream().anyMatch(page -> page.protocole().equals(r.protocole()));
        return own
                && spoken
                && Parametres.possible(r.reference())
                && Parametres.possible(r.etat())
                && Parametres.possible(r.operateur());
    }

    /** The filters that a query carries, and their values. */
    private static final class Filtres {
        private final StringBuilder where = new StringBuilder();
        private final List<Object> values = new ArrayList<>();

        private Filtres and(String condition, Object value) {
            if (value != null) {
                where.append(" and ").append(condition);
                values.add(value);
            }
            return this;
        }
    }

    private static Filtres filters(Recherche r, String operateur) {
        return new Filtres()
                .and("d.operateur = ?", operateur)
                .and("d.etat = ?", r.etat())
                .and("d.protocole = ?", r.protocole())
                .and("d.id < ?", r.apres());
    }

    private static String operateur(Recherche r) {
        return r.confine() == null ? r.operateur() : r.confine();
    }

    private List<Vue> walk(Recherche r) {
        String operateur = operateur(r);
        if (operateur == null && r.etat() != null) {
            // The index of states begins with the operator: one short walk each, then the newest of all.
            return Union.newest(
                    jdbc,
                    "select d.* from dossier d where 1 = 1",
                    annuaire.list().stream().map(Operateur::code).toList(),
                    code -> filters(r, code).where.toString(),
                    code -> filters(r, code).values,
                    r.max() + 1,
                    (row, i) -> vue(row));
        }
        Filtres filters = filters(r, operateur);
        filters.values.add(r.max() + 1);
        return jdbc.query(
                "select d.* from dossier d where 1 = 1" + filters.where + " order by d.id desc limit ?",
                (row, i) -> vue(row),
                filters.values.toArray());
    }

    private List<Vue> byReference(Recherche r) {
        Filtres filters = filters(r, operateur(r));
        String key = Cles.upper(r.reference());
        String rest = filters.where + " order by d.id desc limit ?";
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            values.add(key);
            values.addAll(filters.values);
            values.add(r.max() + 1);
        }
        values.add(r.max() + 1);
        return jdbc.query(
                "select d.* from dossier d where d.id in ((select d.id from dossier d where d.cle_maj = ?" + rest
                        + ") union (select distinct d.id from reference r join dossier d on d.id = r.dossier_id where"
                        + " r.valeur = ?" + rest + ")) order by d.id desc limit ?",
                (row, i) -> vue(row),
                values.toArray());
    }

    /** A search by IdRdv lists the order before the appointment that it carries (front door, Reading back). */
    private static List<Vue> orderFirst(List<Vue> page, Recherche r) {
        boolean rdv = page.stream()
                .anyMatch(vue -> r.reference().equalsIgnoreCase(vue.references().get(RDV)));
        if (!rdv) {
            return page;
        }
        return page.stream()
                .sorted(Comparator.comparing(vue -> vue.objet().equals("rdv")))
                .toList();
    }

    /** A dossier; empty if there is none, or if it is another's. */
    public Optional<Vue> find(UUID id, String confine) {
        return jdbc.query("select d.* from dossier d where d.id = ?", (row, i) -> vue(row), id).stream()
                .filter(vue -> confine == null || confine.equals(vue.operateur()))
                .findFirst();
    }

    private static Vue vue(ResultSet row) throws SQLException {
        return new Vue(
                row.getObject("id", UUID.class),
                row.getString("objet"),
                row.getString("protocole"),
                row.getString("version"),
                row.getString("operateur"),
                row.getString("etat"),
                row.getString("vie") + " = " + row.getString("etat"),
                Json.read(row.getString("refs")),
                Lignes.date(row, "cree_le"),
                Lignes.date(row, "modifie_le"),
                row.getString("cle"),
                Json.read(row.getString("faits")));
    }

    /**
     * What was said about a dossier that the caller may see, oldest first.
     *
     * @param depuis the rank after which to read; 0 to begin
     */
    public Messages messages(UUID dossierId, int depuis) {
        List<MessageVue> rows = jdbc.query(
                MESSAGE + " where m.dossier_id = ? and m.rang > ? order by m.rang limit ?",
                (row, i) -> message(row),
                dossierId,
                depuis,
                MESSAGES_MAX + 1);
        if (rows.size() <= MESSAGES_MAX) {
            return new Messages(rows, null);
        }
        List<MessageVue> page = List.copyOf(rows.subList(0, MESSAGES_MAX));
        return new Messages(page, page.get(MESSAGES_MAX - 1).rang());
    }

    /**
     * A page of the messages that belong to no dossier, newest first: about an order that we do not know, or under a
     * reference that another order has already.
     *
     * @param operateur whose; null for all
     * @param apres the last message of the page before, or null
     */
    public Tranche<MessageVue> outside(String operateur, UUID apres, int max) {
        if (!Parametres.possible(operateur)) {
            return new Tranche<>(List.of(), null);
        }
        Filtres filters = new Filtres().and("m.operateur = ?", operateur).and("m.id < ?", apres);
        filters.values.add(max + 1);
        return Tranche.of(
                jdbc.query(
                        MESSAGE + " where m.dossier_id is null" + filters.where + " order by m.id desc limit ?",
                        (row, i) -> message(row),
                        filters.values.toArray()),
                max,
                MessageVue::id);
    }

    /** One message, whoever's it is. */
    public Optional<MessageVue> findMessage(UUID id) {
        return jdbc.query(MESSAGE + " where m.id = ?", (row, i) -> message(row), id).stream()
                .findFirst();
    }

    private static final String MESSAGE =
            "select m.*, s.premiere_ligne, j.fichier, j.acheminement as acheminement_fichier"
                    + " from message m left join sortie s on s.id = m.sortie_id"
                    + " left join journal j on j.id = coalesce(m.journal_id, s.journal_id)";

    private MessageVue message(ResultSet row) throws SQLException {
        boolean sortant = row.getString("sens").equals(Sens.SORTANT.texte());
        long first = row.getLong("premiere_ligne");
        boolean composed = !row.wasNull();
        int ligne = row.getInt("ligne");
        return new MessageVue(
                row.getObject("id", UUID.class),
                row.getString("sens"),
                row.getString("flux"),
                row.getString("issue"),
                row.getString("canal"),
                row.getString("fichier"),
                sortant ? composed ? Long.valueOf(first + ligne - 1) : null : Long.valueOf(ligne),
                acheminement(row, sortant),
                Lignes.date(row, "date_message"),
                Json.read(row.getString("champs")),
                row.getString("nature"),
                anomalies(row.getString("anomalies")),
                row.getInt("rang"),
                row.getString("operateur"));
    }

    private static String acheminement(ResultSet row, boolean sortant) throws SQLException {
        String own = row.getString("acheminement");
        if (own != null) {
            return own;
        }
        if (!sortant) {
            return Acheminement.RECU.name();
        }
        String file = row.getString("acheminement_fichier");
        return file == null ? Acheminement.A_EMETTRE.name() : file;
    }

    private List<AnomalieVue> anomalies(String stored) {
        if (stored == null) {
            return List.of();
        }
        try {
            return Collections.unmodifiableList(Arrays.asList(json.readValue(stored, AnomalieVue[].class)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("faults unreadable", e);
        }
    }
}
