package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import fr.interophub.HubEnMarche;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Passerelle;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Mail over TLS, at once or after STARTTLS, with access tokens instead of passwords")
class MailSurTlsIT {

    private static final String PASSWORD = "changeit";

    private static Path store;
    private static Path pem;

    private static void keytool(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(arguments))
                .toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @BeforeAll
    static void certificate(@TempDir Path folder) throws Exception {
        store = folder.resolve("serveur.p12");
        keytool(
                "-genkeypair",
                "-alias",
                "mail",
                "-dname",
                "CN=mail",
                "-ext",
                "san=ip:127.0.0.1",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-validity",
                "30");
        pem = folder.resolve("serveur.pem");
        keytool(
                "-exportcert",
                "-rfc",
                "-alias",
                "mail",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD,
                "-file",
                pem.toString());
    }

    /** A hub that sends and fetches with the tokens that a server gives. */
    private HubEnMarche hub(String securite, ServeurDeJetons jetons, String[] ports, String... more) {
        return HubEnMarche.start(
                System.getProperty("hub.test.db", "h2"),
                Stream.of(
                                ports,
                                new String[] {
                                    "--hub.mail.smtp.securite=" + securite,
                                    "--hub.mail.imap.securite=" + securite,
                                    "--hub.mail.smtp.utilisateur=" + ACCES,
                                    "--hub.mail.boites.sav.mot-de-passe=",
                                    "--hub.mail.boites.acces.mot-de-passe=",
                                    "--hub.mail.bundle=courrier",
                                    "--spring.ssl.bundle.pem.courrier.truststore.certificate=file:" + pem,
                                    "--hub.mail.oauth2.url=" + jetons.url(),
                                    "--hub.mail.oauth2.client=hub",
                                    "--hub.mail.oauth2.secret=le secret",
                                    "--hub.mail.oauth2.portee=mail"
                                },
                                more)
                        .flatMap(Stream::of)
                        .toArray(String[]::new));
    }

    private static void orderIsAnswered(Postes postes) {
        Orders.Order order = Orders.order("OCXC", "TLS", 1);
        postes.deliver(ACCES, new Mail().file("tls.csv", Orders.bytes(List.of(order))));
        await().atMost(Duration.ofSeconds(40))
                .untilAsserted(() -> assertThat(postes.received(OCXC)).hasSize(1));
    }

    @Test
    void anOrderComesInAndItsAcknowledgementLeaves() {
        System.setProperty("greenmail.tls.keystore.file", store.toString());
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        try (ServeurDeJetons jetons = new ServeurDeJetons(Postes.SECRET);
                Postes postes = Postes.tls();
                HubEnMarche hub = hub("tls", jetons, postes.properties())) {
            orderIsAnswered(postes);
            assertThat(jetons.asked())
                    .containsExactly("grant_type=client_credentials&client_id=hub&client_secret=le+secret&scope=mail");
        } finally {
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }

    @Test
    void theSameAfterStartTlsWithATokenThatIsNotTakenAtFirstAndAMailThatIsMovedAway() throws Exception {
        SSLContext tls = serverSide();
        try (ServeurDeJetons jetons = new ServeurDeJetons("jeton-mort", Postes.SECRET);
                Postes postes = new Postes();
                Passerelle smtp = StartTls.SMTP.before(postes.smtp(), tls);
                Passerelle imap = StartTls.IMAP.before(postes.imap(), tls);
                HubEnMarche hub = hub(
                        "starttls",
                        jetons,
                        postes.properties(smtp.port(), imap.port()),
                        "--hub.mail.traites=Traites")) {
            orderIsAnswered(postes);
            assertThat(jetons.asked()).hasSizeGreaterThan(1);
            await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                assertThat(postes.received(ACCES)).isEmpty();
                assertThat(postes.held(ACCES, "Traites")).isOne();
            });
        }
    }

    private SSLContext serverSide() throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
