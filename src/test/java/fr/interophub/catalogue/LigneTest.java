package fr.interophub.catalogue;

import static fr.interophub.catalogue.Specimens.CMD;
import static fr.interophub.catalogue.Specimens.commande;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Une ligne")
class LigneTest {

    @Test
    @SuppressWarnings("unchecked")
    void jsonIsWhatAnyReaderReads() throws Exception {
        var ligne = commande("CommentaireCmdAcces", "« a \"b\" \\ c »\n\t\u0001 é 😀");
        var json = new StringBuilder();
        ligne.writeJson(json);
        assertThat((Map<String, String>) new ObjectMapper().readValue(json.toString(), Map.class))
                .isEqualTo(ligne.champs());
        var empty = new StringBuilder();
        CMD.ligne(0, Map.of()).writeJson(empty);
        assertThat(empty).hasToString("{}");
        var broken = new StringBuilder();
        commande("NomClient", "a\uD83D").writeJson(broken);
        assertThat(broken.toString()).contains("\"a\uFFFD\"");
    }

    @Test
    void csvQuotesOnlyWhatNeedsIt() {
        var sheet = Specimens.PAGE.feuille("Mess_OI_Cmd_Acces");
        var champs = new HashMap<>(Map.of("ReferenceCommandePriseInterneOC", "1", "DateMessage", "20260101 00:00"));
        champs.put("Message", "dit \"oui\" ; puis\nrien");
        var out = new StringBuilder();
        sheet.ligne(0, champs).writeCsv(out);
        assertThat(out).hasToString("1;;20260101 00:00;\"dit \"\"oui\"\" ; puis\nrien\"\n");
        var spaced = new StringBuilder();
        Ligne.csv(spaced, " a ");
        assertThat(spaced).hasToString("\" a \"");
    }

    @Test
    void fingerprintLeavesOutWhatItIsTold() {
        var sauf = Set.of("DateCommandePrise");
        assertThat(commande("DateCommandePrise", "20150101 00:00").empreinte(sauf))
                .hasSize(64)
                .isEqualTo(CMD.ligne(7, commande()).empreinte(sauf))
                .isNotEqualTo(commande("NomClient", "Martine").empreinte(sauf));
        // a value may not slip from one field into the next
        assertThat(commande("NomClient", "").with("PrenomClient", "Martin").empreinte(sauf))
                .isNotEqualTo(commande("NomClient", "Martin").empreinte(sauf));
    }

    @Test
    void withChangesOneFieldAndLeavesTheFirstAlone() {
        var ligne = CMD.ligne(2, commande());
        assertThat(ligne.with("type racco", " stoc ").get("TypeRacco")).isEqualTo("STOC");
        assertThat(ligne.get("TypeRacco")).isEqualTo("OI");
        assertThat(ligne.reference()).isEqualTo("478977");
        assertThat(ligne.numero()).isEqualTo(2);
        assertThat(ligne.issue()).isNull();
    }
}
