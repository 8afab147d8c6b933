package fr.interophub;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.bacasable.Marches;
import fr.interophub.bacasable.Rythme;
import fr.interophub.bacasable.Scenario;
import fr.interophub.bacasable.Scenarios;
import fr.interophub.bacasable.Troupe;
import fr.interophub.bacasable.Troupe.Resultat;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.springframework.jdbc.core.JdbcTemplate;

@DisplayName("Les cas du protocole, joués par les portes du hub : SFTP et REST du SI")
class CasParLesPortesIT {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");

    private static final int MARCHES = 30;

    private static final Scenario ECRASEMENT = Scenarios.parse("ECRASEMENT.txt", """
            # ECRASEMENT — une ligne reprise par un autre OC
            modèle OC
            pto à construire
            i)    OC Cmd_Acces
            ii)   OI AR_Cmd_Acces OK
            iii)  OI CR_Cmd_Acces OK
            iv)   OC CR_MES_LigneFTTH
            => EN_SERVICE
            commande B (OC2, pto identifiée)
            v)    OC Cmd_Acces         ReferencePrise="ReferencePrise de A"
            vi)   OI AR_Cmd_Acces OK
            vii)  OI CR_Cmd_Acces OK
            viii) OC CR_MES_LigneFTTH
            => EN_SERVICE
            commande A
            ix)   OI Notif_Ecrasement
            => ECRASEE
            """);

    @TestFactory
    @DisplayName("sur H2")
    Stream<DynamicTest> surH2() throws IOException, InterruptedException {
        return play("h2", Scenarios.load().list());
    }

    /** One case in three, chosen by its name alone: a case that comes or goes changes nothing for the others. */
    @TestFactory
    @DisplayName("un tiers sur PostgreSQL")
    Stream<DynamicTest> surPostgres() throws IOException, InterruptedException {
        return play(
                "postgres",
                Scenarios.load().list().stream()
                        .filter(scenario -> Math.floorMod(scenario.id().hashCode(), 3) == 0)
                        .toList());
    }

    /**
     * The cases that presume nothing, and lives that are in no case, live at once in one hub, the other cases after them; each
     * is then a test with its id. At last everything that an OC was given is searched for the OC that took its line.
     */
    private static Stream<DynamicTest> play(String base, List<Scenario> scenarios)
            throws IOException, InterruptedException {
        long graine = Long.getLong("marches.graine", System.nanoTime() & 0xffffff);
        System.out.printf("%1$d marches, graine %2$d (-Dmarches.graine=%2$d)%n", MARCHES, graine);
        Marches marches = new Marches(PAGE, new Random(graine));
        List<Scenario> all = new ArrayList<>(scenarios);
        Stream.generate(() -> marches.next(20)).limit(MARCHES).forEach(all::add);
        // Twice: the OCs take turns, and each loses a line to the other.
        all.addAll(List.of(ECRASEMENT, ECRASEMENT));
        List<DynamicTest> tests = new ArrayList<>();
        HorlogeMobile clock = new HorlogeMobile();
        try (HubEnMarche hub = HubEnMarche.start(base, clock);
                Troupe troupe = Troupe.open(hub.portes(), Rythme.VITE, clock, clock::advance)) {
            List<Resultat> results = troupe.play(all);
            assertThat(results).hasSameSizeAs(all);
            for (Resultat result : results) {
                tests.add(DynamicTest.dynamicTest(
                        result.scenario().id(),
                        () -> assertThat(result.echec())
                                .as(
                                        "%s, graine %d, %s",
                                        result, graine, result.scenario().steps())
                                .isEmpty()));
            }
            SchemasDuSi.assertTenus(hub);
            tests.add(nothingNames(hub, "OCXA", "OCXB", "920000007", "Bêta"));
            tests.add(nothingNames(hub, "OCXB", "OCXA", "910000009", "Alpha"));
        }
        return tests.stream();
    }

    private static DynamicTest nothingNames(HubEnMarche hub, String perdant, String... gagnant)
            throws IOException, InterruptedException {
        Map<String, String> read = ToutCeQuIlLit.read(hub, perdant);
        List<String> secret = new ArrayList<>(List.of(gagnant));
        secret.addAll(hub.context()
                .getBean(JdbcTemplate.class)
                .queryForList("select cle from dossier where operateur = ?", String.class, gagnant[0]));
        return DynamicTest.dynamicTest(
                "rien de ce que %s reçoit ou lit ne nomme %s".formatted(perdant, gagnant[0]), () -> {
                    assertThat(read.keySet())
                            .as("it was told that it lost a line")
                            .anyMatch(where -> where.contains("NotifEcrasement"));
                    assertThat(read.values())
                            .anyMatch(text -> text.startsWith("404"))
                            .anyMatch(text -> text.startsWith("403"));
                    read.forEach((where, text) ->
                            assertThat(text).as(where).doesNotContainIgnoringCase(secret.toArray(String[]::new)));
                });
    }
}
