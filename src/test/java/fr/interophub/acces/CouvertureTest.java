package fr.interophub.acces;

import static fr.interophub.PagesEcrites.row;
import static org.assertj.core.api.Assertions.assertThat;

import fr.interophub.PagesEcrites;
import fr.interophub.acces.Repli.Pas;
import fr.interophub.catalogue.Issue;
import fr.interophub.catalogue.Page;
import fr.interophub.catalogue.Passage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Every passage of the state table, and the scénarios that walk it when they are played over the order room. */
@DisplayName("Chaque passage de la table d'états est parcouru par un scénario")
class CouvertureTest {

    private static final Page PAGE = Salle.PAGE;
    private static final int SHOWN = 6;

    private static final String TOUT_DE_SUITE =
            "le hub accuse réception dans la transaction qui ouvre la commande : RECUE ne dure pas";
    private static final String PAS_DE_PRESTATION =
            "la ReferencePrestationPrise n'est donnée qu'au CR_Cmd_Acces (l'AR est celui du hub)";
    private static final String AVANT_LE_PIVOT = "dans cet état le pivot n'est jamais atteint : ANNUL, jamais RESIL";

    /** What the table admits from a state and our rules never lead to, by passage and state; the page says why. */
    private static final Map<String, String> SANS_OBJET = Map.ofEntries(
            Map.entry("T08a RECUE", TOUT_DE_SUITE),
            Map.entry("T08 RECUE", TOUT_DE_SUITE),
            Map.entry("T09 RECUE", TOUT_DE_SUITE),
            Map.entry("T10 RECUE", TOUT_DE_SUITE),
            Map.entry("T11 RECUE", TOUT_DE_SUITE),
            Map.entry("T11 ACQUITTEE", PAS_DE_PRESTATION),
            Map.entry("T09 ACQUITTEE", AVANT_LE_PIVOT),
            Map.entry("T09 RDV_A_REPRENDRE", AVANT_LE_PIVOT),
            Map.entry(
                    "T08 MISE_A_DISPOSITION",
                    "seulement pour une annulation reçue la veille du CR MAD et jugée après lui : RESIL sinon"));

    /** The scénarios that walk each exit of each passage. */
    private static final Map<Pas, Set<String>> WALKED = new LinkedHashMap<>();

    @BeforeAll
    static void play() {
        CasEnMemoireTest.cases()
                .forEach(scenario -> CasEnMemoireTest.play(scenario)
                        .forEach(pas -> WALKED.computeIfAbsent(pas, any -> new TreeSet<>())
                                .add(scenario.id())));
    }

    private static Stream<Pas> exits(String objet) {
        return PAGE.cycle(objet).stream()
                .flatMap(passage -> Stream.of(null, Issue.OK, Issue.KO)
                        .filter(issue -> passage.exit(issue).isPresent())
                        .map(issue -> new Pas(passage, issue)));
    }

    private static boolean due(Pas pas) {
        return !SANS_OBJET.containsKey(name(pas));
    }

    private static String name(Pas pas) {
        return pas.passage().id() + " " + pas.passage().en();
    }

    @Test
    void everyPassageIsWalked() {
        for (String objet : List.of("commande", "rdv")) {
            assertThat(exits(objet).filter(pas -> due(pas) && !WALKED.containsKey(pas)))
                    .isEmpty();
        }
    }

    @Test
    void whatIsSaidToLeadNowhereIsNotWalked() {
        assertThat(WALKED.keySet()).extracting(CouvertureTest::name).doesNotContainAnyElementsOf(SANS_OBJET.keySet());
        assertThat(exits("commande").map(CouvertureTest::name).toList()).containsAll(SANS_OBJET.keySet());
    }

    @Test
    void thePageSaysWhoWalksWhat() throws IOException {
        StringBuilder out = new StringBuilder("# Accès 1.2 : qui parcourt la table d'états\n\n");
        out.append(
                "<!-- Page écrite par CouvertureTest, des scénarios joués en mémoire : ne pas la corriger ici. -->\n\n");
        out.append(
                "Une ligne par passage, par état de départ et par issue ; les conditions sont celles de [la table](acces-1.2.md).\n");
        for (String objet : List.of("commande", "rdv")) {
            out.append("\n## ")
                    .append(objet.equals("rdv") ? "Rendez-vous" : "Commande")
                    .append("\n\n");
            row(out, "Id", "En", "Sur", "Si", "Va en", "Scénarios");
            row(out, "---", "---", "---", "---", "---", "---");
            exits(objet).forEach(pas -> line(out, pas));
        }
        PagesEcrites.hold(Map.of(Path.of("docs/cycles/couverture-acces-1.2.md"), out.toString()));
    }

    private static void line(StringBuilder out, Pas pas) {
        Passage passage = pas.passage();
        String to = passage.exit(pas.issue()).orElseThrow();
        row(
                out,
                passage.id(),
                passage.en(),
                pas.issue() == null ? passage.sur() : passage.sur() + " " + pas.issue(),
                String.join(", ", passage.si()),
                to.equals(passage.en()) ? "inchangé" : to,
                walkers(pas));
    }

    private static String walkers(Pas pas) {
        Collection<String> ids = WALKED.getOrDefault(pas, Set.of());
        if (ids.isEmpty()) {
            return due(pas) ? "**aucun**" : "– " + SANS_OBJET.get(name(pas));
        }
        List<String> shown = new ArrayList<>(ids).subList(0, Math.min(SHOWN, ids.size()));
        return shown.stream().collect(Collectors.joining(", "))
                + (ids.size() > SHOWN ? " et %d autres".formatted(ids.size() - SHOWN) : "");
    }
}
