package fr.interophub.bacasable;

import com.fasterxml.jackson.databind.JsonNode;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.Page;
import java.io.IOException;
import java.net.http.HttpClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plays many scénarios at once, in one thread: what several joueurs say between two rounds shares one file or one request.
 *
 * <pre>
 * try (Troupe troupe = Troupe.open(portes, Rythme.VITE, Clock.systemUTC())) {
 *     troupe.play(Scenarios.load().list()).forEach(r -> assertThat(r.echec()).as(r.toString()).isEmpty());
 * }
 * </pre>
 */
public final class Troupe implements AutoCloseable {

    /**
     * How one scénario went.
     *
     * @param operateur the OC that played it
     * @param reference its order
     * @param duree from its first step to its end
     * @param echec which step did not hold and why; empty when all did
     */
    public record Resultat(
            Scenario scenario, String operateur, String reference, Duration duree, Optional<String> echec) {

        /** A door that does not answer explains more than the step it kept waiting. */
        private Resultat with(Map<String, String> troubles) {
            return troubles.isEmpty() || echec.isEmpty()
                    ? this
                    : new Resultat(
                            scenario, operateur, reference, duree, echec.map(e -> e + " ; portes : " + troubles));
        }

        @Override
        public String toString() {
            return "%s %s, %s : %s en %d s"
                    .formatted(
                            operateur,
                            reference,
                            scenario.id(),
                            echec.map(e -> "ÉCHEC, " + e).orElse(scenario.etatFinal()),
                            duree.toSeconds());
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(Troupe.class);

    private final Clock clock;
    private final Consumer<Duration> temps;
    private final Rythme rythme;
    private final Specimen specimen;
    private final Dialecte dialecte;
    private final Lecture lecture;
    private final Fiches fiches;
    private final SiSimule si;
    private final Set<Cote> joues;
    private final List<OcSimule> ocs = new ArrayList<>();
    private final List<Joueur> joueurs = new ArrayList<>();
    private final Map<String, String> troubles = new HashMap<>();
    private boolean acquainted;

    private Troupe(
            Portes portes, Set<Cote> joues, Rythme rythme, Clock clock, Consumer<Duration> temps, Catalogue catalogue) {
        this.clock = clock;
        this.temps = temps;
        this.rythme = rythme;
        this.joues = Set.copyOf(joues);
        Page page = catalogue.page("acces", "1.2");
        specimen = new Specimen(clock, portes.oi(), page);
        dialecte = new Dialecte(page);
        HttpClient http = Rest.client();
        Rest rest = new Rest(http, portes.http(), portes.cleLecture());
        lecture = new Lecture(rest);
        fiches = new Fiches(rest);
        si = new SiSimule(new Rest(http, portes.http(), portes.cleSi()), !joues.contains(Cote.OC));
        portes.comptes().forEach(compte -> ocs.add(new OcSimule(portes, compte, dialecte, clock, specimen.run())));
    }

    /** Gathers a troupe before the doors of a hub; nothing is opened before the first round. */
    public static Troupe open(Portes portes, Rythme rythme, Clock clock) {
        return open(portes, rythme, clock, Catalogue.load());
    }

    /** The same, with a catalogue already read. */
    public static Troupe open(Portes portes, Rythme rythme, Clock clock, Catalogue catalogue) {
        return open(portes, Cote.LES_DEUX, rythme, clock, catalogue);
    }

    /** The same, where a party that is not played is a real one: what it ought to say is waited for. */
    public static Troupe open(Portes portes, Set<Cote> joues, Rythme rythme, Clock clock, Catalogue catalogue) {
        return new Troupe(portes, joues, rythme, clock, any -> {}, catalogue);
    }

    /**
     * The same before a hub whose clock can be moved: the days of a scénario pass.
     *
     * @param temps moves the clock of the hub and of the troupe
     */
    public static Troupe open(Portes portes, Rythme rythme, Clock clock, Consumer<Duration> temps) {
        return new Troupe(portes, Cote.LES_DEUX, rythme, clock, temps, Catalogue.load());
    }

    /**
     * Plays scénarios all at once, the OCs taking turns, until the last is over; then those that ask for a contract, one
     * after the other, since a contract, or a day that passes, holds for everything that is said meanwhile.
     */
    public List<Resultat> play(Collection<Scenario> scenarios) throws IOException, InterruptedException {
        List<Resultat> results = playTogether(
                scenarios.stream().filter(s -> s.contrat().isEmpty()).toList(), any -> {});
        for (Scenario scenario : scenarios) {
            if (scenario.contrat().isPresent()) {
                String first = ocs.get(0).operateur();
                JsonNode before = fiches.agree(first, scenario.contrat().get());
                results.addAll(playTogether(List.of(scenario), temps));
                fiches.restore(first, before);
            }
        }
        return results;
    }

    private List<Resultat> playTogether(Collection<Scenario> scenarios, Consumer<Duration> temps)
            throws InterruptedException {
        int turn = 0;
        for (Scenario scenario : scenarios) {
            start(scenario, ocs.get(turn++ % ocs.size()).operateur(), temps);
        }
        List<Resultat> results = new ArrayList<>();
        while (!joueurs.isEmpty()) {
            results.addAll(round());
        }
        return results;
    }

    /** Lets an OC begin a scénario, the next ones playing its other OCs; {@link #round} plays it. */
    public void start(Scenario scenario, String operateur) {
        start(scenario, operateur, any -> {});
    }

    private void start(Scenario scenario, String operateur, Consumer<Duration> temps) {
        List<OcSimule> turn = new ArrayList<>(ocs);
        while (!turn.isEmpty() && !turn.get(0).operateur().equals(operateur)) {
            Collections.rotate(turn, -1);
            if (turn.get(0) == ocs.get(0)) {
                throw new IllegalArgumentException("aucun compte pour l'OC " + operateur);
            }
        }
        joueurs.add(new Joueur(scenario, specimen, dialecte, lecture, turn, si, joues, rythme, temps, clock.instant()));
    }

    /** What makes the messages of this troupe, so that a test may prepare what they presume. */
    Specimen specimen() {
        return specimen;
    }

    /** How many scénarios are being played. */
    public int playing() {
        return joueurs.size();
    }

    /** One round: every joueur goes as far as it can, then the doors are used once; gives those that are over. */
    public List<Resultat> round() throws InterruptedException {
        boolean moved = false;
        List<Resultat> over = new ArrayList<>();
        for (Iterator<Joueur> each = joueurs.iterator(); each.hasNext(); ) {
            Joueur joueur = each.next();
            moved |= joueur.advance(clock.instant());
            if (joueur.over()) {
                over.add(joueur.result().with(troubles));
                each.remove();
            }
        }
        moved |= useDoors();
        if (!moved) {
            Thread.sleep(rythme.tour().toMillis());
        }
        return over;
    }

    /** A door that does not answer is told once, and tried again at the next round: the joueurs' own limits decide. */
    private boolean useDoors() throws InterruptedException {
        boolean something = false;
        try {
            if (!acquainted) {
                learnWhoIsWho();
            }
            something = joues.contains(Cote.SI) && si.exchange();
            troubles.remove("REST");
        } catch (IOException e) {
            tell("REST", e);
        }
        for (OcSimule oc : joues.contains(Cote.OC) ? ocs : List.<OcSimule>of()) {
            try {
                oc.drop();
                something |= oc.take();
                troubles.remove("SFTP de " + oc.operateur());
            } catch (IOException | RuntimeException e) {
                oc.hangUp();
                tell("SFTP de " + oc.operateur(), e);
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        return something;
    }

    /** Each OC learns which names it must never read: those of the others. */
    private void learnWhoIsWho() throws IOException, InterruptedException {
        Map<OcSimule, Set<String>> identites = new LinkedHashMap<>();
        for (OcSimule oc : ocs) {
            identites.put(oc, fiches.identite(oc.operateur()));
        }
        identites.forEach((oc, own) -> oc.mustNotRead(identites.values().stream()
                .flatMap(Set::stream)
                .filter(nom -> !own.contains(nom))
                .collect(Collectors.toSet())));
        acquainted = true;
    }

    private void tell(String door, Exception e) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        if (!e.toString().equals(troubles.put(door, e.toString()))) {
            LOG.warn("bac à sable, {} : {}", door, e.toString());
        }
    }

    @Override
    public void close() {
        ocs.forEach(OcSimule::close);
    }
}
