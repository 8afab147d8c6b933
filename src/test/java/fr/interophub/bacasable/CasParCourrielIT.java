package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.interophub.HubEnMarche;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** The hub of the demo as it starts, at a faster pace: what a newcomer reads in its log. */
@ExtendWith(OutputCaptureExtension.class)
@DisplayName("Les cas du SAV 1.0a, joués par le bac à sable dans la démonstration, par courriel")
class CasParCourrielIT {

    @Test
    @DisplayName("chacun passe par le serveur de courriel de la démonstration, tel qu'il est écrit")
    void everyCasePassesThroughTheMailServerOfTheDemo(CapturedOutput log) throws IOException {
        List<String> cases =
                CasParCourriel.repertoire().stream().map(CasSav::id).toList();
        assertThat(cases).contains("CSV-01", "CSV-15", "VIE-01", "VIE-02").hasSize(17);

        try (HubEnMarche hub = HubEnMarche.start(
                "h2",
                "--hub.bacasable.actif=true",
                "--hub.bacasable.pas=0s",
                "--hub.bacasable.rythme=1ms",
                "--hub.bacasable.marches=0",
                "--hub.bacasable.max=" + cases.size(),
                "--hub.mail.releve=50ms",
                "--hub.mail.smtp.port=" + freePort(),
                "--hub.mail.imap.port=" + freePort())) {
            await().atMost(Duration.ofMinutes(2))
                    .until(() ->
                            cases.stream().allMatch(id -> log.getOut().contains("SAV par courriel : " + id + " : ")));
        }

        assertThat(log.getOut().lines().filter(line -> line.contains("SAV par courriel : ")))
                .hasSize(cases.size())
                .allMatch(line -> line.endsWith(" : joué"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
