package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Catalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bac à sable plays over real SFTP and HTTP, and says which step did not hold. */
class TroupeTest {

    private static final Catalogue CATALOGUE = Catalogue.load();
    private static final Rythme VITE = new Rythme(Duration.ZERO, Duration.ofMillis(10), Duration.ofSeconds(30));
    private static final Rythme IMPATIENT = new Rythme(Duration.ZERO, Duration.ofMillis(10), Duration.ofSeconds(1));

    @TempDir
    Path data;

    private FauxHub hub;

    @BeforeEach
    void open() throws IOException {
        hub = new FauxHub(data, CATALOGUE.page("acces", "1.2"));
    }

    @AfterEach
    void close() throws IOException {
        hub.close();
    }

    private List<Troupe.Resultat> play(List<Scenario> scenarios) throws Exception {
        return play(scenarios, VITE);
    }

    private List<Troupe.Resultat> play(List<Scenario> scenarios, Rythme rythme) throws Exception {
        try (Troupe troupe = Troupe.open(hub.portes(), rythme, Clock.systemUTC(), CATALOGUE)) {
            return troupe.play(scenarios);
        }
    }

    private Troupe.Resultat play(String steps) throws Exception {
        return play(steps, VITE);
    }

    private Troupe.Resultat play(String steps, Rythme rythme) throws Exception {
        Scenario essai = Scenarios.parse("X.txt", "# X — essai\nmodèle OI\npto à construire\n" + steps);
        return play(List.of(essai), rythme).get(0);
    }

    @Test
    void everyCaseIsPlayedAtOnceByTwoOcs() throws Exception {
        List<Scenario> all = Scenarios.load().list(s -> s.id().startsWith(s.modele() + "-"));

        List<Troupe.Resultat> results = play(all);

        assertThat(results)
                .hasSameSizeAs(all)
                .allSatisfy(r -> assertThat(r.echec()).as(r.toString()).isEmpty());
        assertThat(hub.files).as("what is said at once shares a file").hasSizeLessThan(all.size());
        assertThat(hub.files.get(0)).matches("OIDE_OCXA_CMD_ACCES_V12_\\d{8}_[0-9A-Z]+-0001\\.csv");
        for (String user : List.of("ocxa", "ocxb")) {
            try (Stream<Path> left = Files.list(hub.home(user).resolve("sortant"))) {
                assertThat(left).as("what was taken was deleted").isEmpty();
            }
        }
    }

    @Test
    void playsAgainOnAUsedHub() throws Exception {
        Scenario nominal = Scenarios.load().get("OI-CONSTR-NOMINAL");

        List<Troupe.Resultat> first = play(List.of(nominal));
        List<Troupe.Resultat> second = play(List.of(nominal));

        assertThat(second.get(0).echec()).isEmpty();
        assertThat(second.get(0).reference()).isNotEqualTo(first.get(0).reference());
    }

    @Test
    void aLostAnswerIsAskedAgain() throws Exception {
        hub.answersLost = 2;

        assertThat(play(List.of(Scenarios.load().get("STOC-CONSTR-CHG-RO")))
                        .get(0)
                        .echec())
                .isEmpty();
    }

    @Test
    void leavesWhatIsNotItsOwn() throws Exception {
        Path byHand = hub.home("ocxa").resolve("sortant/a-la-main.csv");
        Files.writeString(
                byHand,
                CATALOGUE.page("acces", "1.2").feuille("AR_Cmd_Acces").header() + "\n478977;;OK;20260131 12:00;\n");
        Files.writeString(hub.home("ocxa").resolve("sortant/autre.csv"), "bonjour\n");

        assertThat(play(List.of(Scenarios.load().get("OC-IDENT-NOMINAL")))
                        .get(0)
                        .echec())
                .isEmpty();
        assertThat(byHand).exists();
    }

    @Test
    void aFileThatNamesAnotherOcIsAFault() throws Exception {
        for (String nom : List.of("OCXB", "Opérateur ocxb", "SIREN-OCXB")) {
            assertThat(
                            play("i) OC Cmd_Acces\nii) OI AR_Cmd_Acces OK\niii) OI CR_Cmd_Acces OK Commentaire=\"écrasé par %s\"\n=> ROUTE_FOURNIE"
                                            .formatted(nom))
                                    .echec())
                    .hasValueSatisfying(why -> assertThat(why).contains("nomme un autre OC"));
        }
    }

