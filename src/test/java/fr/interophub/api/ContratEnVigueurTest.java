package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.operateur.Annuaire;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("A contract that was just written rules the next file")
class ContratEnVigueurTest extends RestSlice {

    @Autowired
    private Annuaire annuaire;

    @AfterEach
    void forget() {
        jdbc.update("delete from operateur where code = 'NEUF'");
        annuaire.refresh();
    }

    private void agreed(String contrat) throws IOException {
        agreed(contrat, "1.2");
    }

    private void agreed(String contrat, String version) throws IOException {
        ObjectNode sheet = json.createObjectNode().put("nom", "OC Neuf").put("siren", "123456789");
        sheet.putObject("versions").put("acces", version);
        sheet.set("contrat", json.readTree(contrat));
        Reply reply = put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");
        assertThat(reply.status()).as(reply.body()).isBetween(200, 201);
    }

    private JsonNode quarantine() {
        return get(OI, "/api/v1/quarantaine?operateur=NEUF").json().get("quarantaine");
    }

    private static String two() {
        String order = order(reference());
        return order + order(reference()).split("\n")[1] + "\n";
    }

    @Test
    void aFileLongerThanAgreedIsUnreadable() throws IOException {
        agreed("{\"lignesMax\": 1}");
        drop("NEUF", "deux.csv", two());
        assertThat(quarantine()).hasSize(1);

        agreed("{\"lignesMax\": 2}");
        drop("NEUF", "deux aussi.csv", two());
        assertThat(quarantine()).hasSize(1);
    }

    @Test
    void anEncodingThatWasAgreedIsImposed() throws IOException {
        String reference = reference();
        byte[] sent = order(reference).replace(";PAU;", ";Œuilly;").getBytes(Charset.forName("ISO-8859-15"));
        agreed("{\"encodageEntrant\": \"ISO-8859-15\"}");

        journal.receive("NEUF", "SFTP", "latin.csv", new ByteArrayInputStream(sent));
        judge();

        assertThat(dossier(reference).at("/messages/0/champs/CommuneImmeuble").asText())
                .as("windows-1252 would read ¼uilly")
                .isEqualTo("Œuilly");
    }

    @Test
    void aVersionThatWasNotAgreedIsUnreadable() throws IOException {
        String reference = reference();
        agreed("{}", "1.3");
        drop("NEUF", "en-1.2.csv", order(reference));
        assertThat(quarantine().at("/0/motif").asText()).isEqualTo("VERSION_NON_PARLEE");

        agreed("{}", "1.2");
        drop("NEUF", "en-1.2 encore.csv", order(reference) + "\n");
        assertThat(dossier(reference).get("etat").asText()).isEqualTo("ACQUITTEE");
    }

    @Test
    void aColumnThatWasLeftOutIsNeitherReadNorWritten() throws IOException {
        String reference = reference();
        agreed("""
                {"colonnes": {"Cmd_Acces": {"absents": ["Info Cmd Accès 8"]},
                              "AR_Cmd_Acces": {"absents": ["ReferencePrestationPrise"]}}}
                """);
        String shorter = order(reference).replace(";Info Cmd Accès 8", "").replaceAll(";\n$", "\n");

        drop("NEUF", "court.csv", shorter);
        emit();

        JsonNode answer = dossier(reference).at("/messages/1");
        assertThat(answer.get("flux").asText()).isEqualTo("AR_Cmd_Acces");
        assertThat(get(OI, "/api/v1/messages/{id}/contenu", answer.get("id").asText())
                        .body())
                .startsWith("ReferenceCommandePriseInterneOC;EtatArCommandePrise;DateArCommandePrise;"
                        + "MotifKoArCommandePrise\n" + reference + ";OK;");
    }
}
