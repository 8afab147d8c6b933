package fr.interophub.echange;

import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Compteurs} in the database. */
final class JdbcCompteurs implements Compteurs {

    private final JdbcTemplate jdbc;

    JdbcCompteurs(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public long next(String nom, int combien) {
        jdbc.update("update compteur set valeur = valeur + ? where nom = ?", combien, nom);
        return jdbc.queryForObject("select valeur from compteur where nom = ?", Long.class, nom) - combien + 1;
    }
}
