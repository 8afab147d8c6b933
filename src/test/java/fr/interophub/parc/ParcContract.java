package fr.interophub.parc;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.parc.Acces.Etat;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What any parc owes those who ask it. */
interface ParcContract {

    Instant MES = Instant.parse("2026-01-31T11:00:00Z");

    Parc parc();

    /** Runs in one transaction; a memory needs none. */
    default void run(Runnable work) {
        work.run();
    }

    static Acces acces(String operateur, String prestation, String prise) {
        return new Acces(operateur, prestation, prise, MES, "PT10H", true, Etat.EN_SERVICE, null);
    }

    default void write(Acces... acces) {
        run(() -> parc().write(List.of(acces)));
    }

    default List<Acces> find(String operateur, String prestation) {
        List<Acces> found = new ArrayList<>();
        run(() -> parc().findForUpdate(operateur, prestation).ifPresent(found::add));
        return found;
    }

    @Test
    default void givesBackAnAccessAsItWasWritten() {
        Acces full = acces("OCXA", "OIDE-FTTH-é1", "OI-1");
        Acces bare = new Acces("OCXB", "P-2", null, MES, null, false, Etat.RESILIEE, UUID.randomUUID());

        write(full, bare);

        assertThat(find("OCXA", "oide-ftth-É1")).containsExactly(full);
        assertThat(find("OCXB", "P-2")).containsExactly(bare);
        assertThat(find("OCXB", "OIDE-FTTH-é1")).isEmpty();
        assertThat(parc().list("p-2")).containsExactly(bare);
        assertThat(parc().list("OCXA", List.of("OIDE-FTTH-é1", "P-2"))).containsExactly(full);
    }

    @Test
    default void writesAgainTheSameAccess() {
        write(acces("OCXA", "P-1", "OI-1"), acces("OCXA", "P-2", "OI-2"));
        Acces again = new Acces("OCXA", "p-1", "OI-9", MES.plusSeconds(60), null, false, Etat.EN_SERVICE, null);

        write(again, acces("OCXA", "P-3", "OI-3"));

        assertThat(parc().list("P-1")).containsExactly(again);
        assertThat(parc().list("OCXA", List.of("P-1", "P-2", "P-3"))).hasSize(3);
    }

    @Test
    default void twoOcsMayHaveTheSameReference() {
        Acces ofA = acces("OCXA", "P-1", "OI-1");
        Acces ofB = acces("OCXB", "P-1", "OI-2");

        write(ofB, ofA);

        assertThat(parc().list("P-1")).containsExactly(ofA, ofB);
    }

    @Test
    default void tellsWhatIsInServiceOnSockets() {
        Acces ofA = acces("OCXA", "P-1", "Oi-1");
        Acces ofB = acces("OCXB", "P-2", "OI-1");
        write(
                ofA,
                ofB,
                acces("OCXA", "P-3", "OI-2"),
                new Acces("OCXA", "P-4", "OI-1", MES, null, true, Etat.ECRASEE, null),
                new Acces("OCXA", "P-5", null, MES, null, true, Etat.EN_SERVICE, null));

        run(() -> {
            parc().hold(List.of("oi-1", "x"));
            assertThat(parc().listEnService(List.of("oi-1", "OI-1", "x"))).containsExactlyInAnyOrder(ofA, ofB);
        });
        assertThat(parc().listEnService(List.of())).isEmpty();
        run(() -> parc().hold(List.of()));
    }

    @Test
    default void tellsWhatIsInServiceBehindAPm() {
        Acces ofA = at(acces("OCXA", "P-1", "OI-1"), new Site("Pm-1", "1 RUE BASSE, 64000 PAU"));
        Acces ofB = at(acces("OCXB", "P-2", "OI-2"), new Site("PM-1", null));
        write(
                ofB,
                ofA,
                at(acces("OCXA", "P-3", "OI-3"), new Site("PM-2", "1 RUE BASSE, 64000 PAU")),
                at(new Acces("OCXA", "P-4", "OI-4", MES, null, true, Etat.RESILIEE, null), new Site("PM-1", null)),
                acces("OCXA", "P-5", "OI-5"));

        assertThat(parc().listBehind("pm-1")).containsExactly(ofA, ofB);

        write(at(ofA, new Site("PM-2", null)));
        run(() -> parc().end(List.of(ofB), Etat.ECRASEE));

        assertThat(parc().listBehind("PM-1")).isEmpty();
        assertThat(parc().list("P-2")).extracting(Acces::site).containsExactly(ofB.site());
    }

    private static Acces at(Acces acces, Site site) {
        return new Acces(
                acces.operateur(),
                acces.prestation(),
                acces.prise(),
                site,
                acces.dateMes(),
                acces.gtr(),
                acces.partagee(),
                acces.etat(),
                acces.dossierId());
    }

    @Test
    default void endsOnlyWhatIsInService() {
        Acces given = new Acces("OCXA", "P-1", "OI-1", MES, null, true, Etat.RESILIEE, null);
        Acces lost = acces("OCXA", "P-2", "OI-1");
        write(given, lost);

        run(() -> parc().end(List.of(lost, given), Etat.ECRASEE));

        assertThat(parc().list("P-1")).containsExactly(given);
        assertThat(parc().list("P-2"))
                .containsExactly(new Acces("OCXA", "P-2", "OI-1", MES, "PT10H", true, Etat.ECRASEE, null));
        assertThat(parc().listEnService(List.of("OI-1"))).isEmpty();
    }

    @Test
    default void forgetsAnAccess() {
        Acces gone = acces("OCXA", "P-1", "OI-1");
        write(gone, acces("OCXB", "P-1", "OI-1"));

        run(() -> parc().remove(gone));

        assertThat(parc().list("P-1")).extracting(Acces::operateur).containsExactly("OCXB");
    }
}
