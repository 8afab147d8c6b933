package fr.interophub.bacasable;

import fr.interophub.catalogue.Catalogue;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Plays both parties in demo, so that a newcomer sees dossiers live: the nine nominal lives and a few refusals first, then
 * one dossier now and then, chosen at random among all the cases, and walks that are in no case. Whoever tries an OC or an
 * SI of their own gives it the scénarios to play and the party to leave to them. It comes in by the doors, like anyone.
 */
@Component
@ConditionalOnProperty("hub.bacasable.actif")
@EnableConfigurationProperties(BacASableProperties.class)
public class BacASable {

    private static final Logger LOG = LoggerFactory.getLogger(BacASable.class);

    private static final Pattern NOMINAL = Pattern.compile("(OI|STOC|OC)-(CONSTR|IDENT|NIDENT)-NOMINAL");

    private static final List<String> REFUSALS =
            List.of("OI-CONSTR-AR-KO", "STOC-IDENT-CR-KO", "OC-NIDENT-CR-KO", "OI-IDENT-MAD-KO");

    /** The most steps of a random walk, at a pace one can follow. */
    private static final int LONGUEUR = 20;

    private final BacASableProperties properties;
    private final Environment environment;
    private final Optional<ServeurDeCourriel> courriel;
    private final ApplicationContext context;
    private final Clock clock;
    private final Catalogue catalogue;
    private final Random random = new Random();
    private volatile boolean stopped;
    private final List<Thread> threads = new ArrayList<>();

    public BacASable(
            BacASableProperties properties,
            Environment environment,
            Optional<ServeurDeCourriel> courriel,
            ApplicationContext context,
            ObjectProvider<Clock> clock,
            ObjectProvider<Catalogue> catalogue) {
        this.properties = properties;
        this.environment = environment;
        this.courriel = courriel;
        this.context = context;
        this.clock = clock.getIfAvailable(Clock::systemUTC);
        this.catalogue = catalogue.getIfAvailable(Catalogue::load);
    }

    /** The doors are open: the play may begin. */
    @EventListener(ApplicationReadyEvent.class)
    public synchronized void begin() {
        if (threads.isEmpty() && !stopped) {
            start("bac-a-sable", this::play);
        }
    }

    private synchronized void start(String name, Runnable play) {
        if (!stopped) {
            Thread thread = new Thread(play, name);
            thread.setDaemon(true);
            threads.add(thread);
            thread.start();
        }
    }

    /** The doors are about to close: whatever is being played stays as it is. */
    @EventListener
    public void end(ContextClosedEvent event) throws InterruptedException {
        if (event.getApplicationContext() != context) {
            return;
        }
        stopped = true;
        List<Thread> playing;
        synchronized (this) {
            playing = List.copyOf(threads);
        }
        playing.forEach(Thread::interrupt);
        for (Thread thread : playing) {
            thread.join(Duration.ofSeconds(3).toMillis());
        }
    }

    private void play() {
        Portes portes = portes();
        LOG.info("bac à sable : joue {} contre {}", properties.joue(), portes);
        try (Troupe troupe = Troupe.open(portes, properties.joue(), rythme(), clock, catalogue)) {
            List<String> ocs =
                    portes.comptes().stream().map(Portes.Compte::operateur).toList();
            int begun = properties.scenarios() == null
                    ? playOn(troupe, portes, ocs)
                    : playOnce(
                            troupe, ocs, Scenarios.read(properties.scenarios()).list());
            LOG.info("bac à sable : {} dossiers joués, rideau", begun);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException | RuntimeException e) {
            if (!stopped) {
                LOG.error("bac à sable : arrêté", e);
            }
        }
    }

    /** The scénarios of someone who tries an OC or an SI: each once, all at once. */
    private int playOnce(Troupe troupe, List<String> ocs, List<Scenario> scenarios) throws InterruptedException {
        int begun = 0;
        for (Scenario scenario : scenarios) {
            troupe.start(scenario, ocs.get(begun++ % ocs.size()));
        }
        while (!stopped && troupe.playing() > 0) {
            troupe.round().forEach(BacASable::tell);
        }
        return begun;
    }

    private int playOn(Troupe troupe, Portes portes, List<String> ocs) throws IOException, InterruptedException {
        String siren = environment.getProperty("hub.oi.siren", "900000001");
        List<CasParCourriel> courriels = new ArrayList<>();
        if (properties.joue().equals(Cote.LES_DEUX)) {
            for (Portes.Compte compte : portes.comptes()) {
                if (compte.parCourriel()) {
                    courriels.add(new CasParCourriel(portes, compte, siren, catalogue, rythme(), clock));
                }
            }
        }
        for (CasParCourriel courriel : courriels) {
            start("bac-a-sable-courriel", () -> playByMail(courriel));
        }
        try (SavEnDemo sav = new SavEnDemo(portes, siren, properties, catalogue, courriels)) {
            return playOn(troupe, sav, ocs);
        }
    }

