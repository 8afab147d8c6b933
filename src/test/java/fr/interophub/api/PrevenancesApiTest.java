package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les prévenances, par REST")
class PrevenancesApiTest extends RestSlice {

    private static final String ANNONCE = """
            {"ReferencePrevenance": "PREV-1", "ReferencePM": "pm-1", "DateHeureDebut": "20261124 08:00",
             "DateHeureFin": "20261124 12:00", "Commentaire": "câble", "adresses": ["1 rue Basse, 64000 Pau", "x"]}""";

    @BeforeEach
    void oneAccess() {
        jdbc.update("delete from acces");
        post(OI, """
                [{"operateur": "OCXA", "ReferencePrestationPrise": "P-1", "ReferencePrise": "PTO-1", "ReferencePm": "PM-1",
                  "adresse": "1 RUE BASSE, 64000 PAU", "dateMes": "2026-01-31T12:00:00+01:00"}]""", "/api/v1/parc");
    }

    @Test
    void announcedTakenFollowed() {
        Reply first = post(SI, ANNONCE, "/api/v1/si/prevenances");

        assertThat(first.status()).isEqualTo(200);
        assertThat(first.json().at("/verdict").asText()).isEqualTo("OK");
        assertThat(first.json().has("motif")).isFalse();
        assertThat(first.json().at("/adressesSansAcces/0").asText()).isEqualTo("x");
        assertThat(first.json().at("/accesSansAdresse").asInt()).isZero();
        JsonNode envoi = first.json().at("/envois/0");
        assertThat(envoi.at("/operateur").asText()).isEqualTo("OCXA");
        assertThat(envoi.at("/adresses").asInt()).isOne();
        assertThat(post(OI, ANNONCE, "/api/v1/si/prevenances").body()).isEqualTo(first.body());
        assertThat(get(OCXA, "/api/v1/dossiers/{id}", envoi.at("/dossier").asText())
                        .json()
                        .at("/messages/0/champs/Adresse")
                        .asText())
                .isEqualTo("1 RUE BASSE, 64000 PAU");
        assertProblem(get(OCXB, "/api/v1/dossiers/{id}", envoi.at("/dossier").asText()), 404);

        JsonNode before = get(SI, "/api/v1/si/prevenances/prev-1").json();
        assertThat(before.at("/envois/0/etat").asText()).isEqualTo("ANNONCEE");
        assertThat(before.at("/envois/0").has("accuseLe")).isFalse();
        drop("OCXA", "ar.csv", "ReferencePrevenance;DateReception\nPREV-1;20261120\n");
        JsonNode after = get(SI, "/api/v1/si/prevenances?max=1").json().at("/prevenances/0");
        assertThat(after.at("/ReferencePrevenance").asText()).isEqualTo("PREV-1");
        assertThat(after.at("/annonceePar").asText()).isEqualTo("SI (API)");
        assertThat(after.at("/envois/0/etat").asText()).isEqualTo("ACCUSEE");
        assertThat(after.at("/envois/0/accuseLe").asText()).isNotEmpty();
        assertThat(after.has("id")).isFalse();
        demandes.number();
        assertThat(get(SI, "/api/v1/si/demandes").json().at("/demandes/0/flux").asText())
                .isEqualTo("ARPREVMAINT");
    }

    @Test
    void whatIsNotTakenSaysWhy() {
        post(SI, ANNONCE, "/api/v1/si/prevenances");

        Reply other = post(SI, ANNONCE.replace("câble", "autre"), "/api/v1/si/prevenances");
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().at("/motif").asText()).isEqualTo("REFERENCE_DEJA_UTILISEE");
        Reply unknown = post(SI, ANNONCE.replace("PREV-1", "PREV-2").replace("pm-1", "pm-2"), "/api/v1/si/prevenances");
        assertThat(unknown.status()).isEqualTo(400);
        assertThat(unknown.json().at("/champ").asText()).isEqualTo("ReferencePM");
        assertProblem(post(SI, "{", "/api/v1/si/prevenances"), 400);
        assertProblem(post(SI, "null", "/api/v1/si/prevenances"), 400);
        assertProblem(
                post(SI, ANNONCE.replace("[\"1", "\"1").replace("\"x\"]", "\"x\""), "/api/v1/si/prevenances"), 400);
        assertProblem(get(SI, "/api/v1/si/prevenances/PREV-2"), 404);
        assertProblem(get(SI, "/api/v1/si/prevenances?apres=x"), 400);
    }

    @Test
    void aPageAtATime() {
        for (int i = 1; i <= 3; i++) {
            post(SI, ANNONCE.replace("PREV-1", "PREV-" + i), "/api/v1/si/prevenances");
        }

        JsonNode first = get(SI, "/api/v1/si/prevenances?max=2").json();
        JsonNode second = get(
                        SI,
                        "/api/v1/si/prevenances?max=2&apres={a}",
                        first.at("/suivant").asText())
                .json();

        assertThat(first.findValuesAsText("ReferencePrevenance")).containsExactly("PREV-3", "PREV-2");
        assertThat(second.findValuesAsText("ReferencePrevenance")).containsExactly("PREV-1");
        assertThat(second.at("/suivant").isNull()).isTrue();
    }

    @Test
    void anAccuseOfNothingIsKeptAndMayBeJudgedAgain() {
        drop("OCXA", "ar.csv", "ReferencePrevenance;DateReception\nPREV-1;20261120\n");
        JsonNode kept = get(OI, "/api/v1/quarantaine").json().at("/quarantaine/0");
        assertThat(kept.at("/motif").asText()).isEqualTo("DOSSIER_INCONNU");
        post(SI, ANNONCE, "/api/v1/si/prevenances");

        Reply again = post(
                OI,
                "{\"motif\": \"annoncée depuis\"}",
                "/api/v1/quarantaine/{id}/rejouer",
                kept.at("/id").asText());

        assertThat(again.status()).isEqualTo(200);
        assertThat(get(SI, "/api/v1/si/prevenances/PREV-1")
                        .json()
                        .at("/envois/0/etat")
                        .asText())
                .isEqualTo("ACCUSEE");
        assertThat(get(OI, "/api/v1/quarantaine").json().get("quarantaine")).isEmpty();
    }
}
