package fr.interophub.bacasable;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Flux;
import fr.interophub.catalogue.Page;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Les marches du bac à sable restent dans la table, et vont partout")
class MarchesTest {

    private static final Page PAGE = Catalogue.load().page("acces", "1.2");

    @Test
    void goEverywhere() {
        Marches marches = new Marches(PAGE, new Random(1));
        Set<String> said = new HashSet<>();
        Set<String> etats = new HashSet<>();
        Stream.generate(() -> marches.next(30)).limit(2000).forEach(marche -> {
            assertThat(marche.steps()).hasSizeBetween(2, 31);
            marche.steps().forEach(step -> {
                said.add(step.dit().orElseThrow().flux());
                step.etat().ifPresent(etats::add);
            });
        });
        assertThat(said)
                .as("all that is practised about an order but écrasement, which takes two")
                .containsExactlyInAnyOrderElementsOf(PAGE.flux().stream()
                        .filter(flux -> flux.objet().equals("commande") && flux.pratique())
                        .map(Flux::code)
                        .filter(flux -> !flux.equals("Notif_Ecrasement"))
                        .toList());
        Set<String> seen = new HashSet<>(PAGE.etats("commande"));
        seen.removeAll(Set.of("RECUE", "ECRASEE"));
        assertThat(etats).isEqualTo(seen);
    }

    @Test
    void stayInTheTable() {
        Marches marches = new Marches(PAGE, new Random(2));
        CasesOnTheTableTest table = new CasesOnTheTableTest();
        Stream.generate(() -> marches.next(30)).limit(500).forEach(table::endsWhereTheProtocolSays);
    }

    @Test
    void areTheSameForTheSameSeed() {
        assertThat(new Marches(PAGE, new Random(7)).next(20)).isEqualTo(new Marches(PAGE, new Random(7)).next(20));
    }
}
