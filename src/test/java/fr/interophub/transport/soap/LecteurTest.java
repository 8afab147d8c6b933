package fr.interophub.transport.soap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.transport.soap.Lecteur.Illisible;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName(
        "Partners write as they can: what they mean is read, what they get wrong is told, nothing is lost in silence")
class LecteurTest {

    private static Requete read(String envelope) throws Illisible {
        return Lecteur.request(Lecteur.body(new ByteArrayInputStream(envelope.getBytes(StandardCharsets.UTF_8))));
    }

    private static String create() {
        return Essai.sample("2.1", "01-create-no-rdv");
    }

    @Test
    @DisplayName("ROB-02: any order")
    void anyOrder() throws Illisible {
        String moved = create().replaceAll("\\s*<sav:messageType>INFO</sav:messageType>", "")
                .replace(
                        "<ct:FTTHMUTTroubleTicket>",
                        "<ct:FTTHMUTTroubleTicket><sav:messageType>INFO</sav:messageType>");
        assertThat(read(moved).champs()).isEqualTo(read(create()).champs());
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-2", "v2-1", "v3-0", "v9-9"})
    @DisplayName("ROB-01: the SAV block in the namespace of any version, which is remembered")
    void anySuffix(String suffix) throws Illisible {
        Requete requete = read(create().replace("TroubleTicketValue/v2-1", "TroubleTicketValue/" + suffix));
        assertThat(requete.espace()).isEqualTo(Profil.ESPACE_SAV + suffix);
        assertThat(requete.champs()).isEqualTo(read(create()).champs());
    }

    @Test
    @DisplayName("SAV fields in a namespace of no version are no message of this contract")
    void otherNamespace() {
        assertThatThrownBy(() -> read(create().replace("http://interop-fibre.fr/xml/TroubleTicketValue/v2-1", "urn:x")))
                .isInstanceOf(Illisible.class);
    }

    @Test
    @DisplayName("ROB-03: unknown elements are left aside, and told")
    void unknown() throws Illisible {
        Requete requete = read(create().replace(
                        "<sav:supplierID>",
                        "<sav:couleur><sav:supplierID>1</sav:supplierID></sav:couleur><sav:supplierID>"));
        assertThat(requete.ignores()).containsExactly("couleur");
        assertThat(requete.champs()).isEqualTo(read(create()).champs());
    }

    @Test
    @DisplayName("nil, empty, blank and absent are the same")
    void nothing() throws Illisible {
        String field = "<sav:messageType>INFO</sav:messageType>";
        for (String empty : new String[] {
            "", "<sav:messageType/>", "<sav:messageType> \n </sav:messageType>", "<sav:messageType xsi:nil=\"true\"/>"
        }) {
            assertThat(read(create().replace(field, empty)).champs())
                    .as(empty)
                    .doesNotContainKey("messageType")
                    .containsKey("messageContent");
        }
    }

    @Test
    @DisplayName("a field said twice: the first counts, the second is told")
    void twice() throws Illisible {
        Requete requete = read(create().replace(
                        "<sav:supplierID>",
                        "<sav:offerId>A</sav:offerId><sav:offerId>B</sav:offerId><sav:supplierID>"));
        assertThat(requete.champs()).containsEntry("offerId", "A");
        assertThat(requete.ignores()).containsExactly("offerId");
    }

    @Test
    @DisplayName("both spellings of the responsibility are one field")
    void responsibility() throws Illisible {
        for (String version : new String[] {"2.1", "3.0"}) {
            assertThat(read(Essai.sample(version, "14-set-solved")).champs())
                    .containsEntry("defectResponsability", "OI")
                    .doesNotContainKey("defectResponsibility");
        }
    }

    @Test
    @DisplayName("a read names its criteria, or its key alone")
    void reads() throws Illisible {
        assertThat(read(Essai.sample("2.1", "18-get-by-technical-id")).critereEtendu())
                .isTrue();
        Requete byKey = read(Essai.sample("3.0", "17-get-by-key"));
        assertThat(byKey.critereEtendu()).isFalse();
        assertThat(byKey.champs()).isEqualTo(Map.of("troubleTicketKey", "OI-2015-000123"));
    }

    @Test
    @DisplayName("a document type is refused before anything of it is read")
    void doctype() {
        assertThatThrownBy(() -> read(create().replace("?>", "?><!DOCTYPE a SYSTEM \"file:///etc/passwd\">")))
                .isInstanceOf(Illisible.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<h:Password>secret</h:Password>",
                "<Password>secret</Password>",
                "<w:Password Type=\"x\">secret</w:Password >",
                "<h:Password><![CDATA[secret]]></h:Password><h:Password>secret</h:Password>",
                "<h:Password>secret"
            })
    @DisplayName("SEC-05: no password is kept, and nothing else is touched")
    void redacted(String password) {
        byte[] envelope = ("<é>" + password + "</é>").getBytes(StandardCharsets.UTF_8);
        String kept = new String(Caviardage.redact(envelope), StandardCharsets.UTF_8);
        assertThat(kept).doesNotContain("secret").contains("***").startsWith("<é>");
        byte[] plain = "<é>Password secret</é>".getBytes(StandardCharsets.UTF_8);
        assertThat(Caviardage.redact(plain)).isEqualTo(plain);
    }
}
