package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Mail over TLS, with access tokens instead of passwords")
class MailSurTlsIT {

    private static final String PASSWORD = "changeit";

    @TempDir
    Path folder;

    private void keytool(String... arguments) throws Exception {
        List<String> command = Stream.concat(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString()),
                        Stream.of(arguments))
                .toList();
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void anOrderComesInAndItsAcknowledgementLeaves() throws Exception {
        String store = folder.resolve("serveur.p12").toString();
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
                store,
                "-storepass",
                PASSWORD,
                "-validity",
                "30");
        String pem = folder.resolve("serveur.pem").toString();
        keytool("-exportcert", "-rfc", "-alias", "mail", "-keystore", store, "-storepass", PASSWORD, "-file", pem);
        System.setProperty("greenmail.tls.keystore.file", store);
        System.setProperty("greenmail.tls.keystore.password", PASSWORD);
        List<String> asked = new CopyOnWriteArrayList<>();
        HttpServer tokens = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        tokens.createContext("/token", exchange -> {
            asked.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = ("{\"access_token\": \"" + Postes.SECRET + "\", \"expires_in\": 3600}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        tokens.start();
        try (Postes postes = Postes.tls();
                HubEnMarche hub = HubEnMarche.start(
                        System.getProperty("hub.test.db", "h2"),
                        Stream.concat(
                                        Stream.of(postes.properties()),
                                        Stream.of(
                                                "--hub.mail.smtp.securite=tls",
                                                "--hub.mail.imap.securite=tls",
                                                "--hub.mail.smtp.utilisateur=" + ACCES,
                                                "--hub.mail.boites.sav.mot-de-passe=",
                                                "--hub.mail.boites.acces.mot-de-passe=",
                                                "--hub.mail.bundle=courrier",
                                                "--spring.ssl.bundle.pem.courrier.truststore.certificate=file:" + pem,
                                                "--hub.mail.oauth2.url=http://127.0.0.1:"
                                                        + tokens.getAddress().getPort() + "/token",
                                                "--hub.mail.oauth2.client=hub",
                                                "--hub.mail.oauth2.secret=le secret",
                                                "--hub.mail.oauth2.portee=mail"))
                                .toArray(String[]::new))) {
            Orders.Order order = Orders.order("OCXC", "TLS", 1);
            postes.deliver(ACCES, new Mail().file("tls.csv", Orders.bytes(List.of(order))));

            await().atMost(Duration.ofSeconds(40))
                    .untilAsserted(() -> assertThat(postes.received(OCXC)).hasSize(1));
            assertThat(asked)
                    .containsExactly("grant_type=client_credentials&client_id=hub&client_secret=le+secret&scope=mail");
        } finally {
            tokens.stop(0);
            System.clearProperty("greenmail.tls.keystore.file");
            System.clearProperty("greenmail.tls.keystore.password");
        }
    }
}
