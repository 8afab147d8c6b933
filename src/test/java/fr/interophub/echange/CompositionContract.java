package fr.interophub.echange;

import static fr.interophub.operateur.AnnuaireDEssai.operateur;
import static fr.interophub.operateur.AnnuaireDEssai.with;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.SurchargeFeuille;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.AnnuaireDEssai;
import fr.interophub.operateur.Contrat;
import fr.interophub.operateur.Operateur;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What the composition of files owes, whatever the database. */
abstract class CompositionContract extends SurUneBase {

    CompositionContract(BaseDEssai base) {
        super(base);
    }

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final String AR =
            "ReferenceCommandePriseInterneOC;ReferencePrestationPrise;EtatArCommandePrise;DateArCommandePrise;"
                    + "MotifKoArCommandePrise";

    /** Composes at once, files of at most three lines. */
    Composition composition(Operateur... operateurs) {
        return composition(Duration.ZERO, operateurs);
    }

    Composition composition(Duration periode, Operateur... operateurs) {
        return new EchangeDEssai(base(), clock())
                .composition(CATALOGUE, AnnuaireDEssai.of(base(), operateurs), periode, 3);
    }

    /** Lines of one flux, of one dossier or of many, rendered and waiting. */
    void says(String operateur, String flux, UUID dossier, String... lignes) {
        says(operateur(operateur), flux, dossier, lignes);
    }

    void says(Operateur operateur, String flux, UUID dossier, String... lignes) {
        Lot lot = Lots.sortie(operateur, flux, dossier, lignes);
        base().transactions()
                .run(() -> new EchangeDEssai(base(), clock()).registre().write(lot));
        base().jdbc().update("update ligne_a_emettre set cree_le = ?", JdbcBulk.toJdbc(clock().instant()));
    }

    void drain(Composition composition) {
        while (composition.compose() > 0) {
            // Until nothing is due.
        }
    }

    record Fichier(String nom, String texte) {}

