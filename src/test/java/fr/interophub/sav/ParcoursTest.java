package fr.interophub.sav;

import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.catalogue.Catalogue;
import fr.interophub.cycle.Chemin.Attendu;
import fr.interophub.cycle.Chemin.Effet;
import fr.interophub.echange.Dossier;
import fr.interophub.operateur.Contrat;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Ce qui est dû sur une signalisation, par qui (§d)")
class ParcoursTest {

    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Parcours PARCOURS = new Parcours(Catalogue.load());

    private static Dossier ticket(String etat, Map<String, String> faits) {
        return new Dossier(
                new UUID(0, 1),
                Suivi.TICKET,
                "sav",
                "2.1",
                "OCXA",
                "S-1",
                null,
                NOW,
                etat,
                "x",
                1,
                NOW,
                Map.of(),
                faits);
    }

    /** {@code mode=AUTO rdv-demande=oui}. */
    private static Map<String, String> faits(String resolution, String text) {
        Map<String, String> faits = new HashMap<>();
        if (resolution != null) {
            faits.put(Faits.RESOLUTION, resolution);
        }
        for (String fait : text == null ? new String[0] : text.split(" ")) {
            faits.put(fait.split("=")[0], fait.split("=")[1]);
        }
        return faits;
    }

    private static Set<String> said(Dossier ticket, boolean du, Instant now) {
        return PARCOURS.expect(ticket, Contrat.DEFAUT, now).stream()
                .filter(one -> one.du() == du)
                .map(one -> one.emetteur() + " " + one.flux())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest(name = "{0}, {1} {2} : {3}")
    @CsvSource(delimiter = '|', textBlock = """
            QUEUED                    |                  |                            | OI CASE SOLVING NOTIFICATION
            OPENACTIVE                | ACTION A DEFINIR |                            | OI CASE SOLVED NOTIFICATION
            OPENACTIVE                | ACTION PREVUE    | mode=AUTO rdv-demande=oui  | OC SP CASE INFORMATION NOTIFICATION, OI CASE SOLVED NOTIFICATION
            OPENACTIVE.TO.BE.CANCELED | ACTION PLANIFIEE |                            | OI CASE CANCELATION AGREEMENT
            CLOSED                    | ACTION ANNULEE   | clos-le=2026-11-20T09:00:00Z | ''
            """)
    void whatIsOwed(String etat, String resolution, String faits, String owed) {
        assertThat(String.join(", ", said(ticket(etat, faits(resolution, faits)), true, NOW)))
                .isEqualTo(owed);
    }

    @Test
    void aClosureMayBeRequalifiedForAWhile() {
        Dossier closed = ticket("CLOSED", faits("ACTION TERMINEE", "clos-le=2026-11-20T09:00:00Z"));

        assertThat(said(closed, false, NOW)).containsExactly("OI CASE SOLVED NOTIFICATION");
        assertThat(said(closed, false, NOW.plus(Duration.ofDays(9)))).isEmpty();
    }

    @Test
    void whatIsSaidIsToldWithTheStatesOfBothTablesThatItMayLeadTo() {
        List<Attendu> told =
                PARCOURS.expect(ticket("OPENACTIVE", faits("ACTION PLANIFIEE", null)), Contrat.DEFAUT, NOW);

        assertThat(told.get(0).flux()).isEqualTo("CASE SOLVED NOTIFICATION");
        assertThat(told.get(0).effets()).containsExactly(new Effet(null, "CLOSED"), new Effet(null, "ACTION TERMINEE"));
        assertThat(told)
                .filteredOn(one -> one.flux().equals("SP CASE INFORMATION NOTIFICATION"))
                .singleElement()
                .satisfies(one -> assertThat(one.effets()).isEmpty());
    }
}
