package fr.interophub.transport.soap;

import fr.interophub.operateur.Operateur;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * In which namespace each partner writes its SAV block: it is answered, and called, in the same (spec SAV §a.7). What was
 * last seen counts, over restarts and on every node.
 */
final class Espaces {

    private final JdbcTemplate jdbc;
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    Espaces(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** @return true the first time a namespace is seen that is not the profile's own */
    boolean remember(Operateur oc, Profil profil, String espace) {
        String kept = espace.length() > 200 ? profil.espace() : espace;
        if (of(oc, profil).equals(kept)) {
            return false;
        }
        seen.put(key(oc, profil), kept);
        try {
            jdbc.update(
                    "merge into espace_sav t using (select cast(? as varchar(4)) operateur, cast(? as varchar(10)) version,"
                            + " cast(? as varchar(200)) espace) s on (t.operateur = s.operateur and t.version = s.version)"
                            + " when matched then update set espace = s.espace"
                            + " when not matched then insert (operateur, version, espace) values (s.operateur, s.version,"
                            + " s.espace)",
                    oc.code(),
                    profil.version(),
                    kept);
        } catch (DataIntegrityViolationException another) {
            // Another node has just written the same.
        }
        return !kept.equals(profil.espace());
    }

    /** The namespace to write in. */
    String of(Operateur oc, Profil profil) {
        return seen.computeIfAbsent(
                key(oc, profil),
                none -> jdbc
                        .queryForList(
                                "select espace from espace_sav where operateur = ? and version = ?",
                                String.class,
                                oc.code(),
                                profil.version())
                        .stream()
                        .findFirst()
                        .orElse(profil.espace()));
    }

    private static String key(Operateur oc, Profil profil) {
        return oc.code() + " " + profil.version();
    }
}
