package fr.interophub.si;

import fr.interophub.echange.Cles;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the referential leaves to a person: on the list until its dossier moves on, or until a person sets it aside. */
public final class ADecider {

    private static final int RAISON_MAX = 500;

    private final JdbcTemplate jdbc;

    ADecider(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * One of them.
     *
     * @param id the demande's
     * @param etat the state of its dossier when it came; null for a line kept outside any dossier
     * @param raison in French
     */
    public record Entree(
            UUID id,
            String operateur,
            String protocole,
            String flux,
            UUID dossier,
            String reference,
            String etat,
            String raison,
            OffsetDateTime date) {}

    void add(Demande demande, String raison) {
        add(Map.of(demande, raison));
    }

    /** Demandes and the reason of each; their dossiers are noted as they are now. */
    void add(Map<Demande, String> raisons) {
        jdbc.batchUpdate(
                "insert into si_a_decider (demande_id, operateur, protocole, flux, dossier_id, reference, raison, venue_le, etat)"
                        + " values (?, ?, ?, ?, ?, ?, ?, ?, (select etat from dossier where id = ?))",
                raisons.entrySet().stream()
                        .map(one -> row(one.getKey(), one.getValue()))
                        .toList());
    }

    private static Object[] row(Demande demande, String raison) {
        UUID dossier = demande.dossier() == null ? null : UUID.fromString(demande.dossier());
        return new Object[] {
            UUID.fromString(demande.id()),
            demande.operateur(),
            demande.protocole(),
            demande.flux(),
            dossier,
            Cles.shorten(demande.champs().getOrDefault("ReferenceCommandePriseInterneOC", "")),
            Cles.cut(raison, RAISON_MAX),
            demande.date().withOffsetSameInstant(ZoneOffset.UTC),
            dossier
        };
    }

    /**
     * The oldest first.
     *
     * @param apres the last one that was seen; null to begin
     */
    public List<Entree> list(UUID apres, int max) {
        return jdbc.query(
                "select a.* from si_a_decider a left join dossier d on d.id = a.dossier_id where (a.etat is null or d.etat ="
                        + " a.etat) and a.demande_id > ? order by a.demande_id fetch first ? rows only",
                (row, i) -> new Entree(
                        row.getObject("demande_id", UUID.class),
                        row.getString("operateur"),
                        row.getString("protocole"),
                        row.getString("flux"),
                        row.getObject("dossier_id", UUID.class),
                        row.getString("reference"),
                        row.getString("etat"),
                        row.getString("raison"),
                        row.getObject("venue_le", OffsetDateTime.class)),
                apres == null ? new UUID(0, 0) : apres,
                max);
    }

    /** Nothing more is to be done about it; false if there is no such entry. */
    public boolean close(UUID id) {
        return jdbc.update("delete from si_a_decider where demande_id = ?", id) > 0;
    }
}
