package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.api.Appelant.Droit;
import fr.interophub.echange.Transmission;
import fr.interophub.operateur.Annuaire;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@DisplayName("Who may do what by REST; an OC sees itself only")
class DroitsTest extends RestSlice {

    private static final String MOTIF = "{\"motif\": \"essai\"}";

    @Autowired
    private Annuaire annuaire;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/dossiers",
                "/api/v1/quarantaine",
                "/api/v1/operateurs",
                "/api/v1/alertes",
                "/api/v1/si/demandes",
                "/api/nimporte",
                "/api/v1/dossiers/00000000-0000-0000-0000-000000000000"
            })
    void withoutAKnownKeyNothing(String path) {
        for (String key : new String[] {null, "", " ", "faux", "DEMO-OI", "demo-oi ", "demo-oi,demo-oi"}) {
            Reply reply = get(key, path);
            assertProblem(reply, 401);
            assertThat(reply.response().getHeader("WWW-Authenticate")).isNotBlank();
        }
        assertProblem(send(MockMvcRequestBuilders.get(path).header("X-Api-Key", OI, OI)), 401);
        assertProblem(send(MockMvcRequestBuilders.get(path).header("Authorization", "Basic YWRtaW46ZGVtbw==")), 401);
    }

    @Test
    void akeyThatIsNotSetIsNobodys() {
        for (String unset : new String[] {null, "", "  "}) {
            TrousseauDeCles keys = new TrousseauDeCles(annuaire, unset, unset);
            for (String key : new String[] {null, "", "  ", "null", "${hub.cles.oi}"}) {
                assertThat(keys.find(key)).isEmpty();
            }
            assertThat(keys.find("demo-ocxa")).contains(new Appelant(Droit.OC, "OCXA"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/dossiers",
        "GET, /api/v1/dossiers/x",
        "GET, /api/v1/messages/x/contenu",
        "GET, /api/v1/quarantaine",
        "GET, /api/v1/operateurs",
        "GET, /api/v1/operateurs/OCXA",
        "PUT, /api/v1/operateurs/OCXA",
        "GET, /api/v1/alertes",
        "POST, /api/v1/alertes/x/fermer",
        "POST, /api/v1/quarantaine/x/rejouer",
        "POST, /api/v1/messages/x/reemettre"
    })
    void theLegacyItHasItsOwnDoorsOnly(String method, String path) {
        assertProblem(send(HttpMethod.valueOf(method), SI, method.equals("GET") ? null : MOTIF, path), 403);
    }

    @Test
    void theLegacyItComesInByItsDoorsAndSoDoesTheOi() {
        for (String key : List.of(SI, OI)) {
            assertThat(get(key, "/api/v1/si/demandes").status()).isEqualTo(200);
            assertThat(post(key, "[]", "/api/v1/si/decisions").status()).isEqualTo(200);
            assertThat(post(key, "[]", "/api/v1/parc").status()).isEqualTo(200);
            assertProblem(get(key, "/api/v1/parc/x"), 404);
            assertThat(post(key, "{}", "/api/v1/si/prevenances").status()).isEqualTo(400);
            assertThat(get(key, "/api/v1/si/prevenances").status()).isEqualTo(200);
        }
        assertProblem(post(OCXA, "{}", "/api/v1/si/prevenances"), 403);
        assertProblem(get(OCXA, "/api/v1/si/prevenances"), 403);
        assertProblem(post(OCXA, "[]", "/api/v1/parc"), 403);
    }

    @Test
    void anOcWritesNothing() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        drop("OCXA", "rien.csv", "x\ny");
        emit();
        String message = dossier(reference).at("/messages/1/id").asText();
        String kept =
                get(OI, "/api/v1/quarantaine").json().at("/quarantaine/0/id").asText();

        assertProblem(post(OCXA, MOTIF, "/api/v1/messages/{id}/reemettre", message), 403);
        assertProblem(post(OCXA, MOTIF, "/api/v1/quarantaine/{id}/rejouer", kept), 403);
        assertProblem(post(OCXA, MOTIF, "/api/v1/quarantaine/{id}/ecarter", kept), 403);
        assertProblem(put(OCXA, "{}", "/api/v1/operateurs/OCXA"), 403);
        assertProblem(get(OCXA, "/api/v1/operateurs/OCXA"), 403);
        assertProblem(get(OCXA, "/api/v1/operateurs"), 403);
        assertProblem(get(OCXA, "/api/v1/alertes"), 403);
        assertProblem(get(OCXA, "/api/v1/si/demandes"), 403);
        assertProblem(post(OCXA, "[]", "/api/v1/si/decisions"), 403);
        assertThat(dossier(reference).get("messages")).hasSize(2);
        assertThat(get(OI, "/api/v1/quarantaine").json().get("quarantaine")).hasSize(1);
    }

    @Test
    void anOcReadsItsOwn() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        drop("OCXA", "rien.csv", "x\ny");
        emit();
        JsonNode dossier = dossier(reference);

        assertThat(get(OCXA, "/api/v1/dossiers").json().get("dossiers")).hasSize(1);
        assertThat(get(OCXA, "/api/v1/dossiers?etat=ACQUITTEE").json().get("dossiers"))
                .hasSize(1);
        assertThat(get(OCXA, "/api/v1/dossiers/{id}", dossier.get("id").asText())
                        .json())
                .isEqualTo(dossier);
        assertThat(get(OCXA, "/api/v1/quarantaine").json().get("quarantaine")).hasSize(1);
        for (JsonNode message : dossier.get("messages")) {
            assertThat(get(
                                    OCXA,
                                    "/api/v1/messages/{id}/contenu",
                                    message.get("id").asText())
                            .body())
                    .contains(reference);
        }
    }

    @Test
    void anOcSeesNothingOfAnother() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        Transmission unreadable = drop("OCXA", "secret.csv", "x\ny");
        emit();
        JsonNode dossier = dossier(reference);
        String id = dossier.get("id").asText();
        String kept =
                get(OI, "/api/v1/quarantaine").json().at("/quarantaine/0/id").asText();

        for (String query : List.of(
                "",
                "?reference=" + reference,
                "?operateur=OCXA",
                "?etat=ACQUITTEE",
                "?etat=ACQUITTEE&operateur=OCXA",
                "?reference=" + reference + "&operateur=OCXA")) {
            assertThat(get(OCXB, "/api/v1/dossiers" + query).body())
                    .as(query)
                    .isEqualTo("{\"dossiers\":[],\"suivant\":null}");
        }
        for (String query : List.of("", "?operateur=OCXA")) {
            assertThat(get(OCXB, "/api/v1/quarantaine" + query).body())
                    .isEqualTo("{\"quarantaine\":[],\"suivant\":null}");
        }
        for (String file : List.of(
                dossier.at("/messages/0/id").asText(),
                dossier.at("/messages/1/id").asText(),
                unreadable.id().toString())) {
            sameAsNothing(HttpMethod.GET, "/api/v1/messages/%s/contenu", file);
            sameAsNothing(HttpMethod.POST, "/api/v1/messages/%s/reemettre", file);
        }
        sameAsNothing(HttpMethod.GET, "/api/v1/dossiers/%s", id);
        sameAsNothing(HttpMethod.POST, "/api/v1/quarantaine/%s/rejouer", kept);
        sameAsNothing(HttpMethod.POST, "/api/v1/quarantaine/%s/ecarter", kept);
        assertThat(faceless(OCXB, HttpMethod.GET, "/api/v1/operateurs/%s", "OCXA"))
                .isEqualTo(faceless(OCXB, HttpMethod.GET, "/api/v1/operateurs/%s", "ZZZZ"))
                .startsWith("404");
        assertThat(faceless(OCXB, HttpMethod.PUT, "/api/v1/operateurs/%s", "OCXA"))
                .startsWith("404");
    }

    private void sameAsNothing(HttpMethod method, String path, String id) {
        assertThat(faceless(OCXB, method, path, id))
                .as(path)
                .isEqualTo(faceless(OCXB, method, path, UUID.randomUUID().toString()))
                .startsWith("404");
    }

    private String faceless(String key, HttpMethod method, String path, String id) {
        Reply reply = send(method, key, method == HttpMethod.GET ? null : MOTIF, path.formatted(id));
        return reply.status() + " " + reply.body().replace(id, "*");
    }

    @Test
    void problemsAreFrenchUnlessEnglishIsAskedFor() {
        assertThat(french(null)).isEqualTo("Introuvable");
        assertThat(french("fr")).isEqualTo("Introuvable");
        assertThat(french("de")).isEqualTo("Introuvable");
        assertThat(french("fr-FR,en;q=0.5")).isEqualTo("Introuvable");
        assertThat(french("???;;;")).isEqualTo("Introuvable");
        assertThat(french("en")).isEqualTo("Not found");
        assertThat(french("en-GB,fr;q=0.5")).isEqualTo("Not found");
        Reply refused = send(MockMvcRequestBuilders.get("/api/v1/dossiers").header("Accept-Language", "en"));
        assertThat(refused.json().get("title").asText()).isEqualTo("Missing or unknown key");
        assertThat(refused.response().getHeader("Content-Language")).isEqualTo("en");
    }

    private String french(String language) {
        var request = MockMvcRequestBuilders.get("/api/v1/dossiers/x").header("X-Api-Key", OI);
        Reply reply = send(language == null ? request : request.header("Accept-Language", language));
        assertProblem(reply, 404);
        assertThat(reply.json().get("instance").asText()).isEqualTo("/api/v1/dossiers/x");
        return reply.json().get("title").asText();
    }

    @Test
    void whatTheContainerRefusesIsAProblemToo() {
        assertProblem(get(OI, "/api/v1/nimporte"), 404);
        Reply wrongMethod = send(HttpMethod.DELETE, OI, null, "/api/v1/dossiers");
        assertProblem(wrongMethod, 405);
        assertThat(wrongMethod.response().getHeader("Allow")).contains("GET");
        assertProblem(
                send(MockMvcRequestBuilders.post("/api/v1/si/decisions")
                        .header("X-Api-Key", SI)
                        .contentType("text/plain")
                        .content("[]")),
                415);
        Reply accepted = send(MockMvcRequestBuilders.get("/api/v1/dossiers")
                .header("X-Api-Key", OI)
                .accept("image/png"));
        assertProblem(accepted, 406);
    }

    @Test
    void noCookieIsGivenAndNothingIsKeptByBrowsers() {
        var response = get(OI, "/api/v1/dossiers").response();
        assertThat(response.getCookies()).isEmpty();
        assertThat(response.getHeader("Cache-Control")).contains("no-store");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
    }
}
