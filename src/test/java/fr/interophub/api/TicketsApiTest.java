package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.operateur.Annuaire;
import fr.interophub.sav.Appel;
import fr.interophub.sav.Reponse;
import fr.interophub.sav.Signalisations;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@DisplayName("Le parc et les signalisations, par REST")
class TicketsApiTest extends RestSlice {

    private static final String ACCES = """
            {"operateur": "OCXA", "ReferencePrestationPrise": "%s", "ReferencePrise": "PTO-%s",
             "dateMes": "2026-01-31T12:00:00+01:00", "gtr": "PT10H", "partagee": true}""";

    @Autowired
    private Signalisations signalisations;

    @Autowired
    private Annuaire annuaire;

    @BeforeEach
    void noAccess() {
        jdbc.update("delete from acces");
        jdbc.update("delete from notification_a_emettre");
    }

    @Test
    void accessesComeByJsonAndByCsvEachWithItsVerdict() {
        Reply loaded = post(OI, "[" + ACCES.formatted("P-1", "1") + ", {\"operateur\": \"OCXA\"}]", "/api/v1/parc");

        assertThat(loaded.status()).isEqualTo(200);
        assertThat(loaded.json().at("/0/verdict").asText()).isEqualTo("OK");
        assertThat(loaded.json().at("/1/verdict").asText()).isEqualTo("KO");
        assertThat(loaded.json().at("/1/motif").asText()).isEqualTo("CHAMP_VIDE");
        assertThat(loaded.json().at("/1/champ").asText()).isEqualTo("ReferencePrestationPrise");

        Reply csv = send(MockMvcRequestBuilders.request(HttpMethod.POST, "/api/v1/parc")
                .header("X-Api-Key", OI)
                .contentType("text/csv")
                .content("operateur;ReferencePrestationPrise;ReferencePrise;ReferencePm;adresse;dateMes;gtr;partagee\n"
                        + "OCXA;P-2;PTO-2;PM-1;1 RUE BASSE, 64000 PAU;2026-01-31T12:00:00+01:00;;false\n"));
        assertThat(csv.json().at("/0/verdict").asText()).isEqualTo("OK");
        JsonNode second = get(OI, "/api/v1/parc/p-2").json();
        assertThat(second.at("/partagee").asBoolean()).isFalse();
        assertThat(second.at("/gtr").isNull()).isTrue();
        assertThat(second.at("/ReferencePm").asText()).isEqualTo("PM-1");
        assertThat(second.at("/adresse").asText()).isEqualTo("1 RUE BASSE, 64000 PAU");
        assertThat(second.at("/etat").asText()).isEqualTo("EN_SERVICE");
    }

    @Test
    void anAccessIsReadCorrectedAndForgotten() {
        assertThat(put(OI, ACCES.formatted("P-3", "3"), "/api/v1/parc/P-3").status())
                .isEqualTo(200);
        assertThat(get(OI, "/api/v1/parc/P-3").json().at("/gtr").asText()).isEqualTo("PT10H");
        assertThat(put(OI, ACCES.formatted("P-3", "3").replace("PT10H", "dix heures"), "/api/v1/parc/P-3")
                        .status())
                .isEqualTo(400);
        assertThat(put(OI, ACCES.formatted("P-3", "3"), "/api/v1/parc/P-4").status())
                .isEqualTo(400);
        assertThat(send(HttpMethod.DELETE, OI, null, "/api/v1/parc/P-3").status())
                .isEqualTo(204);
        assertProblem(get(OI, "/api/v1/parc/P-3"), 404);
        assertProblem(post(OI, "{", "/api/v1/parc"), 400);
        assertThat(post(OCXA, "[]", "/api/v1/parc").status()).isEqualTo(403);
    }