    /** The files in the order in which they leave. */
    List<Fichier> files(Charset charset) {
        Journal journal = new EchangeDEssai(base(), clock()).journal();
        return base().jdbc().queryForList("select journal_id from a_emettre order by numero", UUID.class).stream()
                .map(id -> {
                    try (InputStream in = journal.open(id)) {
                        return new Fichier(
                                journal.find(id).orElseThrow().fichier(), new String(in.readAllBytes(), charset));
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    List<String> texts() {
        return files(StandardCharsets.UTF_8).stream().map(Fichier::texte).toList();
    }

    @Test
    void linesOfOneFluxGoTogetherUnderTheHeaderOfTheirSheet() {
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "a");
        says("OCXA", "AR_Cmd_Acces", null, "b", "c");

        assertThat(composition(operateur("OCXA")).compose()).isOne();

        assertThat(texts()).containsExactly(AR + "\na\nb\nc\n");
        assertThat(base().count("ligne_a_emettre")).isZero();
    }

    @Test
    void operatorsAndFluxAreNeverMixed() {
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "a");
        says("OCXB", "AR_Cmd_Acces", Ids.next(), "b");
        says("OCXA", "CR_Annulation_Acces", Ids.next(), "c");

        drain(composition(operateur("OCXA"), operateur("OCXB")));

        assertThat(files(StandardCharsets.UTF_8))
                .extracting(Fichier::nom)
                .containsExactlyInAnyOrder(
                        "OIDE_OCXA_ARCMD_ACCES_V12_20261121_0001.csv",
                        "OIDE_OCXA_CrANNUL_ACCES_V12_20261121_0001.csv",
                        "OIDE_OCXB_ARCMD_ACCES_V12_20261121_0001.csv");
    }

    @Test
    void aFileHoldsNoMoreThanItsLinesAndTheOrderIsKept() {
        for (int i = 0; i < 8; i++) {
            says("OCXA", "AR_Cmd_Acces", Ids.next(), "l" + i);
        }

        drain(composition(operateur("OCXA")));

        assertThat(texts()).containsExactly(AR + "\nl0\nl1\nl2\n", AR + "\nl3\nl4\nl5\n", AR + "\nl6\nl7\n");
        assertThat(files(StandardCharsets.UTF_8))
                .extracting(Fichier::nom)
                .doesNotHaveDuplicates()
                .allMatch(nom -> nom.matches("OIDE_OCXA_ARCMD_ACCES_V12_20261121_000[123]\\.csv"));
    }

    @Test
    void aLineWaitsForCompanyButNoLongerThanThePeriod() {
        Composition composition = composition(Duration.ofSeconds(5), operateur("OCXA"));
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "a");
        assertThat(composition.compose()).isZero();

        clock().advance(Duration.ofSeconds(5));
        assertThat(composition.compose()).isOne();

        says("OCXA", "AR_Cmd_Acces", null, "b", "c", "d");
        assertThat(composition.compose()).as("a full file does not wait").isOne();
    }

    @Test
    void whatLeavesAboutOneDossierLeavesInOrder() {
        UUID dossier = Ids.next();
        says("OCXA", "CR_MAD_LigneFTTH", dossier, "mad1");
        says("OCXA", "Notif_Reprov", dossier, "reprov");
        says("OCXA", "CR_MAD_LigneFTTH", dossier, "mad2");

        drain(composition(operateur("OCXA")));

        assertThat(texts()).extracting(text -> text.split("\n")[1]).containsExactly("mad1", "reprov", "mad2");
    }

    @Test
    void dossiersDoNotWaitForEachOther() {
        UUID one = Ids.next();
        UUID two = Ids.next();
        says("OCXA", "CR_MAD_LigneFTTH", one, "mad1");
        says("OCXA", "Notif_Reprov", one, "reprov1");
        says("OCXA", "CR_MAD_LigneFTTH", two, "mad2");

        drain(composition(operateur("OCXA")));

        assertThat(texts())
                .extracting(text -> text.substring(text.indexOf('\n') + 1))
                .containsExactly("mad1\nmad2\n", "reprov1\n");
    }

    @Test
    void aLotOfManyDossiersHoldsBackAllOfThem() {
        UUID dossier = Ids.next();
        says("OCXA", "CR_MAD_LigneFTTH", dossier, "mad1");
        says("OCXA", "AR_Cmd_Acces", null, "ar1", "ar2");

        says("OCXA", "CR_MAD_LigneFTTH", Ids.next(), "mad2");
        drain(composition(operateur("OCXA")));

        assertThat(texts())
                .extracting(text -> text.substring(text.indexOf('\n') + 1))
                .containsExactly("mad1\n", "ar1\nar2\n", "mad2\n");
    }

    @Test
    void theSequenceNeverRepeatsAndStartsAgainEachDay() {
        Composition composition = composition(operateur("OCXA"));
        for (int i = 0; i < 2; i++) {
            says("OCXA", "AR_Cmd_Acces", Ids.next(), "a");
            composition.compose();
        }
        clock().advance(Duration.ofDays(1));
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "a");
        composition.compose();

        assertThat(files(StandardCharsets.UTF_8))
                .extracting(Fichier::nom)
                .containsExactly(
                        "OIDE_OCXA_ARCMD_ACCES_V12_20261121_0001.csv",
                        "OIDE_OCXA_ARCMD_ACCES_V12_20261121_0002.csv",
                        "OIDE_OCXA_ARCMD_ACCES_V12_20261122_0001.csv");
    }

    @Test
    void twoNodesThatRaceNeverUseOneSequenceTwiceNorLoseALine() throws Exception {
        Composition[] nodes = {composition(operateur("OCXA")), composition(operateur("OCXA"))};
        CyclicBarrier together = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        int rounds = 25;
        for (int i = 0; i < rounds; i++) {
            says("OCXA", "AR_Cmd_Acces", null, "a" + i, "b" + i, "c" + i);
            List<Future<?>> racing = new ArrayList<>();
            for (Composition node : nodes) {
                racing.add(threads.submit(() -> {
                    together.await();
                    return node.compose();
                }));
            }
            for (Future<?> one : racing) {
                one.get();
            }
        }
        threads.shutdown();
        drain(nodes[0]);

        assertThat(files(StandardCharsets.UTF_8))
                .extracting(Fichier::nom)
                .doesNotHaveDuplicates()
                .hasSize(rounds);
        assertThat(String.join("", texts()).replace(AR + "\n", "").split("\n"))
                .hasSize(3 * rounds)
                .doesNotHaveDuplicates();
    }