    @Test
    void aStepRefusedByQuarantaineHolds() throws Exception {
        assertThat(
                        play("i) OC Cmd_Acces\nii) OI AR_Cmd_Acces OK\niii) OC CR_MES_LigneFTTH !! HORS_SEQUENCE\n=> ACQUITTEE")
                                .echec())
                .isEmpty();
    }

    @Test
    void aWrongStateNamesTheLine() throws Exception {
        assertThat(play("i) OC Cmd_Acces\nii) OI AR_Cmd_Acces OK\n=> EN_SERVICE", IMPATIENT)
                        .echec())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("ligne 5, ii) OI AR_Cmd_Acces OK : attendu en vain")
                        .contains("EN_SERVICE", "ACQUITTEE"));
    }

    @Test
    void anotherVerdictNamesTheLine() throws Exception {
        assertThat(play("i) OC Cmd_Acces\nii) OI AR_Cmd_Acces KO\n=> REJETEE_AR")
                        .echec())
                .hasValueSatisfying(why -> assertThat(why).contains("attendu KO, reçu OK"));
    }

    @Test
    void aStepThatShouldHaveBeenRefusedFails() throws Exception {
        assertThat(
                        play("i) OC Cmd_Acces\nii) OI AR_Cmd_Acces OK\niii) OI CR_Cmd_Acces OK !! HORS_SEQUENCE\n=> ACQUITTEE")
                                .echec())
                .hasValueSatisfying(why -> assertThat(why).contains("refus attendu : HORS_SEQUENCE"));
    }

    @Test
    void whatTheScenarioDoesNotSayIsTooMuch() throws Exception {
        assertThat(play("i) OC Cmd_Acces\n=> ACQUITTEE").echec())
                .hasValueSatisfying(why -> assertThat(why).contains("de trop : AR_Cmd_Acces"));
    }

    @Test
    void anUnknownFieldOrFluxFailsItsOwnScenarioOnly() throws Exception {
        assertThat(play("i) OC Cmd_Acces Inconnu=1\n=> RECUE").echec()).isPresent();
        assertThat(play("i) OC Commande\n=> RECUE").echec()).isPresent();
        assertThat(play("i) OC CR_Cmd_Acces\n=> RECUE").echec())
                .hasValueSatisfying(why -> assertThat(why).contains("n'est pas à l'OC"));
    }

    @Test
    void aPartyThatIsNotPlayedIsWaitedFor() throws Exception {
        Scenario nominal = Scenarios.load().get("STOC-CONSTR-CHG-RO");
        try (Troupe oc = Troupe.open(hub.portes(), Set.of(Cote.OC), VITE, Clock.systemUTC(), CATALOGUE);
                Troupe si = Troupe.open(hub.portes(), Set.of(Cote.SI), VITE, Clock.systemUTC(), CATALOGUE)) {
            si.start(nominal, "OCXA");
            si.round();
            oc.start(nominal, "OCXA");
            List<Troupe.Resultat> results = new ArrayList<>();
            while (oc.playing() + si.playing() > 0) {
                results.addAll(oc.round());
                results.addAll(si.round());
            }
            assertThat(results)
                    .hasSize(2)
                    .allSatisfy(r -> assertThat(r.echec()).as(r.toString()).isEmpty())
                    .extracting(Troupe.Resultat::reference)
                    .containsOnly(results.get(0).reference());
        }
    }

    @Test
    void aPartyThatStaysSilentIsNamed() throws Exception {
        try (Troupe oc = Troupe.open(hub.portes(), Set.of(Cote.OC), IMPATIENT, Clock.systemUTC(), CATALOGUE)) {
            Scenario essai = Scenarios.parse(
                    "X.txt",
                    "# X — essai\nmodèle OC\npto identifiée\ni) OC Cmd_Acces\n=> ACQUITTEE\n"
                            + "ii) OI AR_Cmd_Acces OK\niii) OI CR_Cmd_Acces OK\n=> ROUTE_FOURNIE");
            assertThat(oc.play(List.of(essai)).get(0).echec())
                    .hasValueSatisfying(why -> assertThat(why)
                            .contains("iii) OI CR_Cmd_Acces OK : attendu en vain : OI CR_Cmd_Acces OK dans sortant/"));
        }
    }
}
