package fr.interophub.api;

import fr.interophub.echange.Journal;
import fr.interophub.echange.Transmission;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpHeaders;
import org.springframework.jdbc.core.JdbcTemplate;

/** The raw bytes of what came or went, as a download that no browser will ever run. */
public final class Contenus {

    private final JdbcTemplate jdbc;
    private final Journal journal;

    Contenus(JdbcTemplate jdbc, Journal journal) {
        this.jdbc = jdbc;
        this.journal = journal;
    }

    private record Place(UUID journalId, String operateur) {}

    /**
     * The transmission in which a message came or went.
     *
     * @param id a message, or a transmission
     * @param confine the operator that the caller's view is confined to, or null
     * @return empty if there is none, if it is another's, or if the message still waits to be put into a file
     */
    public Optional<Transmission> find(UUID id, String confine) {
        List<Place> places = jdbc.query(
                "select coalesce(m.journal_id, s.journal_id), m.operateur from message m left join sortie s on s.id ="
                        + " m.sortie_id where m.id = ?",
                (row, i) -> new Place(row.getObject(1, UUID.class), row.getString(2)),
                id);
        UUID file = places.isEmpty() ? id : places.get(0).journalId();
        return Optional.ofNullable(file)
                .flatMap(journal::find)
                .filter(found -> confine == null || confine.equals(found.operateur()));
    }

    /** Streams the bytes. */
    public void send(Transmission file, HttpServletResponse response) throws IOException {
        String name = file.fichier();
        boolean csv = name.toLowerCase(Locale.ROOT).endsWith(".csv");
        response.setContentType(csv ? "text/csv" : "application/octet-stream");
        response.setHeader(HttpHeaders.CONTENT_DISPOSITION, disposition(name));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
        response.setContentLengthLong(file.taille());
        try (InputStream bytes = journal.open(file.id())) {
            bytes.transferTo(response.getOutputStream());
        }
    }

    /** RFC 6266: a name in plain ASCII for old readers, the true one beside it. A partner's name is data, never a path. */
    static String disposition(String name) {
        StringBuilder plain = new StringBuilder(name.length());
        StringBuilder encoded = new StringBuilder(name.length());
        name.codePoints().forEach(c -> {
            boolean path = c == '/' || c == '\\';
            boolean shown = c >= ' ' && c < 0x7F && !path && c != '"' && c != '%';
            plain.append(shown ? (char) c : '_');
            if (path || Character.isISOControl(c)) {
                encoded.append('_');
            } else if (c < 0x80 && (Character.isLetterOrDigit(c) || "!#$&+-.^_`|~".indexOf(c) >= 0)) {
                encoded.append((char) c);
            } else {
                for (byte octet : new String(Character.toChars(c)).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append("%%%02X".formatted(octet & 0xFF));
                }
            }
        });
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
    }
}
