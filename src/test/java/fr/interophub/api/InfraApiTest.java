package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.infra.Inventaire;
import fr.interophub.operateur.Annuaire;
import fr.interophub.si.Integre;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@DisplayName("Le référentiel par REST : les registres, ce qui attend une personne, les routes qui attendent leur OC")
class InfraApiTest extends RestSlice {

    @Autowired
    private Integre integre;

    @Autowired
    private Annuaire annuaire;

    @BeforeEach
    void network() throws IOException {
        for (Inventaire inventaire : Inventaire.values()) {
            Reply reply = load(
                    SI,
                    inventaire.code(),
                    Files.readString(Path.of("samples/infra-1", inventaire.code(), "nominal.csv")));
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        }
        ObjectNode sheet = json.createObjectNode().put("nom", "OC Neuf").put("siren", "123456789");
        sheet.putObject("versions").put("acces", "1.2");
        sheet.putObject("contrat").put("siMode", "integre");
        assertThat(put(OI, sheet.toString(), "/api/v1/operateurs/NEUF").status())
                .isBetween(200, 201);
        load(
                OI,
                "prestationpm?partiel=true",
                "ReferencePrestationPm;Operateur;ReferencePm;Financement\n=NEUF-PM;NEUF;ADR-64445-PAU-01;COFI\n");
    }

    @AfterEach
    void forget() {
        for (Inventaire inventaire : Inventaire.values()) {
            jdbc.update("delete from infra_" + inventaire.name().toLowerCase());
        }
        jdbc.update("delete from operateur where code = 'NEUF'");
        annuaire.refresh();
    }

    private Reply load(String key, String registre, String csv) {
        return send(MockMvcRequestBuilders.post("/api/v1/infra/" + registre)
                .header("X-Api-Key", key)
                .contentType("text/csv")
                .content(csv.getBytes(StandardCharsets.UTF_8)));
    }

    /** An order of NEUF at the address of the samples, answered by the referential. */
    private String ordered(String reference, String modele, String existante) {
        drop(
                "NEUF",
                reference + ".csv",
                order(reference)
                        .replace(";4515;12;", ";0417;12;")
                        .replace(";OI;20260126 09:00;", ";" + modele + ";;")
                        .replace("RDV-2026-0117;OCXA-PM-64445PAU-01", ";=NEUF-PM")
                        .replace(";;N;COFI;", ";;" + existante + ";COFI;")
                        .replace(";RDV-2026-0117;", ";;"));
        demandes.number();
        integre.answer();
        return dossier(reference).at("/etat").asText();
    }

    @Test
    void aFaultyRegisterIsToldAndNotTaken() {
        Reply reply = load(OI, "PBO?fichier=pbo.csv", "ReferencePBO;ReferencePm\nPBO-1;PM-INCONNU\n");

        assertThat(reply.status()).isEqualTo(422);
        assertThat(reply.json().at("/fichier").asText()).isEqualTo("pbo.csv");
        JsonNode fault = reply.json().at("/premieres/0");
        assertThat(fault.at("/ligne").asInt()).isEqualTo(2);
        assertThat(fault.at("/champ").asText()).isEqualTo("ReferencePm");
        assertThat(fault.at("/valeur").asText()).isEqualTo("PM-INCONNU");
        assertThat(fault.at("/regle").asText()).isEqualTo("INCONNU");
        assertThat(jdbc.queryForObject("select count(*) from infra_pbo", Integer.class))
                .isOne();
    }

    @Test
    void onlyTheOiAndItsSiMayLoad() {
        assertThat(load(OCXA, "PM", "x").status()).isEqualTo(403);
        assertProblem(load(OI, "Baie", "x"), 404);
    }

    @Test
    void whatWaitsForAPersonIsListedAndSetAside() {
        assertThat(ordered(reference(), "STOC", "O")).isEqualTo("ROUTE_HOTLINE");

        JsonNode waiting = get(SI, "/api/v1/si/a-decider").json().at("/aDecider");
        assertThat(waiting).hasSize(1);
        assertThat(waiting.at("/0/raison").asText()).contains("HOTLINE");
        String id = waiting.at("/0/id").asText();
        assertThat(send(org.springframework.http.HttpMethod.DELETE, SI, null, "/api/v1/si/a-decider/{id}", id)
                        .status())
                .isEqualTo(204);
        assertProblem(send(org.springframework.http.HttpMethod.DELETE, SI, null, "/api/v1/si/a-decider/{id}", id), 404);
    }

    @Test
    void aRouteThatItsOcForgetsIsOnTheListOfTheCampaign() {
        String reference = "@" + reference();
        assertThat(ordered(reference, "OC", "N")).isEqualTo("ROUTE_FOURNIE");
        assertThat(get(OI, "/api/v1/infra/routes-en-attente").json().at("/routes"))
                .as("not old enough")
                .isEmpty();
        jdbc.update("update dossier set modifie_le = modifie_le - interval '40' day");

        JsonNode route = get(OI, "/api/v1/infra/routes-en-attente?operateur=NEUF&jours=30")
                .json()
                .at("/routes/0");
        assertThat(route.at("/attend").asText()).isEqualTo("CR_MES_LigneFTTH");
        assertThat(route.at("/ReferencePBO").asText()).isEqualTo("PBO-00417");
        assertThat(get(OI, "/api/v1/infra/routes-en-attente?operateur=OCXA")
                        .json()
                        .at("/routes"))
                .isEmpty();

        String csv = get(OI, "/api/v1/infra/routes-en-attente.csv").body();
        assertThat(csv.lines().toList()).hasSize(2);
        assertThat(csv).as("no formula").contains(";'" + reference + ";ROUTE_FOURNIE;CR_MES_LigneFTTH;");
        assertThat(get(OCXA, "/api/v1/infra/routes-en-attente").status()).isEqualTo(403);
        assertProblem(get(OI, "/api/v1/infra/routes-en-attente?jours=x"), 400);
    }
}
