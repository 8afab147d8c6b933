package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.interophub.catalogue.Catalogue;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

/** In demo, dossiers live by themselves; elsewhere nothing plays, and shutting down does not wait for the play. */
class BacASableTest {

    private final ApplicationContextRunner runner =
            new ApplicationContextRunner().withUserConfiguration(BacASable.class);

    @TempDir
    Path data;

    @Test
    void doesNotPlayUnlessAsked() {
        runner.run(context -> assertThat(context).doesNotHaveBean(BacASable.class));
        runner.withPropertyValues("hub.bacasable.actif=false")
                .run(context -> assertThat(context).doesNotHaveBean(BacASable.class));
    }

    @Test
    void playsTheNineLivesThenATrickleAndStopsAtOnce() throws Exception {
        try (FauxHub hub = new FauxHub(data, Catalogue.load().page("acces", "1.2"))) {
            runner.withPropertyValues(
                            "hub.bacasable.actif=true",
                            "hub.bacasable.pas=0s",
                            "hub.bacasable.rythme=1ms",
                            "hub.bacasable.url=" + hub.portes().http(),
                            "hub.bacasable.sftp.port=" + hub.portes().sftpPort())
                    .run(context -> {
                        context.publishEvent(new ApplicationReadyEvent(
                                new SpringApplication(), new String[0], context, Duration.ZERO));
                        await().atMost(Duration.ofSeconds(60))
                                .untilAsserted(() -> assertThat(hub.dossiers()).isGreaterThan(15));
                        assertThat(hub.etats()).contains("EN_SERVICE", "REJETEE_AR", "REJETEE_CR", "REJETEE_MAD");
                    });
            assertThat(threads()).doesNotContain("bac-a-sable");
        }
    }

    @Test
    void playsAScenarioOfOnesOwnOnce() throws Exception {
        Path own = data.resolve("MIEN.txt");
        Files.writeString(
                own,
                "# MIEN — essai\nmodèle OC\npto à construire\ni) OC Cmd_Acces\n=> ACQUITTEE\nii) OI AR_Cmd_Acces OK\n=> ACQUITTEE\n");
        try (FauxHub hub = new FauxHub(data, Catalogue.load().page("acces", "1.2"))) {
            runner.withPropertyValues(
                            "hub.bacasable.actif=true",
                            "hub.bacasable.pas=0s",
                            "hub.bacasable.scenarios=" + own,
                            "hub.bacasable.joue=oc",
                            "hub.bacasable.url=" + hub.portes().http(),
                            "hub.bacasable.sftp.port=" + hub.portes().sftpPort())
                    .run(context -> {
                        context.publishEvent(new ApplicationReadyEvent(
                                new SpringApplication(), new String[0], context, Duration.ZERO));
                        await().atMost(Duration.ofSeconds(60))
                                .until(() -> !threads().contains("bac-a-sable"));
                        assertThat(hub.etats()).containsExactly("ACQUITTEE");
                        assertThat(hub.dossiers()).isEqualTo(1);
                    });
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }
}
