package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static fr.interophub.crash.Postes.SAV;
import static fr.interophub.crash.Postes.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.HubEnMarche;
import fr.interophub.crash.HubApi;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Postes;
import fr.interophub.crash.Postes.Mail;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
@DisplayName("Mail in and out, through a real IMAP and SMTP server")
class CourrierIT {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Postes postes = new Postes();
    private HubEnMarche hub;
    private HubApi oi;

    @BeforeAll
    void start() {
        hub = HubEnMarche.start(System.getProperty("hub.test.db", "h2"), postes.properties());
        oi = new HubApi(hub.url(), "demo-oi");
    }

    @AfterAll
    void stop() {
        hub.close();
        postes.close();
    }

    /** An order that nobody has given yet. */
    private static Orders.Order order() {
        return Orders.order("OCXC", "MEL", NUMBER.getAndIncrement());
    }

    private static byte[] csv(Orders.Order... orders) {
        return Orders.bytes(List.of(orders));
    }

    /** The acknowledgements of an order that have come to the OC. */
    private List<MimeMessage> answers(Orders.Order order) {
        return postes.received(OCXC).stream()
                .filter(mail -> Postes.attached(mail).contains(order.reference() + ";"))
                .toList();
    }

    private MimeMessage answer(Orders.Order order) {
        await("the AR of " + order.reference())
                .atMost(LIMIT)
                .untilAsserted(() -> assertThat(answers(order)).hasSize(1));
        return answers(order).get(0);
    }

    private JsonNode aside(String fichier) {
        List<JsonNode> found = new ArrayList<>();
        await("quarantaine of " + fichier).atMost(LIMIT).until(() -> {
            found.clear();
            oi.get("/api/v1/quarantaine?max=200").json().get("quarantaine").forEach(entry -> {
                if (entry.get("fichier").asText().equals(fichier)) {
                    found.add(entry);
                }
            });
            return !found.isEmpty();
        });
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    /** Everything that came before this has been taken. */
    private void allTaken() {
        await("every mail read").atMost(LIMIT).untilAsserted(() -> {
            assertThat(postes.unread(SAV)).isZero();
            assertThat(postes.unread(ACCES)).isZero();
        });
    }

    @Test
    void anOrderThatCameByMailIsAcknowledgedByAMailThatRepliesToIt() throws Exception {
        Orders.Order order = order();
        Mail mail = new Mail().subject("commandes").file("commandes du jour.csv", csv(order));
        postes.deliver(ACCES, mail);

        MimeMessage answer = answer(order);

        assertThat(header(answer, "From")).isEqualTo(ACCES);
        assertThat(header(answer, "To")).isEqualTo(OCXC);
        assertThat(answer.getSubject()).matches("ACCES FTTH - OIDE_OCXC_ARCMD_ACCES_V12_\\d{8}_\\d{4}\\.csv");
        assertThat(header(answer, "Message-ID")).matches("<[0-9a-f-]{36}@oi\\.test>");
        assertThat(header(answer, "Auto-Submitted")).isEqualTo("auto-generated");
        assertThat(header(answer, "In-Reply-To")).isEqualTo(mail.id());
        assertThat(header(answer, "References")).isEqualTo(mail.id());
        allTaken();
        JsonNode dossier =
                oi.get("/api/v1/dossiers?reference=" + order.reference()).json().at("/dossiers/0");
        JsonNode messages =
                oi.get("/api/v1/dossiers/" + dossier.get("id").asText()).json().get("messages");
        assertThat(messages.findValuesAsText("canal")).containsExactly("MAIL", "MAIL");
        assertThat(messages.at("/0/fichier").asText()).isEqualTo("commandes du jour.csv");
    }
}
