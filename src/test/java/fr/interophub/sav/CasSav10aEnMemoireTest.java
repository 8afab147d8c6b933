package fr.interophub.sav;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les cas du SAV 1.0a, joués tels qu'ils sont écrits, en mémoire")
class CasSav10aEnMemoireTest {

    static Stream<Cas> cases() {
        return Cas.load(Cas.PAR_FICHIERS).stream().filter(cas -> cas.joue(Cas.MEMOIRE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereTheProtocolSays(Cas cas) {
        HubEnMemoire hub = new HubEnMemoire(cas, "1.0a");
        cas.lignes().forEach(hub::play);
        hub.everyLineWasExpected();
        hub.statesFollowJournal();
    }
}