    @Test
    void aTicketIsReadBackWithItsTwoStates() {
        post(OI, "[" + ACCES.formatted("P-5", "5") + "]", "/api/v1/parc");
        String reference = reference();
        Map<String, String> champs = new HashMap<>();
        champs.put("troubleTicketState", "QUEUED");
        champs.put("serviceProviderID", "910000009");
        champs.put("supplierID", "900000001");
        champs.put("troubleTicketType", "1");
        champs.put("commercialId", "P-5");
        champs.put("technicalId", "PTO-5");
        champs.put("serviceProviderTroubleTicketKey", reference);
        champs.put("defectClassId", "1");
        champs.put("defectDescription", "PAS DE SIGNAL");
        champs.put("defectPrelocalization", "PTO");
        Reponse opened = signalisations.create(
                annuaire.find("OCXA").orElseThrow(), new Appel("CASE CREATE REQUEST", champs, null, "SOAP"));
        assertThat(opened.code()).as(opened.libelle()).isZero();
        assertThat(dossier(reference).has("resolution")).isFalse();

        JsonNode verdict = post(
                        SI,
                        """
                        [{"id": "t-1-%s", "operateur": "OCXA", "flux": "CASE SOLVING NOTIFICATION",
                          "champs": {"troubleTicketKey": "%s", "supplierUnit": "Guichet SAV"}},
                         {"id": "t-2-%s", "operateur": "OCXA", "flux": "CASE SOLVING NOTIFICATION",
                          "champs": {"troubleTicketKey": "%s", "supplierUnit": "Guichet SAV"}},
                         {"id": "t-3-%s", "operateur": "OCXA", "flux": "CASE SOLVED NOTIFICATION",
                          "champs": {"troubleTicketKey": "INCONNU"}}]""".formatted(
                                reference, opened.troubleTicketKey(), reference, opened.troubleTicketKey(), reference),
                        "/api/v1/si/decisions")
                .json();
        assertThat(verdict.at("/0/etat").asText()).as(verdict.toString()).isEqualTo("OPENACTIVE");
        assertThat(verdict.at("/1/motif").asText()).isEqualTo("HORS_SEQUENCE");
        assertThat(verdict.at("/1/detail").asText()).startsWith("13 ");
        assertThat(verdict.at("/2/motif").asText()).isEqualTo("DOSSIER_INCONNU");

        JsonNode ticket = dossier(opened.troubleTicketKey());
        assertThat(ticket.at("/objet").asText()).isEqualTo("ticket");
        assertThat(ticket.at("/protocole").asText()).isEqualTo("sav");
        assertThat(ticket.at("/version").asText()).isEqualTo("2.1");
        assertThat(ticket.at("/etat").asText()).isEqualTo("OPENACTIVE");
        assertThat(ticket.at("/resolution").asText()).isEqualTo("ACTION A DEFINIR");
        assertThat(ticket.at("/vie").asText())
                .isEqualTo("CASE CREATE REQUEST > CASE SOLVING NOTIFICATION = OPENACTIVE");
        assertThat(ticket.at("/references/serviceProviderTroubleTicketKey").asText())
                .isEqualTo(reference);
        assertThat(ticket.at("/references/technicalId").asText()).isEqualTo("PTO-5");
        assertThat(ticket.at("/messages/1/acheminement").asText()).isEqualTo("A_EMETTRE");
        assertThat(ticket.at("/messages/1/champs/supplierUnit").asText()).isEqualTo("Guichet SAV");
        String notification = ticket.at("/messages/1/id").asText();
        assertThat(post(OI, "{\"motif\": \"perdue\"}", "/api/v1/messages/{id}/reemettre", notification)
                        .json()
                        .at("/nature")
                        .asText())
                .isEqualTo("REEMIS");
        assertThat(jdbc.queryForObject("select count(*) from notification_a_emettre", Integer.class))
                .isEqualTo(2);
        assertProblem(
                post(
                        OI,
                        "{\"motif\": \"perdue\"}",
                        "/api/v1/messages/{id}/reemettre",
                        ticket.at("/messages/0/id").asText()),
                409);
        assertThat(get(OCXB, "/api/v1/dossiers?reference={r}", reference).json().at("/dossiers"))
                .isEmpty();
        assertThat(get(OI, "/api/v1/dossiers?protocole=sav&etat=OPENACTIVE")
                        .json()
                        .at("/dossiers"))
                .hasSize(1);

        demandes.number();
        JsonNode demande = get(SI, "/api/v1/si/demandes").json().at("/demandes/0");
        assertThat(demande.at("/flux").asText()).isEqualTo("CASE CREATE REQUEST");
        assertThat(demande.at("/champs/troubleTicketKey").asText()).isEqualTo(opened.troubleTicketKey());
    }
}
