package fr.interophub.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

@Label("Quoi que dise une ligne, et dans quelque version que ce soit")
class TraductionPropertiesTest {

    private static final Catalogue CATALOGUE = Catalogue.load();

    /** A line of any flux of any version, and another version. */
    record Cas(FluxSheet from, FluxSheet to, Map<String, String> champs) {}

    @Provide
    Arbitrary<Cas> cas() {
        var pages = Arbitraries.of(CATALOGUE.pages().stream()
                .filter(page -> page.protocole().equals("acces"))
                .toList());
        var flux = Arbitraries.of(
                CATALOGUE.pages().get(0).flux().stream().map(Flux::code).toList());
        return Combinators.combine(pages, pages, flux).as(List::of).flatMap(any -> {
            var from = ((Page) any.get(0)).feuille((String) any.get(2));
            var to = ((Page) any.get(1)).feuille((String) any.get(2));
            // Few values, so that blocks often say the same; each form of the sheets takes some.
            return Arbitraries.of("", "", "A", "B", "OK", "NA", "ACCES_FTTH", "20260120 11:15")
                    .list()
                    .ofSize(from.size())
                    .map(values -> {
                        var champs = new HashMap<String, String>();
                        for (int i = 0; i < values.size(); i++) {
                            champs.put(from.champs().get(i).nom(), values.get(i));
                        }
                        return new Cas(from, to, champs);
                    });
        });
    }

    @Property(tries = 3000)
    void thereAndBackOnlyWhatWasReportedIsLost(@ForAll("cas") Cas cas) {
        var line = cas.from().ligne(2, cas.champs());
        var there = line.traduire(cas.to());
        var back = there.ligne().traduire(cas.from()).ligne();

        var missing = line.champs().keySet().stream()
                .filter(name -> !back.get(name).equals(line.get(name)))
                .toList();
        assertThat(TraductionTest.lost(there)).isEqualTo(missing);
        assertThat(there.ligne().feuille()).isSameAs(cas.to());
    }

    @Property(tries = 3000)
    void aFieldThatBothVersionsHaveIsNeverChanged(@ForAll("cas") Cas cas) {
        var line = cas.from().ligne(2, cas.champs());
        var said = line.traduire(cas.to());

        cas.from().champs().stream()
                .map(Champ::nom)
                .filter(name -> cas.to().indexOf(name) >= 0)
                .forEach(name -> assertThat(said.ligne().get(name)).isEqualTo(line.get(name)));
        assertThat(TraductionTest.lost(said)).allMatch(name -> cas.to().indexOf(name) < 0);
    }

    @Property(tries = 3000)
    void whatHasBeenThereAndBackLosesNothingMore(@ForAll("cas") Cas cas) {
        var back = cas.from()
                .ligne(2, cas.champs())
                .traduire(cas.to())
                .ligne()
                .traduire(cas.from())
                .ligne();

        assertThat(back.traduire(cas.to()).pertes()).isEmpty();
    }
}
