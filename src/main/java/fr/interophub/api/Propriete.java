package fr.interophub.api;

import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/** Tells whose a thing is. */
final class Propriete {

    private final JdbcTemplate jdbc;

    Propriete(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * @param genre a collection of the REST interface
     * @param id what the caller has written; anything
     */
    boolean owns(String operateur, String genre, String id) {
        return switch (genre) {
            case "dossiers" -> isIn("dossier", operateur, id);
            case "messages" -> isIn("message", operateur, id) || isIn("journal", operateur, id);
            case "quarantaine" -> isIn("quarantaine", operateur, id);
            case "operateurs" -> operateur.equals(id);
            default -> false;
        };
    }

    private boolean isIn(String table, String operateur, String id) {
        Optional<UUID> uuid = Parametres.uuid(id);
        return uuid.isPresent()
                && !jdbc.queryForList(
                                "select id from " + table + " where id = ? and operateur = ?",
                                UUID.class,
                                uuid.get(),
                                operateur)
                        .isEmpty();
    }
}
