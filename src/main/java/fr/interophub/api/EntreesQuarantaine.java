package fr.interophub.api;

import com.fasterxml.jackson.annotation.JsonIgnore;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;

/** What is kept aside and waits for a person, as the outside reads it: newest first, a page at a time. */
public final class EntreesQuarantaine {

    /** Its detail tells of our own insides: for the OI's eyes. */
    private static final String PANNE = "PANNE";

    private final JdbcTemplate jdbc;
    private final Annuaire annuaire;
    private final String oi;

    /** @param oi our quadrigramme, under which stands what is no operator's */
    EntreesQuarantaine(JdbcTemplate jdbc, Annuaire annuaire, String oi) {
        this.jdbc = jdbc;
        this.annuaire = annuaire;
        this.oi = oi;
    }

    /**
     * An entry. The keys are those of the front door.
     *
     * @param fichier the name as dropped
     * @param messageId what {@code …/messages/{id}/contenu} gives the bytes of: the message, or the whole file
     * @param dossierId for the console: the dossier of the message, if it has one
     * @param fichierEntier for the console: true when all of the file is kept aside, {@code ligne} telling where it fails
     */
    public record Vue(
            UUID id,
            String operateur,
            String canal,
            String fichier,
            String motif,
            String detail,
            Long ligne,
            OffsetDateTime date,
            UUID messageId,
            @JsonIgnore UUID dossierId,
            @JsonIgnore boolean fichierEntier) {}

    /**
     * A page of the entries that wait.
     *
     * @param operateur whose; null for all
     * @param confine the operator that the caller's view is confined to, or null
     * @param apres the last entry of the page before, or null
     */
    public Tranche<Vue> list(String operateur, String confine, UUID apres, int max) {
        boolean another = confine != null && operateur != null && !confine.equals(operateur);
        if (another || !Parametres.possible(operateur)) {
            return new Tranche<>(List.of(), null);
        }
        String only = confine == null ? operateur : confine;
        List<String> operateurs = only == null
                ? Stream.concat(annuaire.list().stream().map(Operateur::code), Stream.of(oi))
                        .toList()
                : List.of(only);
        List<Vue> rows = Union.newest(
                jdbc,
                "select d.*, m.dossier_id from quarantaine d left join message m on m.id = d.message_id where d.statut ="
                        + " 'OUVERTE'",
                operateurs,
                code -> " and d.operateur = ?" + (apres == null ? "" : " and d.id < ?"),
                code -> {
                    List<Object> values = new ArrayList<>(List.of(code));
                    if (apres != null) {
                        values.add(apres);
                    }
                    return values;
                },
                max + 1,
                (row, i) -> vue(row, confine != null));
        return Tranche.of(rows, max, Vue::id);
    }

    /** An entry that waits; empty if there is none, or if it has left since. */
    public Optional<Vue> find(UUID id) {
        return jdbc
                .query(
                        "select d.*, m.dossier_id from quarantaine d left join message m on m.id = d.message_id where d.id"
                                + " = ? and d.statut = 'OUVERTE'",
                        (row, i) -> vue(row, false),
                        id)
                .stream()
                .findFirst();
    }

    private static Vue vue(ResultSet row, boolean outside) throws SQLException {
        String motif = row.getString("motif");
        UUID message = row.getObject("message_id", UUID.class);
        return new Vue(
                row.getObject("id", UUID.class),
                row.getString("operateur"),
                row.getString("canal"),
                row.getString("fichier"),
                motif,
                outside && motif.equals(PANNE) ? "le traitement de ce fichier est en attente" : row.getString("detail"),
                row.getObject("ligne", Long.class),
                Lignes.date(row, "date_entree"),
                message == null ? row.getObject("journal_id", UUID.class) : message,
                row.getObject("dossier_id", UUID.class),
                message == null);
    }
}
