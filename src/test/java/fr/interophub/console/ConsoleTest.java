package fr.interophub.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.api.RestSlice;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.io.ClassPathResource;
import org.springframework.mock.web.MockHttpSession;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@DisplayName("The console: pages, gestes, and who may see them")
class ConsoleTest extends RestSlice {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private MockHttpSession session;

    @BeforeEach
    void enter() {
        session = new MockHttpSession();
        Reply reply = login("admin", "demo");
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.response().getRedirectedUrl()).doesNotContain("erreur");
    }

    private Reply login(String login, String password) {
        String token = token(page("/connexion").body());
        return send(MockMvcRequestBuilders.post("/connexion")
                .session(session)
                .param("login", login)
                .param("motDePasse", password)
                .param("_csrf", token));
    }

    private static String token(String page) {
        Matcher found = CSRF.matcher(page);
        assertThat(found.find()).as("a form carries its token: %s", page).isTrue();
        return found.group(1);
    }

    private Reply page(String path, Object... variables) {
        return send(MockMvcRequestBuilders.get(path, variables).session(session));
    }

    private Reply act(String path, String motif) {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.post(path)
                .session(session)
                .param("_csrf", token(page("/alertes").body()));
        return send(motif == null ? request : request.param("motif", motif));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/sans-dossier",
                "/quarantaine",
                "/alertes",
                "/en-vol",
                "/prevenances",
                "/operateurs",
                "/dossiers/x",
                "/messages/x/contenu",
                "/rien"
            })
    void aStrangerIsAskedWhoHeIs(String path) {
        Reply reply = send(MockMvcRequestBuilders.get(path));
        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.response().getRedirectedUrl()).endsWith("/connexion");
        assertThat(send(MockMvcRequestBuilders.get(path).header("X-Api-Key", OI))
                        .status())
                .isEqualTo(302);
        Reply polling = send(MockMvcRequestBuilders.get(path).header("HX-Request", "true"));
        assertThat(polling.status()).isEqualTo(401);
        assertThat(polling.response().getHeader("HX-Refresh")).isEqualTo("true");
    }

    @Test
    void aConsoleSessionIsNoKey() {
        assertThat(page("/api/v1/dossiers").status()).isEqualTo(401);
    }

    @Test
    void wrongCredentialsDoNotComeIn() {
        session = new MockHttpSession();
        for (String[] pair : new String[][] {{"admin", "faux"}, {"", ""}, {"admin", ""}, {"Admin' or 1=1", "demo"}}) {
            assertThat(login(pair[0], pair[1]).response().getRedirectedUrl()).isEqualTo("/connexion?erreur");
        }
        assertThat(page("/connexion?erreur").body()).contains("refusé");
        assertThat(page("/").status()).isEqualTo(302);
    }

    @Test
    void leavingClosesTheSession() {
        Reply reply = act("/deconnexion", null);
        assertThat(reply.response().getRedirectedUrl()).isEqualTo("/connexion?fin");
        assertThat(session.isInvalid()).isTrue();
    }

    @Test
    void pagesCarryTheirGuards() {
        var response = page("/").response();
        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("script-src 'self'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.getHeader("X-Frame-Options")).isEqualTo("DENY");
        assertThat(response.getHeader("Cache-Control")).contains("no-store");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    @Test
    void whatPagesNeedIsServedToAnyone() {
        for (String path :
                List.of("/console.css", "/favicon.svg", "/webjars/htmx.org/dist/htmx.min.js", "/connexion")) {
            assertThat(send(MockMvcRequestBuilders.get(path)).status()).as(path).isEqualTo(200);
        }
    }

    @Test
    void dossiersAreListedAndFound() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));

        assertThat(page("/").body())
                .contains(
                        "<html lang=\"fr\"",
                        reference,
                        "ACQUITTEE",
                        "Cmd_Acces &gt; AR_Cmd_Acces OK",
                        "PTO à construire")
                .contains("hx-trigger=\"every 2s\"");
        assertThat(page("/?reference={r}", reference.toLowerCase()).body()).contains(">" + reference + "<");
        assertThat(page("/?reference=inconnue").body()).contains("Aucun dossier ne correspond");
        assertThat(page("/?operateur=OCXB").body()).doesNotContain(reference);
        assertThat(page("/?etat=EN_SERVICE&operateur=").body()).doesNotContain(reference);
        assertThat(send(MockMvcRequestBuilders.get("/").session(session).header("HX-Request", "true"))
                        .body())
                .contains(reference)
                .startsWith("<div id=\"vivant\"")
                .doesNotContain("<html");
    }

    @Test
    void listsArePaged() {
        for (int i = 0; i < 52; i++) {
            drop("OCXA", i + ".csv", order(reference()));
        }
        String first = page("/?operateur=OCXA").body();
        Matcher next = Pattern.compile("href=\"(/\\?operateur=OCXA&amp;apres=[^\"]+)\"")
                .matcher(first);
        assertThat(next.find()).isTrue();
        String second = page(next.group(1).replace("&amp;", "&")).body();
        assertThat(second.split("<tr>")).hasSize(4);
        assertThat(second).doesNotContain("hx-trigger");
    }

    @Test
    void aDossierTellsItsLife() {
        String reference = reference();
        drop("OCXA", "commandes d'été.csv", order(reference));
        emit();
        JsonNode dossier = dossier(reference);

        String body = page("/dossiers/{id}", dossier.get("id").asText()).body();

        assertThat(body)
                .contains(reference, "Cmd_Acces", "AR_Cmd_Acces", "ETCHEVERRY", "commandes d&#39;été.csv", "émis")
                .contains("OCXA → nous", "nous → OCXA", "Accusé de réception OK émis")
                .contains("/messages/" + dossier.at("/messages/0/id").asText() + "/contenu")
                .contains("/messages/" + dossier.at("/messages/1/id").asText() + "/reemettre")
                .doesNotContain("/messages/" + dossier.at("/messages/0/id").asText() + "/reemettre");
        assertThat(page("/messages/{id}/contenu", dossier.at("/messages/0/id").asText())
                        .body())
                .isEqualTo(order(reference));
    }

    /** An order of the sample of this model, under a reference of its own. */
    private String ordered(String operateur, String modele) {
        String reference = reference();
        String order = order(reference).replace("OCXA-PM", operateur + "-PM");
        if (!modele.equals("OI")) {
            order = order.replace(";OI;20260126 09:00;", ";" + modele + ";;").replace(";RDV-2026-0117;", ";;");
        }
        drop(operateur, "cmd.csv", order);
        return reference;
    }

    /** What the SI decides of an order. */
    private void decide(String operateur, String reference, String flux, String champs) {
        Reply verdicts = post(
                SI,
                "[{\"id\":\"%s\",\"operateur\":\"%s\",\"flux\":\"%s\",\"champs\":{\"ReferenceCommandePriseInterneOC\":\"%s\"%s}}]"
                        .formatted(UUID.randomUUID(), operateur, flux, reference, champs),
                "/api/v1/si/decisions");
        assertThat(verdicts.json().at("/0/verdict").asText())
                .as(verdicts.body())
                .isEqualTo("OK");
    }

    private void route(String operateur, String reference) {
        decide(
                operateur,
                reference,
                "CR_Cmd_Acces",
                ",\"EtatCrCommandePrise\":\"OK\",\"ReferencePrise\":\"OI-64AB-0012\",\"ReferencePrestationPrise\":\"P-%s\",\"OC 1\":\"%s\""
                        .formatted(reference, operateur));
    }

    private String plan(String reference) {
        return page("/dossiers/{id}", dossier(reference).get("id").asText()).body();
    }

    private static String owed(String page) {
        Matcher found = Pattern.compile("<section class=\"carte dus\".*?(?=<details|</section>)", Pattern.DOTALL)
                .matcher(page);
        assertThat(found.find()).as(page).isTrue();
        return found.group();
    }

    /** The class of the box of a state in the drawing. */
    private static String lit(String page, String etat) {
        Matcher found = Pattern.compile(
                        "<g class=\"etat ?([a-z]*) ?\"><rect[^>]*></rect><text[^>]*>" + etat + "</text>")
                .matcher(page);
        assertThat(found.find()).as("%s is drawn", etat).isTrue();
        return found.group(1);
    }

    @ParameterizedTest
    @CsvSource({
        "OI, OI doit, CR_MAD_LigneFTTH, MISE_A_DISPOSITION, STOC_COMMANDEE",
        "STOC, OI doit, Cmd_STOC, STOC_COMMANDEE, RDV_A_REPRENDRE",
        "OC, OC doit, CR_MES_LigneFTTH, EN_SERVICE, MISE_A_DISPOSITION"
    })
    void aDossierIsDrawnOnTheCycleOfItsModel(String modele, String who, String owed, String next, String foreign) {
        String reference = ordered("OCXA", modele);
        assertThat(lit(plan(reference), "ACQUITTEE")).isEqualTo("present");
        assertThat(owed(plan(reference)))
                .contains("OIDE (OI) doit", ">CR_Cmd_Acces<")
                .doesNotContain("(OC) doit");
        route("OCXA", reference);

        String page = plan(reference);

        assertThat(lit(page, "ROUTE_FOURNIE")).isEqualTo("present");
        assertThat(lit(page, "ACQUITTEE")).isEqualTo("atteint");
        assertThat(lit(page, "RECUE")).isEqualTo("atteint");
        assertThat(lit(page, next)).isEmpty();
        assertThat(page).doesNotContain(">" + foreign + "</text>");
        assertThat(page.split("class=\"fleche suivie\"")).as("the way walked").hasSize(4);
        assertThat(owed(page))
                .contains(who.startsWith("OI") ? "OIDE (OI) doit" : "OCXA (OC) doit")
                .contains(">" + owed + "<", "→ " + next)
                .doesNotContain(who.startsWith("OI") ? "(OC) doit" : "(OI) doit");
        assertThat(page)
                .contains("Le dossier est en ROUTE_FOURNIE. Chemin suivi : RECUE, ACQUITTEE, ROUTE_FOURNIE.")
                .doesNotContain("style=");
    }

    @Test
    void anOrderThatIsOverOwesNothingAndShowsHowItEnded() {
        String reference = ordered("OCXA", "OI");
        drop(
                "OCXA",
                "ann.csv",
                "ReferenceCommandePriseInterneOC;IdRdv;ReferencePrise;ReferencePrestationPrise;DateAnnulation;ResponsabiliteAnnulationCommandePrise;Commentaire\n"
                        + reference + ";;;;20261120 10:00;CLIENT;\n");

        String page = plan(reference);

        assertThat(lit(page, "ANNULEE")).isEqualTo("present");
        assertThat(page).contains("CR_Annulation_Acces OK</text>");
        assertThat(owed(page)).contains("Rien n&#39;est dû maintenant");
    }

    private static String inService(String reference, String comment) {
        return "ReferenceCommandePriseInterneOC;ReferencePrestationPrise;ReferencePrise;DateMesLigneFtth;DateRaccordementPrise;PrisePosee;BilanOptique;Commentaire\n"
                + reference + ";P-1;OI-1;20261120 16:40;;;;" + comment + "\n";
    }

    @Test
    void whatIsOutOfSequenceIsKeptAlertedAndShownInItsPlace() {
        String reference = ordered("OCXA", "OI");
        drop("OCXA", "mes trop tôt.csv", inService(reference, "trop tôt"));
        drop("OCXA", "la même.csv", order(reference).replace(";20260112 09:30;", ";20260113 09:30;"));

        JsonNode dossier = dossier(reference);
        assertThat(dossier.get("etat").asText()).isEqualTo("ACQUITTEE");
        assertThat(dossier.get("messages").findValuesAsText("flux"))
                .containsExactly("Cmd_Acces", "AR_Cmd_Acces", "CR_MES_LigneFTTH", "Cmd_Acces", "AR_Cmd_Acces");
        assertThat(dossier.at("/messages/2/nature").asText()).isEqualTo("HORS_SEQUENCE");
        assertThat(dossier.at("/messages/2/acheminement").asText()).isEqualTo("EN_QUARANTAINE");
        assertThat(dossier.at("/messages/3/nature").asText()).isEqualTo("REPETE");
        assertThat(get(OI, "/api/v1/quarantaine")
                        .json()
                        .at("/quarantaine/0/motif")
                        .asText())
                .isEqualTo("HORS_SEQUENCE");
        assertThat(get(OI, "/api/v1/alertes").json().findValuesAsText("genre")).contains("HORS_SEQUENCE");

        String page = plan(reference);
        assertThat(page.split("<li class=\"(entrant|sortant) cote\">")).hasSize(4);
        assertThat(page)
                .containsSubsequence("AR_Cmd_Acces", "mes trop tôt.csv", "la même.csv")
                .contains("hors séquence", "Gardé de côté", "répétition", "/quarantaine?operateur=OCXA");
        assertThat(lit(page, "ACQUITTEE")).isEqualTo("present");
        assertThat(lit(page, "EN_SERVICE")).isEmpty();
        assertThat(page("/quarantaine").body()).contains("HORS_SEQUENCE", "CR_MES_LigneFTTH en ACQUITTEE");
        assertThat(page("/alertes").body()).contains("HORS_SEQUENCE");
    }

    private void meet(String operateur, String mode) {
        ObjectNode fiche =
                (ObjectNode) get(OI, "/api/v1/operateurs/{code}", operateur).json();
        fiche.withObject("/contrat").put("siMode", mode);
        assertThat(put(OI, fiche.toString(), "/api/v1/operateurs/{code}", operateur)
                        .status())
                .isEqualTo(200);
    }

    @Test
    void whatLeftByAFormerModeIsMovedAtTheDesk() {
        assertThat(page("/en-vol").body())
                .contains("Aucune demande en vol")
                .doesNotContain("<form method=\"post\" action=\"/en-vol\"");
        drop("OCXA", "cmd.csv", order(reference()));
        demandes.number();
        meet("OCXA", "webhook");
        try {
            assertThat(page("/en-vol").body())
                    .containsSubsequence("name=\"numero\"", "value=\"1\"", "Cmd_Acces", "OCXA", "rest → webhook");

            Reply moved = send(MockMvcRequestBuilders.post("/en-vol")
                    .session(session)
                    .param("_csrf", token(page("/en-vol").body()))
                    .param("numero", "1")
                    .param("motif", "nouveau SI"));
            assertThat(moved.response().getRedirectedUrl()).isEqualTo("/en-vol");
            assertThat(page("/en-vol").body()).contains("repart par le mode", "Aucune demande en vol");
            assertThat(jdbc.queryForMap("select qui, motif from acte where verbe = 'deplacer'")
                            .values())
                    .containsExactlyInAnyOrder("admin", "nouveau SI");
        } finally {
            meet("OCXA", null);
        }
    }

    private Reply announce(String reference, String fin) {
        return send(MockMvcRequestBuilders.post("/prevenances")
                .session(session)
                .param("_csrf", token(page("/prevenances").body()))
                .param("reference", reference)
                .param("pm", "PM-1")
                .param("debut", "2026-11-24T08:00")
                .param("fin", fin)
                .param("adresses", "1 rue Basse, 64000 Pau\n2 RUE BASSE, 64000 PAU\n")
                .param("commentaire", "<câble>"));
    }

    @Test
    void worksAreAnnouncedAndFollowedAtTheDesk() {
        String acces = """
                [{"operateur": "OCXA", "ReferencePrestationPrise": "P-1", "ReferencePrise": "PTO-1", "ReferencePm": "PM-1",
                  "adresse": "1 RUE BASSE, 64000 PAU", "dateMes": "2026-01-31T12:00:00+01:00"},
                 {"operateur": "OCXB", "ReferencePrestationPrise": "P-2", "ReferencePrise": "PTO-2", "ReferencePm": "PM-1",
                  "adresse": "1 RUE BASSE, 64000 PAU", "dateMes": "2026-01-31T12:00:00+01:00"}]""";
        assertThat(post(OI, acces, "/api/v1/parc").json().findValuesAsText("verdict"))
                .containsExactly("OK", "OK");
        assertThat(page("/prevenances").body())
                .contains("Aucuns travaux annoncés", "Aucun dommage signalé", "<details class=\"carte\" open");
        assertThat(page("/acces?operateur=OCXA&prestation=P-1").body()).contains("PM-1", "1 RUE BASSE, 64000 PAU");

        Reply refused = announce("PREV-1", "2026-11-24T07:00");
        assertThat(refused.status()).isEqualTo(200);
        assertThat(refused.body())
                .contains("la fin n&#39;est pas après le début", "value=\"PREV-1\"", "value=\"2026-11-24T07:00\"")
                .contains("2 RUE BASSE, 64000 PAU", "Aucuns travaux annoncés");

        assertThat(announce("PREV-1", "2026-11-24T12:00").response().getRedirectedUrl())
                .isEqualTo("/prevenances");
        emit();
        drop("OCXA", "ar.csv", "ReferencePrevenance;DateReception\nPREV-1;20261120\n");
        drop(
                "OCXB",
                "dommage.csv",
                "ReferenceDommageOC;ReferencePM;LocalisationDommage;ContactImmeuble;TelContactImmeuble;DateConstat;Commentaire\n"
                        + "DOM-1;PM-1;Cave;M. Etcheverry;0559000001;20261120;câble arraché\n");

        String body = page("/prevenances").body();
        assertThat(body)
                .contains("Prévenance PREV-1 annoncée à 2 OC")
                .containsSubsequence("PREV-1", "par admin", "PM-1", "2 adresses", "24/11/2026 08:00", "&lt;câble&gt;")
                .containsSubsequence("OCXA", "accusé le", "OCXB", "accusé attendu", "2 RUE BASSE, 64000 PAU")
                .containsSubsequence("DOM-1", "OCXB", "Cave", "câble arraché", "M. Etcheverry", "ENREGISTRE");
        String dossier = get(OI, "/api/v1/dossiers?reference=prev-1&operateur=OCXA")
                .json()
                .at("/dossiers/0/id")
                .asText();
        String life = page("/dossiers/{id}", dossier).body();
        assertThat(life).contains("PREVMAINT &gt; ARPREVMAINT", "1 RUE BASSE, 64000 PAU", "ar.csv");
        assertThat(lit(life, "ACCUSEE")).isEqualTo("present");
        assertThat(lit(life, "ANNONCEE")).isEqualTo("atteint");
        String dommage = get(OCXB, "/api/v1/dossiers?reference=DOM-1")
                .json()
                .at("/dossiers/0/id")
                .asText();
        assertThat(lit(page("/dossiers/{id}", dommage).body(), "ENREGISTRE")).isEqualTo("present");
        assertThat(get(OCXB, "/api/v1/dossiers?reference=PM-1").json().findValuesAsText("operateur"))
                .as("an OC sees its own prévenance and its own damage")
                .containsExactly("OCXB", "OCXB");
    }

    @Test
    void whatBelongsToNoDossierIsFound() {
        String reference = ordered("OCXA", "OI");
        drop("OCXA", "autre.csv", order(reference).replace("ETCHEVERRY", "AUTRE"));
        drop("OCXB", "inconnue.csv", inService("INCONNUE-1", ""));
        emit();

        String body = page("/sans-dossier").body();
        assertThat(body)
                .containsSubsequence("inconnue.csv", "autre.csv")
                .contains("INCONNUE-1", "AUTRE", "hors dossier", "AR_Cmd_Acces", "CR_Cmd_Acces")
                .contains("href=\"/?reference=" + reference + "&amp;operateur=OCXA\"");
        assertThat(page("/sans-dossier?operateur=OCXA").body())
                .contains("autre.csv")
                .doesNotContain("inconnue.csv");
        assertThat(page("/sans-dossier?operateur=OCXC").body()).contains("Tout message appartient");
        assertThat(page("/?reference=INCONNUE-1").body()).contains("href=\"/sans-dossier\"");
        assertThat(plan(reference)).doesNotContain("autre.csv");
    }

    @Test
    void whatBelongsToNoDossierIsPaged() {
        String reference = ordered("OCXA", "OI");
        for (int i = 0; i < 17; i++) {
            drop("OCXA", i + ".csv", order(reference).replace("ETCHEVERRY", "AUTRE" + i));
        }
        String first = page("/sans-dossier").body();
        assertThat(first.split("<article")).hasSize(51);
        Matcher next =
                Pattern.compile("href=\"(/sans-dossier\\?apres=[^\"]+)\"").matcher(first);
        assertThat(next.find()).isTrue();
        assertThat(page(next.group(1)).body().split("<article")).hasSize(2);
    }

    @Test
    void theDossierOfAnOcNamesNoOther() {
        String mine = ordered("OCXA", "OC");
        String theirs = ordered("OCXB", "OC");
        for (String[] pair : new String[][] {{"OCXA", mine}, {"OCXB", theirs}}) {
            route(pair[0], pair[1]);
            drop(pair[0], "mes.csv", inService(pair[1], ""));
        }
        String overwritten = plan(mine);
        assertThat(lit(overwritten, "ECRASEE")).isEqualTo("present");
        assertThat(overwritten).doesNotContain("OCXB").doesNotContain("OC Bêta").doesNotContain(theirs);
        assertThat(plan(theirs))
                .doesNotContain("OCXA")
                .doesNotContain("OC Alpha")
                .doesNotContain(mine);
    }

    @Test
    void aMessageIsSentAgainForAReason() {
        String reference = reference();
        drop("OCXA", "cmd.csv", order(reference));
        emit();
        JsonNode dossier = dossier(reference);
        String path = "/messages/" + dossier.at("/messages/1/id").asText() + "/reemettre";

        assertThat(act(path, " ").response().getStatus()).isEqualTo(302);
        assertThat(dossier(reference).get("messages")).hasSize(2);
        Reply done = send(MockMvcRequestBuilders.post(path)
                .session(session)
                .param("_csrf", token(page("/alertes").body()))
                .param("dossier", dossier.get("id").asText())
                .param("motif", "l'OC l'a perdu"));
        assertThat(done.response().getRedirectedUrl())
                .isEqualTo("/dossiers/" + dossier.get("id").asText());

        assertThat(dossier(reference).get("messages")).hasSize(3);
        assertThat(page("/dossiers/{id}", dossier.get("id").asText()).body()).contains("réémis");
        assertThat(jdbc.queryForMap("select * from acte"))
                .containsEntry("qui", "admin")
                .containsEntry("motif", "l'OC l'a perdu");
    }

    @Test
    void nowhereElseThanOnItsOwnPagesDoesAGesteLead() {
        String path = "/messages/" + UUID.randomUUID() + "/reemettre";
        Reply reply = send(MockMvcRequestBuilders.post(path)
                .session(session)
                .param("_csrf", token(page("/alertes").body()))
                .param("dossier", "//evil.test")
                .param("motif", "x"));
        assertThat(reply.response().getRedirectedUrl()).isEqualTo("/sans-dossier");
    }

    @Test
    void withoutItsTokenNoGesteHasEffect() {
        drop("OCXA", "rien.csv", "x\ny");
        String id = kept();
        for (String path :
                List.of("/quarantaine/" + id + "/ecarter", "/quarantaine/" + id + "/rejouer", "/deconnexion")) {
            assertThat(send(MockMvcRequestBuilders.post(path).session(session).param("motif", "x"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
            assertThat(send(MockMvcRequestBuilders.post(path)
                                    .session(session)
                                    .param("motif", "x")
                                    .param("_csrf", "faux"))
                            .status())
                    .as(path)
                    .isEqualTo(403);
        }
        assertThat(kept()).isEqualTo(id);
    }

    private String kept() {
        return get(OI, "/api/v1/quarantaine").json().at("/quarantaine/0/id").asText();
    }

    @Test
    void theQuarantaineTellsWhatSinceWhenAndWhy() {
        drop("OCXA", "pas un été.csv", "x\ny");
        String id = kept();

        assertThat(page("/quarantaine").body())
                .contains("pas un été.csv", "ENTETE_INCONNUE", "OCXA", "/quarantaine/" + id);
        assertThat(page("/quarantaine?operateur=OCXB").body()).contains("La quarantaine est vide");
        assertThat(page("/quarantaine/{id}", id).body())
                .contains("pas un été.csv", "Rejouer", "Écarter", "name=\"motif\"", "required");

        assertThat(act("/quarantaine/" + id + "/ecarter", "doublon").response().getRedirectedUrl())
                .isEqualTo("/quarantaine");
        assertThat(page("/quarantaine").body())
                .contains("La quarantaine est vide")
                .contains("Écarté.");
        assertThat(page("/quarantaine/{id}", id).status()).isEqualTo(404);
        act("/quarantaine/" + id + "/ecarter", "encore");
        assertThat(page("/quarantaine").body()).contains("déjà quitté");
    }

    @Test
    void anEntryIsReplayed() throws Exception {
        drop("OCXA", "rien.csv", "x\ny");
        String id = kept();

        act("/quarantaine/" + id + "/rejouer", "on réessaie");
        assertThat(page("/quarantaine").body()).contains("Remis en jeu").contains("est vide");
        judge();
        assertThat(kept()).isNotEqualTo(id);
    }

    @Test
    void alertsAreShownAndClosed() {
        drop("OCXA", "rien.csv", "x\ny");
        String body = page("/alertes").body();
        assertThat(body).contains("FICHIER_ILLISIBLE", "rien.csv");
        String id = get(OI, "/api/v1/alertes").json().at("/alertes/0/id").asText();

        act("/alertes/" + id + "/fermer", null);

        assertThat(page("/alertes").body()).contains("Aucune alerte").contains("Alerte fermée");
    }

    @Test
    void operatorsAreListedWithoutTheirSecrets() {
        drop("OCXA", "cmd.csv", order(reference()));
        assertThat(page("/operateurs").body())
                .contains("OC Alpha", "910000009", "acces 1.2", "SFTP ocxa", "jamais")
                .doesNotContain("bcrypt")
                .doesNotContain("demo-ocxa");
    }

    @Test
    void thePageOfAnOperatorTellsItsContractAndWhatItMeans() {
        String before = get(OI, "/api/v1/operateurs/OCXA").body();
        put(
                OI,
                before.replace("\"motifs\":\"libelle\"", "\"motifs\":\"code\"")
                        .replace("\"emission\":[]", "\"emission\":[\"lun-ven 08:00-19:30\"]"),
                "/api/v1/operateurs/OCXA");

        String body = page("/operateurs/OCXA").body();

        put(OI, before, "/api/v1/operateurs/OCXA");
        assertThat(body)
                .contains("OC Alpha", "SFTP ocxa", "lun-ven 08:00-19:30", "Comment un motif de KO s&#39;écrit")
                .contains("Ce que l&#39;opérateur peut commander", "OC, OI, STOC")
                .doesNotContain("bcrypt")
                .doesNotContain("demo-ocxa")
                .doesNotContain("??");
        assertThat(body.split(">convenu<"))
                .as("two values differ from the default")
                .hasSize(3);
        assertThat(page("/operateurs").body()).contains("href=\"/operateurs/OCXA\"");
        assertThat(page("/operateurs/ZZZZ").status()).isEqualTo(404);
    }

    @Test
    void whatAPartnerWritesIsTextAndNothingElse() {
        String attack = "<script>alert(1)</script>";
        String reference = reference();
        drop(
                "OCXA",
                attack + ".csv",
                order(reference).replace("ETCHEVERRY", attack + "\"'").replace("PAU", "[[${7*7}]]"));
        drop("OCXA", "<img src=x onerror=alert(1)>.csv", "<b>x\ny");
        drop("OCXA", "mes.csv", inService(reference, attack));
        drop("OCXA", "sans.csv", inService(attack, attack));
        JsonNode dossier = dossier(reference);
        String key = dossier.get("id").asText();

        for (String body : List.of(
                page("/").body(),
                page("/dossiers/{id}", key).body(),
                page("/sans-dossier").body(),
                page("/quarantaine").body(),
                page("/quarantaine/{id}", kept()).body(),
                page("/alertes").body(),
                page("/?reference={r}&etat={r}&operateur={r}", attack, attack, attack)
                        .body())) {
            assertThat(body)
                    .doesNotContain("<script>alert")
                    .doesNotContain("<img src=x")
                    .doesNotContain("<b>x");
        }
        assertThat(page("/dossiers/{id}", key).body())
                .contains("&lt;script&gt;alert(1)")
                .contains("[[${7*7}]]");
    }

    @Test
    void whatDoesNotExistIsToldOnAPage() {
        for (String path : List.of("/dossiers/x", "/dossiers/" + UUID.randomUUID(), "/messages/x/contenu", "/rien")) {
            Reply reply = page(path);
            assertThat(reply.status()).as(path).isEqualTo(404);
            assertThat(reply.body()).contains("Introuvable").contains("<html lang=\"fr\"");
        }
        assertThat(page("/?apres=x").status()).isEqualTo(400);
    }

    @Test
    void englishIsSpokenWhenAskedFor() {
        drop("OCXA", "cmd.csv", order(reference()));
        assertThat(send(MockMvcRequestBuilders.get("/").session(session).header("Accept-Language", "en"))
                        .body())
                .contains("<html lang=\"en\"", "Last move", "any reference")
                .doesNotContain("Dernier mouvement");
        Reply asked = page("/?lang=en");
        assertThat(asked.body()).contains("Last move");
        assertThat(asked.response().getCookie("langue").getValue()).isEqualTo("en");
        assertThat(send(MockMvcRequestBuilders.get("/alertes")
                                .session(session)
                                .cookie(asked.response().getCookie("langue")))
                        .body())
                .contains("No alert.");
        assertThat(page("/?lang=klingon").body()).contains("Dernier mouvement");
    }

    @Test
    void everyTextIsThereInBothLanguages() throws Exception {
        Properties french = texts("fr");
        Properties english = texts("en");
        assertThat(english.stringPropertyNames()).isEqualTo(french.stringPropertyNames());
        for (String page : List.of("/", "/sans-dossier", "/quarantaine", "/alertes", "/operateurs")) {
            assertThat(page(page).body()).doesNotContain("??");
        }
    }

    private static Properties texts(String language) throws Exception {
        Properties texts = new Properties();
        try (var in = new InputStreamReader(
                new ClassPathResource("messages_" + language + ".properties").getInputStream(),
                StandardCharsets.UTF_8)) {
            texts.load(in);
        }
        Set<String> lone = new HashSet<>();
        texts.forEach((key, text) -> {
            if (text.toString().replace("''", "").replaceAll("'\\{[^']*}'", "").contains("'")) {
                lone.add(key.toString());
            }
        });
        assertThat(lone).as("apostrophes are doubled").isEmpty();
        return texts;
    }

    @Test
    void aTicketIsShownWithItsTwoStates() {
        login("admin", "demo");
        post(
                OI,
                "[{\"operateur\": \"OCXA\", \"ReferencePrestationPrise\": \"P-T\", \"ReferencePrise\": \"PTO-T\","
                        + " \"dateMes\": \"2026-01-31T12:00:00+01:00\"}]",
                "/api/v1/parc");
        String opened = decide(
                "CASE CREATE REQUEST",
                "\"troubleTicketType\": \"1\", \"commercialId\": \"P-T\", \"technicalId\": \"PTO-T\", \"defectClassId\": \"1\","
                        + " \"defectDescription\": \"PAS DE SIGNAL\", \"defectPrelocalization\": \"PTO\"");
        String key = opened.substring("ticket ".length());
        decide("CASE SOLVING NOTIFICATION", "\"troubleTicketKey\": \"" + key + "\", \"supplierUnit\": \"Guichet SAV\"");

        String body = page("/dossiers/{id}", dossier(key).get("id").asText()).body();
        assertThat(body)
                .contains("OPENACTIVE", "ACTION A DEFINIR", "Guichet SAV", "PTO-T")
                .contains("Le cycle du ticket", "Le cycle de la résolution", "OIDE (OI) doit")
                .contains("CASE SOLVED NOTIFICATION", "ACTION TERMINEE")
                .contains("/acces?operateur=OCXA&amp;prestation=P-T&amp;prise=PTO-T");
        assertThat(body.split("class=\"etat present\"", -1))
                .as("one in each table")
                .hasSize(3);
        assertThat(page("/?reference={r}", key).body()).contains("OPENACTIVE");
    }

    @Test
    void anAccessJoinsItsOrdersAndItsTickets() {
        login("admin", "demo");
        String reference = ordered("OCXA", "OI");
        route("OCXA", reference);
        String prestation = "P-" + reference;
        post(
                OI,
                "[{\"operateur\": \"OCXA\", \"ReferencePrestationPrise\": \"%s\", \"ReferencePrise\": \"OI-64AB-0012\","
                                .formatted(prestation)
                        + " \"dateMes\": \"2026-01-31T12:00:00+01:00\", \"gtr\": \"PT10H\"}]",
                "/api/v1/parc");
        String key = decide(
                        "CASE CREATE REQUEST",
                        "\"troubleTicketType\": \"1\", \"commercialId\": \"%s\", \"technicalId\": \"OI-64AB-0012\","
                                        .formatted(prestation)
                                + " \"defectClassId\": \"1\", \"defectDescription\": \"PAS DE SIGNAL\", \"defectPrelocalization\": \"PTO\"")
                .substring("ticket ".length());

        assertThat(plan(reference)).contains("Tout ce qui concerne cet accès", "prestation=" + prestation);
        String body = page("/acces?operateur=OCXA&prestation=" + prestation).body();

        assertThat(body).contains("en service", "OI-64AB-0012", "PT10H", key);
        assertThat(body.indexOf(">CR_Cmd_Acces<"))
                .as("in one line of time")
                .isBetween(body.indexOf(">Cmd_Acces<") + 1, body.indexOf(">CASE CREATE REQUEST<") - 1);
        assertThat(page("/acces?operateur=OCXB&prestation=" + prestation).status())
                .isEqualTo(404);
        assertThat(page("/acces?operateur=OCXA&prestation=RIEN").status()).isEqualTo(404);
    }

    private String decide(String flux, String champs) {
        return post(
                        OI,
                        "[{\"id\": \"%s\", \"operateur\": \"OCXA\", \"flux\": \"%s\", \"champs\": {%s}}]"
                                .formatted(reference(), flux, champs),
                        "/api/v1/si/decisions")
                .json()
                .at("/0/detail")
                .asText();
    }
}
