package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.suivi.JdbcAlertes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;

@DisplayName("The sheets of operators kept as files: live, whole or set aside, the last word wins")
class FichesEnDossierTest extends RestSlice {

    private static final String SHEET = """
            nom: OC Neuf
            siren: "123456789"
            contrat:
              motifs: code
            """;

    @TempDir
    private Path dossier;

    @Autowired
    private Fiches fiches;

    @Autowired
    private Problemes problemes;

    @Autowired
    private JdbcAlertes alertes;

    @Autowired
    private Transactions transactions;

    @Autowired
    private Annuaire annuaire;

    private FichesEnDossier folder;

    @BeforeEach
    void start() {
        folder = started();
    }

    @AfterEach
    void forget() {
        jdbc.update("delete from fiche_en_fichier");
        jdbc.update("delete from operateur where code not in ('OCXA', 'OCXB', 'OCXC')");
        annuaire.refresh();
    }

    private FichesEnDossier started() {
        return new FichesEnDossier(dossier, fiches, problemes, alertes, jdbc, transactions);
    }

    private void write(String nom, String text) throws IOException {
        Files.writeString(dossier.resolve(nom), text);
    }

    /** Two looks at a file that does not move. */
    private void looks() throws IOException {
        folder.look();
        folder.look();
    }

    private Operateur neuf() {
        return annuaire.find("NEUF").orElseThrow();
    }

    private List<String> told() {
        return alertes.list(10).stream().map(JdbcAlertes.Alerte::texte).toList();
    }

    @Test
    void whatTheFolderHoldsAtStartIsInTheDirectory() throws IOException {
        write("NEUF.yaml", SHEET);
        write("LISEZMOI.txt", "pas une fiche");
        write(".NEUX.yaml", "rien");

        folder.look();

        assertThat(neuf().nom()).isEqualTo("OC Neuf");
        assertThat(neuf().contrat().motifs()).isEqualTo("code");
        assertThat(jdbc.queryForMap("select * from acte"))
                .containsEntry("verbe", "operateur-cree")
                .containsEntry("qui", "fichier NEUF.yaml");
        assertThat(told()).isEmpty();
    }

    @Test
    void aFileThatComesOrChangesIsWrittenOnceItIsStill() throws IOException {
        folder.look();
        write("NEUF.yaml", "nom: OC N");
        folder.look();
        write("NEUF.yaml", SHEET);
        folder.look();
        assertThat(annuaire.find("NEUF")).as("it was being written").isEmpty();

        folder.look();
        assertThat(neuf().contrat().motifs()).isEqualTo("code");
        assertThat(told()).isEmpty();

        write("NEUF.yaml", SHEET.replace("code", "code-libelle"));
        looks();
        assertThat(neuf().contrat().motifs()).isEqualTo("code-libelle");
    }

    @Test
    void aFaultyFileTellsEveryFaultWithItsLineAndTheFormerSheetGoesOn() throws IOException {
        write("NEUF.yaml", SHEET);
        folder.look();
        Operateur before = neuf();

        write("NEUF.yaml", """
                nom: OC Autre
                siren: 123456789
                contrat:
                  motifs: court
                  couleur: bleu
                  commande:
                    modeles:
                      - OI
                      - OID
                    seuilAuto: 120
                  horaires: {emission: ["8h-18h"]}
                """);
        looks();
        looks();

        assertThat(neuf()).isEqualTo(before);
        assertThat(told()).hasSize(1);
        assertThat(told().get(0))
                .contains("NEUF.yaml", "la fiche précédente continue")
                .contains("ligne 2 : siren : un texte est attendu")
                .contains("ligne 4 : contrat.motifs : une valeur parmi libelle, code, code-libelle")
                .contains("ligne 5 : contrat.couleur : clé inconnue")
                .contains("ligne 9 : contrat.commande.modeles[1] : une valeur parmi OI, STOC, OC")
                .contains("ligne 10 : contrat.commande.seuilAuto : de 0 à 100")
                .contains("ligne 11 : contrat.horaires.emission[0]");
        assertThat(alertes.list(10).get(0).nombre()).as("told once").isEqualTo(1);

        write("NEUF.yaml", SHEET.replace("OC Neuf", "OC Corrigé"));
        looks();
        assertThat(neuf().nom()).isEqualTo("OC Corrigé");
        assertThat(told()).isEmpty();
    }

    @Test
    void whatIsNoYamlOrNoSheetIsToldToo() throws IOException {
        write("NEUF.yaml", SHEET + "nom: OC Deux\n");
        write("NEUG.yaml", "nom: [");
        write("NEUH.yaml", "");
        write("trop-long.yaml", SHEET);

        folder.look();

        assertThat(annuaire.list()).extracting(Operateur::code).containsExactly("OCXA", "OCXB", "OCXC");
        assertThat(told())
                .hasSize(4)
                .anySatisfy(text -> assertThat(text).contains("NEUF.yaml", "ligne 5", "Duplicate field 'nom'"))
                .anySatisfy(text -> assertThat(text).contains("NEUG.yaml", "ce n'est pas du YAML"))
                .anySatisfy(text -> assertThat(text).contains("NEUH.yaml", "ligne 1 : un objet est attendu"))
                .anySatisfy(text -> assertThat(text).contains("trop-long.yaml", "ligne 1 : code"));
    }

    @Test
    void theLastWordWinsOverRestartsToo() throws IOException {
        write("NEUF.yaml", SHEET);
        folder.look();

        put(OI, "{\"nom\": \"OC Par REST\", \"siren\": \"123456789\"}", "/api/v1/operateurs/NEUF");
        looks();
        folder = started();
        looks();
        assertThat(neuf().nom()).as("the file has not moved").isEqualTo("OC Par REST");

        write("NEUF.yaml", SHEET + "# revu\n");
        looks();
        assertThat(neuf().nom()).isEqualTo("OC Neuf");
    }

    @Test
    void secretsLeftOutStayAndAFileTakenAwayChangesNothing() throws IOException {
        write("NEUF.yaml", SHEET + "cleApi: cle-toute-neuve\nsftp: {login: neuf, motDePasse: mot-de-passe-neuf}\n");
        folder.look();
        Operateur before = neuf();
        assertThat(get("cle-toute-neuve", "/api/v1/dossiers").status()).isEqualTo(200);

        write("NEUF.yaml", SHEET.replace("OC Neuf", "OC Moins Neuf"));
        looks();
        assertThat(neuf()).isEqualTo(withNom(before, "OC Moins Neuf"));

        write("NEUF.yaml", "nom: [");
        looks();
        assertThat(told()).hasSize(1);
        Files.delete(dossier.resolve("NEUF.yaml"));
        looks();
        assertThat(neuf()).isEqualTo(withNom(before, "OC Moins Neuf"));
        assertThat(told()).as("the matter is over").isEmpty();
    }

    private static Operateur withNom(Operateur sheet, String nom) {
        return new Operateur(
                sheet.code(),
                nom,
                sheet.siren(),
                sheet.actif(),
                sheet.versions(),
                sheet.sftp(),
                sheet.cleApi(),
                sheet.contrat());
    }

    @Test
    void theSampleIsSound() throws IOException {
        Files.copy(Path.of("samples/operateurs/EXEM.yaml"), dossier.resolve("EXEM.yaml"));

        folder.look();

        assertThat(told()).isEmpty();
        assertThat(annuaire.find("EXEM").orElseThrow().contrat().commande().seuilAuto())
                .isEqualTo(20);
    }
}
