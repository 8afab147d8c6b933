package fr.interophub.sav;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("Les cas du SAV, joués tels qu'ils sont écrits, en mémoire")
class CasSavEnMemoireTest {

    static Stream<Cas> cases() {
        return Cas.load().stream().filter(cas -> cas.joue(Cas.MEMOIRE));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsWhereTheProtocolSays(Cas cas) {
        HubEnMemoire hub = new HubEnMemoire(cas, "2.1");
        cas.lignes().forEach(hub::play);
        hub.everythingArrived();
        hub.statesFollowJournal();
    }
}
