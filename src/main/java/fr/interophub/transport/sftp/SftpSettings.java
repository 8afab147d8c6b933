package fr.interophub.transport.sftp;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * What a site decides about the SFTP server.
 *
 * @param adresse the address to listen on ({@code hub.sftp.adresse})
 * @param port the port to listen on ({@code hub.sftp.port}); 0 takes a free one, see {@link SftpServer#port()}
 * @param data the hub's data folder ({@code hub.data}); everything of ours is under its {@code sftp/}
 * @param sessions how many logged-in connections are served at once ({@code hub.sftp.sessions}), and, counted apart, how many
 *     connections may be waiting to log in
 * @param tailleMax the greatest size of one dropped file, in bytes ({@code hub.sftp.taille-max})
 * @param loginGrace how long a connection may stay without logging in
 * @param idle how long a logged-in connection may stay silent
 */
public record SftpSettings(
        String adresse, int port, Path data, int sessions, long tailleMax, Duration loginGrace, Duration idle) {

    public static final int SESSIONS = 600;
    public static final long TAILLE_MAX = 2L << 30;
    public static final Duration LOGIN_GRACE = Duration.ofSeconds(30);
    public static final Duration IDLE = Duration.ofMinutes(10);

    /** @throws IllegalArgumentException if a number makes no sense, with the property to correct */
    public SftpSettings {
        Objects.requireNonNull(adresse, "adresse");
        Objects.requireNonNull(data, "data");
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("hub.sftp.port : entre 0 et 65535, lu " + port);
        }
        if (sessions < 1) {
            throw new IllegalArgumentException("hub.sftp.sessions : au moins 1, lu " + sessions);
        }
        if (tailleMax < 1) {
            throw new IllegalArgumentException("hub.sftp.taille-max : au moins un octet, lu " + tailleMax);
        }
    }

    /** The defaults of the front door, on a given address, port and data folder. */
    public static SftpSettings of(String adresse, int port, Path data) {
        return new SftpSettings(adresse, port, data, SESSIONS, TAILLE_MAX, LOGIN_GRACE, IDLE);
    }
}
