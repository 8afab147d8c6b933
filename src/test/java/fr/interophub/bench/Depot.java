package fr.interophub.bench;

import fr.interophub.crash.HubProcess;
import fr.interophub.crash.OcClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A file that is already there under a provisional name: its transfer is not what is measured. */
final class Depot {

    private final OcClient oc;
    private final String name;

    Depot(HubProcess hub, String user, Path file) throws IOException {
        oc = new OcClient(hub.sftpPort(), user, "demo-" + user);
        name = "entrant/" + file.getFileName();
        try (InputStream bytes = Files.newInputStream(file)) {
            oc.write(name + ".tmp", bytes);
        }
    }

    /** @return when the hub could take it */
    Instant release() throws IOException {
        oc.sftp().rename(name + ".tmp", name);
        Instant now = Instant.now();
        oc.close();
        return now;
    }

    static void drop(HubProcess hub, String user, Path file) throws IOException {
        new Depot(hub, user, file).release();
    }
}