    @Test
    void theOperatorsColumnsTheirOrderAndTheirAbsenceAreHonoured() {
        Operateur own = with(
                "OCXA",
                Contrat.of(Map.of(
                        "colonnes",
                        Map.of(
                                "AR_Cmd_Acces",
                                new SurchargeFeuille(
                                        List.of("EtatArCommandePrise", "ReferenceCommandePriseInterneOC"),
                                        Set.of("ReferencePrestationPrise"),
                                        null)))));
        says(own, "AR_Cmd_Acces", Ids.next(), "OK;R-1;20261120 11:00;");

        composition(own).compose();

        assertThat(texts())
                .containsExactly("EtatArCommandePrise;ReferenceCommandePriseInterneOC;DateArCommandePrise;"
                        + "MotifKoArCommandePrise\nOK;R-1;20261120 11:00;\n");
    }

    @Test
    void linesLeaveUnderTheHeaderTheyWereWrittenForWhateverTheContractHasBecome() {
        Operateur shorter = with(
                "OCXA",
                Contrat.of(Map.of(
                        "colonnes", Map.of("AR_Cmd_Acces", Map.of("absents", List.of("ReferencePrestationPrise"))))));
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "R-1;P-1;OK;20261120 11:00;");
        says(shorter, "AR_Cmd_Acces", Ids.next(), "R-2;OK;20261120 11:00;");
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "R-3;P-3;OK;20261120 11:00;");

        drain(composition(shorter));

        assertThat(texts())
                .containsExactly(
                        AR + "\nR-1;P-1;OK;20261120 11:00;\nR-3;P-3;OK;20261120 11:00;\n",
                        AR.replace("ReferencePrestationPrise;", "") + "\nR-2;OK;20261120 11:00;\n");
    }

    @Test
    void theNameSaysTheVersionOfItsLinesAndMayBeOneFluxsOwn() {
        Operateur own = new Operateur(
                "OCXA",
                "OC Alpha",
                "910000009",
                true,
                Map.of("acces", "1.3"),
                null,
                null,
                Contrat.of(
                        Map.of("nomsFichiers", Map.of("CR_Cmd_Acces", "CR-{VERSION}-{FLUX}-{AAAAMMJJ}-{NNNN}.csv"))));
        says(own, "AR_Cmd_Acces", Ids.next(), "a");
        says(own, "CR_Cmd_Acces", Ids.next(), "b");

        drain(composition(own));

        assertThat(files(StandardCharsets.UTF_8))
                .extracting(Fichier::nom)
                .containsExactly("OIDE_OCXA_ARCMD_ACCES_V13_20261121_0001.csv", "CR-V13-CrCMD-20261121-0001.csv");
    }

    @Test
    void aFileHoldsNoMoreLinesThanTheContractSays() {
        Operateur own = with("OCXA", Contrat.of(Map.of("lignesMaxSortant", 2)));
        says(own, "AR_Cmd_Acces", null, "a", "b", "c");

        drain(composition(own));

        assertThat(texts()).containsExactly(AR + "\na\nb\n", AR + "\nc\n");
    }

    @Test
    void outsideItsHoursLinesWaitAndThenShareTheirFiles() {
        Operateur own = with("OCXA", Contrat.of(Map.of("horaires", Map.of("emission", List.of("08:00-18:00")))));
        Composition composition = composition(own);
        says(own, "AR_Cmd_Acces", Ids.next(), "a");
        clock().advance(Duration.ofHours(1));
        says(own, "AR_Cmd_Acces", Ids.next(), "b");

        assertThat(composition.compose()).as("at half past one").isZero();

        clock().advance(Duration.ofHours(8));
        assertThat(composition.compose()).isOne();
        assertThat(texts()).containsExactly(AR + "\na\nb\n");
    }

    @Test
    void aFileThatIsReadyWhenTheHoursEndLeavesWhenTheyComeBack() {
        Operateur own = with("OCXA", Contrat.of(Map.of("horaires", Map.of("emission", List.of("00:00-01:00")))));
        Annuaire annuaire = AnnuaireDEssai.of(base(), own, operateur("OCXB"));
        EchangeDEssai echange = new EchangeDEssai(base(), clock());
        says(own, "AR_Cmd_Acces", Ids.next(), "a");
        says("OCXB", "AR_Cmd_Acces", Ids.next(), "b");
        drain(echange.composition(CATALOGUE, annuaire, Duration.ZERO, 3));
        Emission emission = echange.emission(annuaire);

        clock().advance(Duration.ofHours(1));
        assertThat(emission.next().orElseThrow().fichier().operateur()).isEqualTo("OCXB");
        assertThat(emission.next()).as("at half past one").isEmpty();

        clock().advance(Duration.ofHours(23));
        assertThat(emission.next().orElseThrow().fichier().operateur()).isEqualTo("OCXA");
    }

    @Test
    void aFileReceivedOutsideItsHoursIsTakenAndWaits() throws IOException {
        Operateur own = with("OCXA", Contrat.of(Map.of("horaires", Map.of("traitement", List.of("08:00-18:00")))));
        Annuaire annuaire = AnnuaireDEssai.of(base(), own, operateur("OCXB"));
        EchangeDEssai echange = new EchangeDEssai(base(), clock());
        for (String operateur : List.of("OCXA", "OCXB")) {
            echange.journal().receive(operateur, "SFTP", "cmd.csv", new ByteArrayInputStream(operateur.getBytes()));
        }
        Guichet guichet = echange.guichet(CATALOGUE, annuaire, Alertes.SILENCE);

        assertThat(base().count("a_traiter")).isEqualTo(2);
        assertThat(guichet.next().orElseThrow().operateur()).isEqualTo("OCXB");
        assertThat(guichet.next()).as("at half past midnight").isEmpty();

        clock().advance(Duration.ofHours(8));
        assertThat(guichet.next().orElseThrow().operateur()).isEqualTo("OCXA");
    }

    @Test
    void theEncodingAndTheNameAreTheContracts() {
        Operateur own = with(
                "OCXA",
                Contrat.of(Map.of(
                        "encodageSortant", "windows-1252", "nomFichier", "{AAAAMMJJ}-{NNNN}-{FLUX}-{OC}-{OI}.txt")));
        says("OCXA", "Mess_OI_Cmd_Acces", Ids.next(), "é€");

        composition(own).compose();

        assertThat(files(Charset.forName("windows-1252"))).singleElement().satisfies(file -> {
            assertThat(file.nom()).matches("20261121-0001-MessOI-OCXA-OIDE\\.txt");
            assertThat(file.texte()).endsWith("\né€\n");
        });
    }

    @Test
    void everyLineKnowsItsFileAndItsPlaceThere() {
        says("OCXA", "AR_Cmd_Acces", null, "a", "b");
        says("OCXA", "AR_Cmd_Acces", Ids.next(), "c");

        composition(operateur("OCXA")).compose();

        assertThat(base().jdbc().queryForList("select premiere_ligne from sortie order by premiere_ligne", Long.class))
                .containsExactly(2L, 4L);
        assertThat(base().count("sortie join journal on journal.id = sortie.journal_id where journal.lignes = 3"))
                .isEqualTo(2);
    }

    @Test
    void linesOfAnOperatorThatLeftTheDirectoryWait() {
        says("OCXZ", "AR_Cmd_Acces", Ids.next(), "a");

        assertThat(composition(operateur("OCXA")).compose()).isZero();
        assertThat(base().count("ligne_a_emettre")).isOne();
    }
}
