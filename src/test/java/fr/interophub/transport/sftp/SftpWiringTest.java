package fr.interophub.transport.sftp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

class SftpWiringTest {

    @TempDir
    Path data;

    private ApplicationContextRunner hub() {
        return new ApplicationContextRunner()
                .withUserConfiguration(SftpWiring.class)
                .withPropertyValues("hub.data=" + data, "hub.sftp.port=0");
    }

    @Test
    void startsAndStopsWithTheHub() {
        SftpServer[] seen = new SftpServer[1];
        hub().withBean(SftpComptes.class, () -> login -> Optional.empty()).run(context -> {
            seen[0] = context.getBean(SftpServer.class);
            assertThat(seen[0].port()).isPositive();
            assertThat(data.resolve("sftp/host.key")).exists();
        });
        assertThat(seen[0].running()).isFalse();
    }

    @Test
    void absentWhenAnExternalServerIsPolled() {
        hub().withPropertyValues("hub.sftp.actif=false")
                .run(context -> assertThat(context).doesNotHaveBean(SftpServer.class));
    }

    @Test
    void aPropertyThatMakesNoSenseIsNamed() {
        hub().withPropertyValues("hub.sftp.sessions=0")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageContaining("hub.sftp.sessions"));
    }

    @Test
    void theWholeStartFailsWhenTheDoorCannotOpen() {
        hub().withPropertyValues("hub.sftp.adresse=192.0.2.1")
                .run(context -> assertThat(context)
                        .getFailure()
                        .hasStackTraceContaining("Le serveur SFTP ne démarre pas sur 192.0.2.1:0"));
    }
}
