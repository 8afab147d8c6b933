package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les demandes en vol par un mode que leur opérateur a quitté, par REST")
class DemandesEnVolApiTest extends RestSlice {

    private static final String EN_VOL = "/api/v1/si/demandes/en-vol";
    private static final String DEPLACER = EN_VOL + "/deplacer";

    @BeforeEach
    void twoOrdersThenAnotherMode() {
        drop("OCXA", "1.csv", order(reference()));
        drop("OCXA", "2.csv", order(reference()));
        demandes.number();
        meet("webhook");
    }

    @AfterEach
    void asBefore() {
        meet(null);
    }

    private void meet(String mode) {
        ObjectNode fiche = (ObjectNode) get(OI, "/api/v1/operateurs/OCXA").json();
        fiche.withObject("/contrat").put("siMode", mode);
        assertThat(put(OI, fiche.toString(), "/api/v1/operateurs/OCXA").status())
                .isEqualTo(200);
    }

    @Test
    void theyAreListedAndMovedWithAReason() {
        JsonNode page = get(SI, EN_VOL + "?max=1").json();
        JsonNode newest = page.at("/demandes/0");
        assertThat(newest.get("numero").asLong()).isEqualTo(2);
        assertThat(newest.get("mode").asText()).isEqualTo("rest");
        assertThat(newest.get("vers").asText()).isEqualTo("webhook");
        assertThat(newest.get("prise").asBoolean()).isFalse();
        assertThat(get(OI, EN_VOL + "?avant={n}", page.get("suivant").asText())
                        .json()
                        .at("/demandes/0/numero")
                        .asLong())
                .isOne();

        assertProblem(post(SI, "{\"numeros\": [1], \"motif\": \"SI\"}", DEPLACER), 403);
        assertProblem(post(OCXA, "{\"numeros\": [1], \"motif\": \"OC\"}", DEPLACER), 403);
        assertProblem(get(OCXA, EN_VOL), 403);
        for (String body : new String[] {
            "{\"numeros\": [1]}",
            "{\"numeros\": [], \"motif\": \"x\"}",
            "{\"numeros\": [null], \"motif\": \"x\"}",
            "{\"motif\": \"x\"}"
        }) {
            assertProblem(post(OI, body, DEPLACER), 400);
        }
        assertProblem(post(OI, "{\"numeros\": [1, 9], \"motif\": \"x\"}", DEPLACER), 409);
        assertThat(get(OI, EN_VOL).json().get("demandes")).as("all or none").hasSize(2);

        Reply moved = post(OI, "{\"numeros\": [2, 1], \"motif\": \"nouveau SI\"}", DEPLACER);
        assertThat(moved.json().get("statut").asText()).isEqualTo("DEPLACEE");
        assertThat(get(OI, EN_VOL).json().get("demandes")).isEmpty();
        assertProblem(post(OI, "{\"numeros\": [2], \"motif\": \"encore\"}", DEPLACER), 409);
        assertThat(jdbc.queryForList(
                        "select cible from acte where verbe = 'deplacer' and motif = 'nouveau SI'", String.class))
                .hasSize(2)
                .contains(newest.get("id").asText());
        demandes.number();
        assertThat(jdbc.queryForObject("select count(*) from demande_a_livrer", Long.class))
                .isEqualTo(2);
    }

    @Test
    void aNumberThatIsNoneIsRefused() {
        assertProblem(get(OI, EN_VOL + "?avant=hier"), 400);
    }
}