    /** The cases of SAV 1.0a, each once and then again. */
    private void playByMail(CasParCourriel courriel) {
        List<CasSav> all = CasParCourriel.repertoire();
        try (courriel) {
            for (int i = 0; i < properties.max() && !stopped; i++) {
                CasSav cas = all.get(i % all.size());
                Optional<String> echec = courriel.play(cas);
                if (echec.isPresent()) {
                    LOG.warn("bac à sable, SAV par courriel : {} : ÉCHEC, {}", cas.id(), echec.get());
                } else {
                    LOG.info("bac à sable, SAV par courriel : {} : joué", cas.id());
                }
                Thread.sleep(properties.rythme().toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Rythme rythme() {
        return new Rythme(
                properties.pas(),
                (properties.pas().isZero() ? Rythme.VITE : Rythme.LISIBLE).tour(),
                properties.patience());
    }

    private int playOn(Troupe troupe, SavEnDemo sav, List<String> ocs) throws InterruptedException {
        List<Scenario> all = repertoire();
        Marches marches = new Marches(catalogue.page("acces", "1.2"), random);
        Set<Scenario> walking = new HashSet<>();
        int begun = 0;
        for (Scenario scenario : opening(all)) {
            if (begun < properties.max()) {
                troupe.start(scenario, ocs.get(begun++ % ocs.size()));
            }
        }
        Instant next = null;
        while (!stopped && (begun < properties.max() || troupe.playing() > 0)) {
            if (next == null && troupe.playing() == 0) {
                next = clock.instant();
            }
            if (next != null && begun < properties.max() && !clock.instant().isBefore(next)) {
                troupe.start(all.get(random.nextInt(all.size())), ocs.get(begun++ % ocs.size()));
                next = clock.instant().plus(properties.rythme());
            }
            while (next != null && begun < properties.max() && walking.size() < properties.marches()) {
                Scenario marche = marches.next(LONGUEUR);
                walking.add(marche);
                troupe.start(marche, ocs.get(begun++ % ocs.size()));
            }
            for (Troupe.Resultat result : troupe.round()) {
                walking.remove(result.scenario());
                tell(result);
            }
            sav.round(clock.instant());
        }
        return begun;
    }

    private static void tell(Troupe.Resultat result) {
        if (result.echec().isPresent()) {
            LOG.warn("bac à sable : {}", result);
        } else {
            LOG.info("bac à sable : {}", result);
        }
    }

    /**
     * The protocol's cases, but those whose files cannot be read (alerts of a play must not hide a newcomer's own) and those
     * that change the register or a contract, which are not ours to write.
     */
    private static List<Scenario> repertoire() {
        return Scenarios.load()
                .list(scenario -> !scenario.id().startsWith("HUB-")
                        && scenario.contrat().isEmpty()
                        && scenario.steps().stream()
                                .map(Scenario.Step::geste)
                                .noneMatch(
                                        geste -> geste instanceof Scenario.Fichier || geste instanceof Scenario.Parc));
    }

    private static List<Scenario> opening(List<Scenario> all) {
        return Stream.concat(
                        all.stream().filter(s -> NOMINAL.matcher(s.id()).matches()),
                        all.stream().filter(s -> REFUSALS.contains(s.id())))
                .toList();
    }

    private Portes portes() {
        URI http = properties.url() == null
                ? URI.create("http://127.0.0.1:" + environment.getProperty("local.server.port", "8080"))
                : properties.url();
        Integer port = properties.sftp().port();
        return new Portes(
                properties.sftp().hote(),
                port == null ? environment.getProperty("hub.sftp.port", Integer.class, 2222) : port,
                courriel.map(ServeurDeCourriel::porte).orElse(null),
                http,
                environment.getProperty("hub.oi.code", "OIDE"),
                properties.si(),
                properties.lecture(),
                properties.oc().entrySet().stream()
                        .filter(e -> e.getValue().courriel() == null || courriel.isPresent())
                        .sorted(Map.Entry.comparingByKey())
                        .map(e -> new Portes.Compte(
                                e.getKey(),
                                e.getValue().utilisateur(),
                                e.getValue().motDePasse(),
                                e.getValue().courriel()))
                        .toList());
    }
}
