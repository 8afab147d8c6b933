package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.bacasable.Rythme;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Troupe;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CatalogueFautif;
import fr.interophub.catalogue.CsvFile;
import fr.interophub.catalogue.FluxSheet;
import fr.interophub.catalogue.Page;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What CONTRIBUTING.md says of adding a flux: lines on the page, sheets, a sample, a scénario, and no Java. */
@DisplayName("Un flux ajouté au catalogue, sans code : reçu, suivi, dit au SI ; décidé par le SI, émis")
class FluxFictifIT {

    private static final Path FICTIF = Path.of("src/test/resources/flux-fictif");

    @TempDir
    Path folder;

    /** The built-in page with the new lines, and the new sheets, in a folder of the integrator's. */
    @BeforeEach
    void write() throws Exception {
        String page = Files.readString(Path.of("src/main/resources/catalogue/acces-1.2.yaml"));
        page = insert(page, "flux:\\n", "flux.yaml");
        page = insert(page, "etats:\\n  commande:.*\\n", "etats.yaml");
        page = insert(page, "cycle:\\n  commande:\\n", "passages.yaml");
        Files.writeString(folder.resolve("acces-1.2.yaml"), page);
        Files.createDirectory(folder.resolve("acces-1.2"));
        for (String sheet : List.of("acces-1.2/Visite_OC.csv", "acces-1.2/Bilan_OI.csv")) {
            Files.copy(FICTIF.resolve(sheet), folder.resolve(sheet));
        }
    }

    private static String insert(String page, String after, String file) throws Exception {
        String[] parts = page.split("(?<=(?m:^)" + after + ")", 2);
        assertThat(parts).as(after).hasSize(2);
        return parts[0] + Files.readString(FICTIF.resolve(file)) + parts[1];
    }

    @Test
    @DisplayName("son exemple se lit, et se réécrit octet pour octet")
    void itsSampleIsReadAndWrittenAgain() throws Exception {
        Page page = Catalogue.load(folder).page("acces", "1.2");
        Path sample = FICTIF.resolve("nominal.csv");
        List<FluxSheet> sheets =
                page.flux().stream().map(flux -> page.feuille(flux.code())).toList();
        CsvFile.FileForm form = CsvFile.checkForm(() -> Files.newInputStream(sample), sheets, null, 0);
        StringBuilder again = new StringBuilder(form.feuille().header()).append('\n');
        try (CsvFile.Lignes lines = CsvFile.read(Files.newInputStream(sample), form)) {
            lines.forEachRemaining(line -> {
                assertThat(form.feuille().check(line)).isEmpty();
                line.writeCsv(again);
            });
        }
        assertThat(form.feuille().flux().code()).isEqualTo("Visite_OC");
        assertThat(again).hasToString(Files.readString(sample));
    }

    @Test
    @DisplayName("il passe par les portes du hub, dans les deux sens, et la table le refuse hors de sa place")
    void itGoesThroughTheRunningHub() throws Exception {
        Catalogue catalogue = Catalogue.load(folder);
        try (HubEnMarche hub = HubEnMarche.start("h2", "--hub.catalogue=" + folder);
                Troupe troupe = Troupe.open(hub.portes(), Rythme.VITE, Clock.systemUTC(), catalogue)) {
            assertThat(troupe.play(Scenarios.read(FICTIF.resolve("FICTIF.txt")).list()))
                    .singleElement()
                    .satisfies(result ->
                            assertThat(result.echec()).as(result.toString()).isEmpty());
        }
    }

    @Test
    @DisplayName("un dossier fautif arrête le démarrage, toutes ses fautes dites d'une phrase")
    void aFaultyFolderStopsTheStart() throws Exception {
        Files.delete(folder.resolve("acces-1.2/Bilan_OI.csv"));
        Files.writeString(folder.resolve("acces-1.2/Visite.csv"), "champ\n");

        assertThatThrownBy(() -> Catalogue.load(folder))
                .isInstanceOf(CatalogueFautif.class)
                .hasMessageContaining("Bilan_OI")
                .hasMessageContaining("Visite.csv : aucune page ne lit ce fichier");
        assertThatThrownBy(() -> HubEnMarche.start("h2", "--hub.catalogue=" + folder))
                .rootCause()
                .isInstanceOf(Refus.class)
                .hasMessageContaining("Bilan_OI");
        assertThatThrownBy(() -> Catalogue.load(folder.resolve("absent")))
                .isInstanceOf(CatalogueFautif.class)
                .hasMessageContaining("absent");
    }
}
