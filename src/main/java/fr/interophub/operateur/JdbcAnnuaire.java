package fr.interophub.operateur;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/** {@link Annuaire} in the database, each sheet one JSON document, all of them held in memory. */
final class JdbcAnnuaire implements Annuaire {

    private record Contenu(String version, List<Operateur> operateurs) {}

    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    private final Clock clock;
    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    private volatile Contenu contenu = new Contenu("", List.of());

    JdbcAnnuaire(JdbcTemplate jdbc, ObjectMapper json, Clock clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    @Override
    public Optional<Operateur> find(String code) {
        return contenu.operateurs.stream()
                .filter(operateur -> operateur.code().equals(code))
                .findFirst();
    }

    @Override
    public List<Operateur> list() {
        return contenu.operateurs;
    }

    @Override
    public Optional<Operateur> findBySftp(String login) {
        return contenu.operateurs.stream()
                .filter(operateur -> operateur.actif()
                        && operateur.sftp() != null
                        && Objects.equals(operateur.sftp().login(), login))
                .findFirst();
    }

    @Override
    public Optional<Operateur> findByCleApi(String empreinte) {
        return contenu.operateurs.stream()
                .filter(operateur -> operateur.actif() && Objects.equals(operateur.cleApi(), empreinte))
                .findFirst();
    }

    @Override
    public void save(Operateur operateur) {
        var now = clock.instant().atOffset(ZoneOffset.UTC);
        String fiche = write(operateur);
        if (update(operateur.code(), fiche, now) == 0) {
            try {
                jdbc.update(
                        "insert into operateur (code, fiche, version, modifie_le) values (?, ?, 1, ?)",
                        operateur.code(),
                        fiche,
                        now);
            } catch (DuplicateKeyException another) {
                update(operateur.code(), fiche, now);
            }
        }
        refresh();
    }

    private int update(String code, String fiche, Object now) {
        return jdbc.update(
                "update operateur set fiche = ?, version = version + 1, modifie_le = ? where code = ?",
                fiche,
                now,
                code);
    }

    @Override
    public void onChange(Listener listener) {
        listeners.add(listener);
        listener.changed(contenu.operateurs);
    }

    @Override
    public synchronized void refresh() {
        String version = jdbc.queryForObject(
                "select concat(count(*), '/', coalesce(sum(version), 0)) from operateur", String.class);
        if (contenu.version.equals(version)) {
            return;
        }
        List<Operateur> operateurs =
                jdbc.query("select fiche from operateur order by code", (row, i) -> read(row.getString(1)));
        contenu = new Contenu(version, List.copyOf(operateurs));
        Feuilles.keep(operateurs);
        listeners.forEach(listener -> listener.changed(operateurs));
    }

    private String write(Operateur operateur) {
        try {
            return json.writeValueAsString(operateur);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private Operateur read(String fiche) {
        try {
            return json.readValue(fiche, Operateur.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("operator sheet unreadable", e);
        }
    }
}
