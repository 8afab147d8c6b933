package fr.interophub.transport.mail;

import static fr.interophub.crash.Postes.ACCES;
import static fr.interophub.crash.Postes.OCXC;
import static fr.interophub.crash.Postes.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.crash.Orders;
import fr.interophub.crash.Postes.Mail;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Mail in and out, through a real IMAP and SMTP server")
class CourrierIT extends CourrierContract {

    CourrierIT() {
        super(System.getProperty("hub.test.db", "h2"));
    }

    @Test
    void theSenderIsKnownByAnyOfItsAddressesWhateverTheCase() throws Exception {
        Orders.Order order = order();
        postes.deliver(
                ACCES, new Mail().from("\"Guichet d'OC Gamma\" <OCXC@oc.TEST>").file("casse.csv", csv(order)));

        assertThat(header(answer(order), "To")).isEqualTo(OCXC);
    }

    @Test
    void tenFilesAreTenFiles() {
        List<Orders.Order> orders = new ArrayList<>();
        Mail mail = new Mail();
        for (int i = 0; i < 10; i++) {
            orders.add(order());
            mail.file("lot %d.csv".formatted(i), csv(orders.get(i)));
        }
        postes.deliver(ACCES, mail);

        orders.forEach(this::answer);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "attachment; filename=\"=?utf-8?Q?command=C3=A9es_de_P=C3=A2ques.csv?=\"",
                        "commandées de Pâques.csv"),
                arguments("attachment; filename=\"=?iso-8859-1?B?6XTpLmNzdg==?=\"", "été.csv"),
                arguments("attachment; filename*=utf-8''r%C3%A9seau%20%E2%82%AC.csv", "réseau €.csv"),
                arguments("attachment; filename*0*=utf-8''lon; filename*1*=g%C3%A9e; filename*2=.csv", "longée.csv"),
                arguments("attachment; filename=sans guillemets.csv", "sans guillemets.csv"),
                arguments("attachment; filename=\"C:\\\\fakepath\\\\d'ailleurs.csv\"", "d'ailleurs.csv"),
                arguments("attachment; filename=\"../../remonte.csv\"", "remonte.csv"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("names")
    void theNameOfAFileIsReadAsItIsMeant(String disposition, String nom) {
        Orders.Order order = order();
        postes.deliver(ACCES, new Mail().part("application/octet-stream", disposition, csv(order)));

        answer(order);
        assertThat(count("journal where fichier = ? and sens = 'entrant'", nom)).isOne();
    }

    @Test
    void aNameInACharsetThatDoesNotExistAndATypeThatLiesHarmNothing() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .part(
                                "text/csv; charset=x-unknown-8859-99",
                                "attachment; filename=\"=?x-nulle-part?Q?nom.csv?=\"",
                                csv(order)));
        answer(order);

