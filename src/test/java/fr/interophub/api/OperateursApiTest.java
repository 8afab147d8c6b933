package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Coffre;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;

@DisplayName("The sheets of operators: live, whole or refused, secrets in and never out")
class OperateursApiTest extends RestSlice {

    @Autowired
    private Annuaire annuaire;

    @Autowired
    private PasswordEncoder encoder;

    @Autowired
    private Coffre coffre;

    @AfterEach
    void forget() {
        jdbc.update("delete from operateur where code not in ('OCXA', 'OCXB', 'OCXC')");
        annuaire.refresh();
    }

    private ObjectNode sheet() {
        ObjectNode sheet = json.createObjectNode();
        sheet.put("nom", "OC Neuf").put("siren", "123456789").put("cleApi", "cle-toute-neuve");
        sheet.putObject("sftp").put("login", "neuf").put("motDePasse", "mot-de-passe-neuf");
        return sheet;
    }

    @Test
    void aNewOperatorComesInByItsNewKeyAtOnce() {
        assertProblem(get("cle-toute-neuve", "/api/v1/dossiers"), 401);

        Reply reply = put(OI, sheet().toString(), "/api/v1/operateurs/NEUF");

        assertThat(reply.status()).as(reply.body()).isEqualTo(201);
        assertThat(get("cle-toute-neuve", "/api/v1/dossiers").status()).isEqualTo(200);
        assertThat(encoder.matches(
                        "mot-de-passe-neuf",
                        annuaire.findBySftp("neuf").orElseThrow().sftp().motDePasse()))
                .isTrue();
        assertThat(jdbc.queryForMap("select * from acte"))
                .containsEntry("verbe", "operateur-cree")
                .containsEntry("cible", "NEUF");
    }

    @Test
    void theAccountOfTheWebServicesIsKeptAsTheOthersAre() {
        ObjectNode sheet = sheet();
        sheet.putObject("soap")
                .put("login", "neuf")
                .put("motDePasse", "mot-de-passe-soap")
                .putArray("certificats")
                .add("CN=neuf, O=OC Neuf")
                .add("ab".repeat(32));

        Reply written = put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");

        assertThat(written.status()).as(written.body()).isEqualTo(201);
        assertThat(written.body()).doesNotContain("mot-de-passe-soap", "{bcrypt}");
        assertThat(written.json().at("/soap/motDePasseDefini").asBoolean()).isTrue();
        String hash = annuaire.find("NEUF").orElseThrow().soap().motDePasse();
        assertThat(encoder.matches("mot-de-passe-soap", hash)).isTrue();

        sheet.putObject("soap").put("login", "neuf");
        put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");
        assertThat(annuaire.find("NEUF").orElseThrow().soap().motDePasse())
                .as("a secret that is left out stays")
                .isEqualTo(hash);

        sheet.putObject("soap").put("login", "ocxa").putArray("certificats").add("personne");
        Reply refused = put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");
        assertProblem(refused, 400);
        assertThat(refused.body()).contains("soap.login", "soap.certificats[0]");
    }

    @Test
    void thePasswordThatWeGiveIsSealedAndNeverShown() {
        ObjectNode sheet = sheet();
        sheet.putObject("soap").put("motDePasseSortant", "secret-de-neuf");

        Reply written = put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");

        assertThat(written.status()).as(written.body()).isEqualTo(201);
        assertThat(written.json().at("/soap/motDePasseSortantDefini").asBoolean())
                .isTrue();
        String sealed = annuaire.find("NEUF").orElseThrow().soap().motDePasseSortant();
        assertThat(written.body()).doesNotContain("secret-de-neuf", sealed);
        assertThat(sealed).doesNotContain("secret-de-neuf");
        assertThat(jdbc.queryForList("select fiche from operateur", String.class))
                .noneMatch(kept -> kept.contains("secret-de-neuf"));
        assertThat(coffre.open(sealed)).isEqualTo("secret-de-neuf");
        assertThat(coffre.seal("secret-de-neuf")).as("nothing to compare").isNotEqualTo(sealed);

        put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");
        assertThat(annuaire.find("NEUF").orElseThrow().soap().motDePasseSortant())
                .as("the same password changes nothing")
                .isEqualTo(sealed);
        sheet.putObject("soap").put("login", "neuf");
        put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");
        assertThat(annuaire.find("NEUF").orElseThrow().soap().motDePasseSortant())
                .as("a secret that is left out stays")
                .isEqualTo(sealed);
        sheet.putObject("soap").putNull("motDePasseSortant");
        put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");
        assertThat(annuaire.find("NEUF").orElseThrow().soap().motDePasseSortant())
                .isNull();
    }

