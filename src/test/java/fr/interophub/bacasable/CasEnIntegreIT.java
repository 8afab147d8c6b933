package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.HorlogeMobile;
import fr.interophub.HubEnMarche;
import fr.interophub.bacasable.Troupe.Resultat;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.infra.Chargements;
import fr.interophub.infra.Terrain;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * No SI is there: whatever the OI says in these cases, the hub or the referential has decided it, and the dossiers are the same. Left
 * out are those in which a person must act, and those that stop where the referential would go on at once.
 */
@DisplayName("Les cas que le référentiel décide seul, joués par la porte des OC en mode integre")
class CasEnIntegreIT {

    private static final Set<String> CAS = Set.of(
            "OI-IDENT-NOMINAL",
            "OI-IDENT-AR-KO",
            "OI-CONSTR-AR-KO",
            "OI-NIDENT-AR-KO",
            "STOC-CONSTR-NOMINAL",
            "STOC-CONSTR-AR-KO",
            "STOC-IDENT-NOMINAL",
            "STOC-IDENT-AR-KO",
            "STOC-NIDENT-AR-KO",
            "OC-CONSTR-NOMINAL",
            "OC-CONSTR-AR-KO",
            "OC-IDENT-NOMINAL",
            "OC-IDENT-AR-KO",
            "OC-NIDENT-AR-KO",
            "ANN-OC-APRES-CR",
            "ANN-OI-STOC-APRES-MAD",
            "CTRL-SURCHARGE-PTO",
            "MES-SAV",
            "STOC-CONSTR-STOC-KO-OC",
            "STOC-CONSTR-STOC-KO-OC-SILENT",
            "FILE-UNREADABLE",
            "FILE-ONE-FLOW");

    /** More orders than these cases pass. */
    private static final int COMMANDES = 200;

    @TestFactory
    @DisplayName("sur H2")
    Stream<DynamicTest> surH2() throws IOException, InterruptedException {
        return play("h2");
    }

    @TestFactory
    @DisplayName("sur PostgreSQL")
    Stream<DynamicTest> surPostgres() throws IOException, InterruptedException {
        return play("postgres");
    }

    private static Stream<DynamicTest> play(String base) throws IOException, InterruptedException {
        List<Scenario> cases = Scenarios.load().list().stream()
                .filter(scenario -> CAS.contains(scenario.id()))
                .toList();
        assertThat(cases).hasSameSizeAs(CAS);
        HorlogeMobile clock = new HorlogeMobile();
        try (HubEnMarche hub = HubEnMarche.start(base, clock, "--hub.si.mode=integre");
                Troupe troupe = Troupe.open(hub.portes(), Set.of(Cote.OC), Rythme.VITE, clock, Catalogue.load())) {
            load(hub, troupe.specimen());
            List<Resultat> results = troupe.play(cases);
            return results.stream()
                    .map(result -> DynamicTest.dynamicTest(
                            result.scenario().id(),
                            () -> assertThat(result.echec())
                                    .as(result.toString())
                                    .isEmpty()))
                    .toList()
                    .stream();
        }
    }

    /** A network that reaches every order that the troupe may pass, whichever OC passes it. */
    private static void load(HubEnMarche hub, Specimen specimen) throws IOException {
        Terrain terrain = new Terrain("MONO", 2);
        for (int n = 1; n <= COMMANDES; n++) {
            for (CasPto cas : List.of(CasPto.IDENTIFIEE, CasPto.A_CONSTRUIRE)) {
                String oc = cas == CasPto.IDENTIFIEE ? "OCXA" : "OCXB";
                Vie vie = new Vie(oc, Modele.STOC, cas);
                vie.remember(
                        "",
                        Map.of(
                                "ReferenceCommandePriseInterneOC",
                                "%s%s-%04d".formatted(Specimen.MARQUE, specimen.run(), n)));
                terrain.admit(specimen.cmdAcces(vie));
            }
        }
        Chargements chargements = hub.context().getBean(Chargements.class);
        for (var file : terrain.fichiers().entrySet()) {
            byte[] bytes = file.getValue().getBytes(StandardCharsets.UTF_8);
            assertThat(chargements
                            .load(file.getKey(), "terrain.csv", () -> new ByteArrayInputStream(bytes), false)
                            .premieres())
                    .isEmpty();
        }
    }
}