        Orders.Order unnamed = order();
        postes.deliver(ACCES, new Mail().part("text/csv", null, csv(unnamed)));
        answer(unnamed);
    }

    @Test
    void aMailWithoutCsvIsKeptWithWhatItHolds() {
        postes.deliver(ACCES, new Mail().subject("rien"));
        assertThat(aside("rien.eml").get("motif").asText()).isEqualTo("SANS_PIECE");

        postes.deliver(
                ACCES,
                new Mail()
                        .subject("outlook")
                        .part(
                                "application/ms-tnef; name=\"winmail.dat\"",
                                "attachment; filename=\"winmail.dat\"",
                                new byte[50]));
        assertThat(aside("outlook.eml").get("detail").asText()).contains("TNEF", "texte brut");

        postes.deliver(
                ACCES, new Mail().subject("page").part("text/html", null, "<table><tr><td>478977</table>".getBytes()));
        assertThat(aside("page.eml").get("detail").asText()).contains("text/html");

        postes.deliver(
                ACCES,
                new Mail().subject("archive").part("application/zip", "attachment; filename=\"c.zip\"", new byte[50]));
        assertThat(aside("archive.eml").get("detail").asText()).contains("« c.zip » (application/zip)");
    }

    @Test
    void aMailInsideAnotherIsNotOpened() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .subject("transfert")
                        .part(
                                "message/rfc822",
                                "attachment",
                                new Mail()
                                        .from("inconnu@ailleurs.test")
                                        .file("dedans.csv", csv(order))
                                        .bytes()));

        assertThat(aside("transfert.eml").get("detail").asText()).contains("un courriel joint, qui n'est pas ouvert");
        assertThat(count("journal where fichier = 'dedans.csv'")).isZero();
    }

    @Test
    void partsWithinPartsAreFollowedToABearableDepth() {
        Orders.Order order = order();
        postes.deliver(ACCES, nested(5, order));
        answer(order);

        postes.deliver(ACCES, nested(40, order()));
        assertThat(aside("poupées 40.eml").get("motif").asText()).isEqualTo("COURRIEL_ILLISIBLE");
    }

    private static byte[] nested(int depth, Orders.Order order) {
        StringBuilder mail = new StringBuilder("Message-ID: <" + order.reference() + "@oc.test>\r\nFrom: " + OCXC
                + "\r\nSubject: =?utf-8?Q?poup=C3=A9es_" + depth + "?=\r\n");
        for (int i = 0; i < depth; i++) {
            mail.append("Content-Type: multipart/mixed; boundary=b")
                    .append(i)
                    .append("\r\n\r\n--b")
                    .append(i)
                    .append("\r\n");
        }
        mail.append(
                        "Content-Type: text/csv\r\nContent-Disposition: attachment; filename=fond.csv\r\nContent-Transfer-Encoding: 8bit\r\n\r\n")
                .append(Orders.csv(List.of(order)));
        for (int i = depth - 1; i >= 0; i--) {
            mail.append("\r\n--b").append(i).append("--\r\n");
        }
        return mail.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aCsvThatIsSomethingElseIsSetAsideAndItsNeighbourIsTreated() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .file("programme.csv", new byte[] {'M', 'Z', (byte) 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0})
                        .file("archive.csv", new byte[] {'P', 'K', 3, 4, 20, 0, 0, 0, 8, 0})
                        .file("bon.csv", csv(order)));

        answer(order);
        assertThat(aside("archive.csv").get("motif").asText()).isEqualTo("ARCHIVE");
        assertThat(aside("programme.csv").get("detail").asText()).isNotEmpty();
    }

    static Stream<Arguments> encodings() {
        return Stream.of(arguments("base64", "QUJD\r\nQ"), arguments("x-nulle-part", "478977"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("encodings")
    void aPartThatDoesNotDecodeIsTold(String encoding, String text) {
        postes.deliver(
                ACCES,
                ("Message-ID: <" + encoding + "@oc.test>\r\nFrom: " + OCXC + "\r\nSubject: faux " + encoding
                                + "\r\nContent-Type: text/csv\r\nContent-Disposition: attachment; filename=faux.csv\r\n"
                                + "Content-Transfer-Encoding: " + encoding + "\r\n\r\n" + text + "\r\n")
                        .getBytes(StandardCharsets.UTF_8));

        assertThat(aside("faux " + encoding + ".eml").get("motif").asText()).isEqualTo("COURRIEL_ILLISIBLE");
    }

    @Test
    void aSenderWhoIsToBeProvenIs() throws Exception {
        put(mail -> mail.put("verification", "toutes"));
        try {
            Orders.Order forged = order();
            postes.deliver(
                    ACCES,
                    new Mail()
                            .subject("usurpé")
                            .header(
                                    "Authentication-Results",
                                    "mx.oi.test; spf=pass smtp.mailfrom=pirate@ailleurs.test; dkim=none")
                            .header(
                                    "Authentication-Results",
                                    "elsewhere.test; spf=pass smtp.mailfrom=oc.test; dkim=pass header.d=oc.test")
                            .file("usurpe.csv", csv(forged)));
            JsonNode entry = aside("usurpé.eml");
            assertThat(entry.get("motif").asText()).isEqualTo("EXPEDITEUR_NON_VERIFIE");
            assertThat(entry.get("operateur").asText()).isEqualTo("OIDE");
            assertThat(entry.get("detail").asText()).contains("SPF et DKIM", "oc.test");

            Orders.Order proven = order();
            postes.deliver(
                    ACCES,
                    new Mail()
                            .header(
                                    "Authentication-Results",
                                    "mx.oi.test (our own); spf=pass (sender ok) smtp.mailfrom=bounce.oc.test; dkim=fail header.d=x.test; dkim=pass header.d=oc.test")
                            .file("prouve.csv", csv(proven)));
            answer(proven);
            assertThat(answers(forged)).isEmpty();
        } finally {
            put(mail -> mail.put("verification", "aucune"));
        }
    }

    static Stream<Arguments> machines() {
        return Stream.of(
                arguments("Auto-Submitted", "auto-replied"),
                arguments("Precedence", "auto_reply"),
                arguments("Precedence", "bulk"),
                arguments("X-Autoreply", "yes"),
                arguments("Return-Path", "<>"));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource("machines")
    void aMachineThatAnswersIsKeptAndNeverAnswered(String header, String value) {
        Orders.Order order = order();
        String id = "<" + order.reference() + "@oc.test>";
        postes.deliver(
                ACCES, new Mail().id(id).header(header, value).subject("absent").file("auto.csv", csv(order)));
        settled(id);

        assertThat(answers(order)).isEmpty();
        assertThat(count("piece_jointe p join courriel c on c.journal_id = p.courriel_id where c.message_id = ?", id))
                .isZero();
    }

    @Test
    void theFilesOfAPartnersMachineAreTreated() {
        Orders.Order order = order();
        postes.deliver(
                ACCES, new Mail().header("Auto-Submitted", "auto-generated").file("machine.csv", csv(order)));

        answer(order);
    }

    @Test
    void aPartnersHeadersCommandNothing() {
        Orders.Order order = order();
        postes.deliver(
                ACCES,
                new Mail()
                        .header("delete", "true")
                        .header("moveTo", "Ailleurs")
                        .header("CamelFileName", "../../x")
                        .header("operateur", "OCXA")
                        .file("ordres.csv", csv(order)));

        answer(order);
        allTaken();
        assertThat(postes.received(ACCES)).anyMatch(mail -> "../../x".equals(header(mail, "CamelFileName")));
    }
}