    @Test
    void secretsNeverComeBack() {
        String written = put(OI, sheet().toString(), "/api/v1/operateurs/NEUF").body();
        String hash = annuaire.find("NEUF").orElseThrow().sftp().motDePasse();

        for (String told : List.of(
                written,
                get(OI, "/api/v1/operateurs/NEUF").body(),
                get(OI, "/api/v1/operateurs").body(),
                jdbc.queryForList("select * from acte").toString())) {
            assertThat(told)
                    .contains("NEUF")
                    .doesNotContain("cle-toute-neuve")
                    .doesNotContain("mot-de-passe-neuf")
                    .doesNotContain(hash)
                    .doesNotContain("{bcrypt}")
                    .doesNotContain(annuaire.find("NEUF").orElseThrow().cleApi());
        }
        assertThat(json(written).at("/sftp/motDePasseDefini").asBoolean()).isTrue();
        assertThat(json(written).at("/cleApiDefinie").asBoolean()).isTrue();
        assertThat(jdbc.queryForObject("select fiche from operateur where code = 'NEUF'", String.class))
                .doesNotContain("cle-toute-neuve")
                .doesNotContain("mot-de-passe-neuf");
    }

    private JsonNode json(String text) {
        try {
            return json.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void whatWasReadIsWrittenBackAndSecretsStay() {
        put(OI, sheet().toString(), "/api/v1/operateurs/NEUF");
        var before = annuaire.find("NEUF").orElseThrow();

        ObjectNode read = (ObjectNode) get(OI, "/api/v1/operateurs/NEUF").json();
        read.put("nom", "OC Moins Neuf");
        Reply reply = put(OI, read.toString(), "/api/v1/operateurs/NEUF");

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        var after = annuaire.find("NEUF").orElseThrow();
        assertThat(after.nom()).isEqualTo("OC Moins Neuf");
        assertThat(after.cleApi()).isEqualTo(before.cleApi());
        assertThat(after.sftp()).isEqualTo(before.sftp());
        assertThat(after.contrat()).isEqualTo(before.contrat());
    }

    @Test
    void aMailAddressIsOfOneOperatorWhateverItsCase() {
        ObjectNode first = sheet();
        first.withObject("/contrat/mail").putArray("adresses").add("Guichet@neuf.test");
        assertThat(put(OI, first.toString(), "/api/v1/operateurs/NEUF").status())
                .isBetween(200, 201);

        ObjectNode second = sheet().put("cleApi", "une-cle-bien-a-elle");
        second.remove("sftp");
        second.withObject("/contrat/mail").putArray("adresses").add("guichet@NEUF.test");
        Reply reply = put(OI, second.toString(), "/api/v1/operateurs/DEUX");

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("contrat.mail.adresses[0]");
    }

    @Test
    void aSecretThatIsTakenAwayOpensNothing() {
        put(OI, sheet().toString(), "/api/v1/operateurs/NEUF");

        put(OI, sheet().putNull("cleApi").toString(), "/api/v1/operateurs/NEUF");
        assertProblem(get("cle-toute-neuve", "/api/v1/dossiers"), 401);

        put(OI, sheet().put("cleApi", "encore-une-autre").put("actif", false).toString(), "/api/v1/operateurs/NEUF");
        assertProblem(get("encore-une-autre", "/api/v1/dossiers"), 401);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
            nom                      | {"nom": ""}
            nom                      | {"nom": 3}
            siren                    | {"siren": "12345678"}
            siren                    | {"siren": "12345678x"}
            actif                    | {"actif": "oui"}
            code                     | {"code": "AUTR"}
            versions.acces           | {"versions": {"acces": "9.9"}}
            versions                 | {"versions": []}
            cleApi                   | {"cleApi": "court"}
            cleApi                   | {"cleApi": "avec des espaces"}
            cleApi                   | {"cleApi": "demo-ocxa"}
            cleApi                   | {"cleApi": "demo-oi"}
            sftp.login               | {"sftp": {"login": "../haut"}}
            sftp.login               | {"sftp": {"login": "ocxa"}}
            sftp.motDePasse          | {"sftp": {"login": "neuf", "motDePasse": "x"}}
            sftp.clesPubliques[0]    | {"sftp": {"login": "neuf", "clesPubliques": ["pas une clé"]}}
            sftp.cles                | {"sftp": {"login": "neuf", "cles": []}}
            nomm                     | {"nomm": "x"}
            contrat.encodage         | {"contrat": {"encodage": "UTF-8"}}
            contrat.encodageSortant  | {"contrat": {"encodageSortant": "UTF-99"}}
            contrat.encodageEntrant  | {"contrat": {"encodageEntrant": "é è"}}
            contrat.canal            | {"contrat": {"canal": "PIGEON"}}
            contrat.dossierEntrant   | {"contrat": {"canal": "DOSSIER", "dossierSortant": "/srv/s"}}
            contrat.dossierEntrant   | {"contrat": {"canal": "DOSSIER", "dossierEntrant": "srv/e", "dossierSortant": "/srv/s"}}
            contrat.dossierSortant   | {"contrat": {"canal": "DOSSIER", "dossierEntrant": "/srv/e", "dossierSortant": "/srv/../etc"}}
            contrat.dossierSortant   | {"contrat": {"canal": "DOSSIER", "dossierEntrant": "/srv/e", "dossierSortant": "/srv/e"}}
            contrat.nomFichier       | {"contrat": {"nomFichier": "toujours.csv"}}
            contrat.nomFichier       | {"contrat": {"nomFichier": "../{FLUX}_{NNNN}.csv"}}
            contrat.nomFichier       | {"contrat": {"nomFichier": "{FLUX}_{NNN}_{NNNN}.csv"}}
            contrat.nomFichier       | {"contrat": {"nomFichier": "{FLUX}_{NNNN}.tmp"}}
            contrat.motifs           | {"contrat": {"motifs": "court"}}
            contrat.siMode           | {"contrat": {"siMode": "fax"}}
            contrat.lignesMax        | {"contrat": {"lignesMax": -1}}
            contrat.lignesMax        | {"contrat": {"lignesMax": "x"}}
            contrat.lignesMaxSortant | {"contrat": {"lignesMaxSortant": 1.5}}
            contrat.gelDegel         | {"contrat": {"gelDegel": "oui"}}
            contrat.nomsFichiers.Nimporte     | {"contrat": {"nomsFichiers": {"Nimporte": "{FLUX}_{AAAAMMJJ}_{NNNN}.csv"}}}
            contrat.nomsFichiers.AR_Cmd_Acces | {"contrat": {"nomsFichiers": {"AR_Cmd_Acces": "{FLUX}_{NNNN}.csv"}}}
            contrat.mail.adresses[1] | {"contrat": {"mail": {"adresses": ["sav@neuf.test", "pas une adresse"]}}}
            contrat.mail.adresses    | {"contrat": {"canal": "MAIL"}}
            contrat.mail.adresses    | {"versions": {"acces": "1.2", "sav": "1.0a"}}
            contrat.mail.sav         | {"contrat": {"mail": {"sav": "Neuf <sav@neuf.test>"}}}
            contrat.mail.verification | {"contrat": {"mail": {"verification": "parole"}}}
            contrat.commande         | {"contrat": {"commande": []}}
            contrat.commande.model   | {"contrat": {"commande": {"model": ["OI"]}}}
            contrat.commande.modeles[1] | {"contrat": {"commande": {"modeles": ["OI", "OID"]}}}
            contrat.commande.casPto  | {"contrat": {"commande": {"casPto": "identifiee"}}}
            contrat.commande.casPto[0] | {"contrat": {"commande": {"casPto": ["connue"]}}}
            contrat.commande.refusPto  | {"contrat": {"commande": {"refusPto": "MAD"}}}
            contrat.commande.brassage  | {"contrat": {"commande": {"brassage": "STOC"}}}
            contrat.commande.saturation | {"contrat": {"commande": {"saturation": "solution-3"}}}
            contrat.commande.seuilAuto | {"contrat": {"commande": {"seuilAuto": 101}}}
            contrat.commande.seuilAuto | {"contrat": {"commande": {"seuilAuto": -1}}}
            contrat.horaires.emission[1]   | {"contrat": {"horaires": {"emission": ["08:00-18:00", "8h-18h"]}}}
            contrat.horaires.traitement[0] | {"contrat": {"horaires": {"traitement": ["mon 08:00-18:00"]}}}
            contrat.horaires.traitement[0] | {"contrat": {"horaires": {"traitement": [8]}}}
            contrat.colonnes.Cmd_Acces.champs.Etage.presence | {"contrat": {"colonnes": {"Cmd_Acces": {"champs": {"Etage": {"presence": "X"}}}}}}
            contrat.colonnes.Cmd_Acces.champs.Etage.requis   | {"contrat": {"colonnes": {"Cmd_Acces": {"champs": {"Etage": {"requis": true}}}}}}
            contrat.colonnes.Nimporte  | {"contrat": {"colonnes": {"Nimporte": {}}}}
            contrat.colonnes.Cmd_Acces | {"contrat": {"colonnes": {"Cmd_Acces": {"ordre": ["PasUnChamp"]}}}}
            contrat.colonnes.Cmd_Acces | {"contrat": {"colonnes": {"Cmd_Acces": {"absents": ["ReferenceCommandePriseInterneOC"]}}}}
            contrat.colonnes.Cmd_Acces | {"contrat": {"colonnes": {"Cmd_Acces": {"champs": {"Etage": {"vide": "FIMP99"}}}}}}
            """)
    void aFaultIsNamed(String where, String change) throws Exception {
        ObjectNode sheet = sheet();
        json.readTree(change).fields().forEachRemaining(field -> sheet.set(field.getKey(), field.getValue()));

        Reply reply = put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");

        assertProblem(reply, 400);
        List<String> named = new ArrayList<>();
        reply.json().get("fautes").forEach(fault -> named.add(fault.get("champ").asText()));
        assertThat(named).as(reply.body()).containsExactly(where);
        assertThat(annuaire.find("NEUF")).isEmpty();
    }

    @Test
    void everyFaultIsToldAtOnceInBothLanguages() {
        String body = "{\"siren\": \"1\", \"contrat\": {\"nomFichier\": \"x\", \"canal\": \"x\"}}";

        Reply french = put(OI, body, "/api/v1/operateurs/NEUF");
        Reply english = send(MockMvcRequestBuilders.put("/api/v1/operateurs/NEUF")
                .header("X-Api-Key", OI)
                .header("Accept-Language", "en")
                .contentType("application/json")
                .content(body));

        assertThat(french.json().get("fautes")).hasSize(4);
        assertThat(french.body()).contains("neuf chiffres").contains("{NNNN}");
        assertThat(english.body()).contains("nine digits").contains("{NNNN}");
        assertProblem(put(OI, "[]", "/api/v1/operateurs/NEUF"), 400);
        assertProblem(put(OI, "{", "/api/v1/operateurs/NEUF"), 400);
        assertProblem(put(OI, sheet().toString(), "/api/v1/operateurs/neuf"), 400);
        assertProblem(put(OI, sheet().toString(), "/api/v1/operateurs/NEUF5"), 400);
    }

    @Test
    void faultsOfEveryKindAreToldTogetherAndNothingIsWritten() throws Exception {
        put(OI, sheet().toString(), "/api/v1/operateurs/NEUF");
        var before = annuaire.find("NEUF").orElseThrow();
        ObjectNode sheet = sheet().put("nom", "Autre");
        sheet.set("contrat", json.readTree("""
                {"couleur": "bleu", "gelDegel": 1, "motifs": "court", "lignesMax": -1,
                 "commande": {"seuilAuto": 120, "modeles": ["OI", "X"]}, "horaires": {"emission": ["toujours"]}}
                """));

        Reply reply = put(OI, sheet.toString(), "/api/v1/operateurs/NEUF");

        assertProblem(reply, 400);
        List<String> pointers = new ArrayList<>();
        reply.json()
                .get("fautes")
                .forEach(fault -> pointers.add(fault.get("pointeur").asText()));
        assertThat(pointers)
                .containsExactlyInAnyOrder(
                        "/contrat/couleur",
                        "/contrat/gelDegel",
                        "/contrat/motifs",
                        "/contrat/lignesMax",
                        "/contrat/commande/seuilAuto",
                        "/contrat/commande/modeles/1",
                        "/contrat/horaires/emission/0");
        assertThat(reply.body())
                .as("each says what may stand there")
                .contains(
                        "messOiHorsSequence", "libelle, code, code-libelle", "de 0 à 100", "0 ou plus", "OI, STOC, OC")
                .contains("lun-ven 08:00-19:30");
        assertThat(annuaire.find("NEUF")).contains(before);
    }

    @Test
    void everyValueOfAContractIsReadBack() throws Exception {
        ObjectNode sheet = sheet();
        sheet.set("contrat", json.readTree("""
                {"lignesMaxSortant": 500, "crKoAvecAnnulation": true, "messOiHorsSequence": true, "gelDegel": true,
                 "nomsFichiers": {"CR_Cmd_Acces": "{FLUX}-{VERSION}-{AAAAMMJJ}-{NNNN}.csv"},
                 "commande": {"modeles": ["STOC"], "casPto": ["identifiee"], "refusPto": "CR", "brassage": "OI",
                              "saturation": "solution-2", "seuilAuto": 20},
                 "horaires": {"traitement": ["lun-ven 08:00-19:30"], "emission": ["22:00-06:00"]}}
                """));

        JsonNode read =
                put(OI, sheet.toString(), "/api/v1/operateurs/NEUF").json().get("contrat");

        sheet.get("contrat")
                .fields()
                .forEachRemaining(value ->
                        assertThat(read.get(value.getKey())).as(value.getKey()).isEqualTo(value.getValue()));
        assertThat(read.get("motifs").asText()).as("left out: by default").isEqualTo("libelle");
    }

    @Test
    void listsAndReads() {
        JsonNode list = get(OI, "/api/v1/operateurs").json().get("operateurs");
        assertThat(list).hasSize(3);
        assertThat(list.get(0)).isEqualTo(get(OI, "/api/v1/operateurs/OCXA").json());
        assertThat(list.get(0).at("/sftp/login").asText()).isEqualTo("ocxa");
        assertThat(list.get(0).at("/contrat/canal").asText()).isEqualTo("SFTP");
        assertProblem(get(OI, "/api/v1/operateurs/ZZZZ"), 404);
    }
}
