package fr.interophub.transport.routes;

import fr.interophub.DossierSurveille;
import fr.interophub.echange.Alertes;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.camel.spi.ExecutorServiceManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drawings that a site's engineers keep in a folder, over those of the jar, name by name. A file that comes or changes is
 * tried with all the others before it replaces anything; a faulty one is told to the desk with its line, and what is running
 * stays. A file that goes away gives its place back to the jar's. At start a faulty file leaves its place to the jar's: it never
 * prevents the start.
 */
public final class RoutesEnDossier {

    private static final Logger LOG = LoggerFactory.getLogger(RoutesEnDossier.class);
    private static final long PAUSE_MS = 2000;
    private static final String ALERTE = "ROUTE_FAUTIVE";

    private final DossierSurveille dossier;
    private final Dessins duHub;
    private final Circuit circuit;
    private final Epreuve epreuve;
    private final Alertes alertes;

    /** What is in force of the folder, by name. */
    private final Map<String, Dessin> retenus = new TreeMap<>();

    /** What has come or changed, or gone (empty), and has not passed: it may, once others have changed. */
    private final Map<String, Optional<Dessin>> aJuger = new TreeMap<>();

    /** What the desk has been told of each faulty file. */
    private final Map<String, String> dits = new HashMap<>();

    /** Something has come, changed or gone since the last judgement. */
    private boolean nouveau;

    /**
     * @param duHub the drawings of the jar
     */
    RoutesEnDossier(Path dossier, Dessins duHub, Circuit circuit, Epreuve epreuve, Alertes alertes) {
        this.dossier = new DossierSurveille(dossier, Dessin.SUFFIXE);
        this.duHub = duHub;
        this.circuit = circuit;
        this.epreuve = epreuve;
        this.alertes = alertes;
    }

    /** Puts in force the drawings of the jar, but for those whose place a file may take at the first look. */
    public synchronized void open() {
        circuit.draw(duHub.without(dossier.noms()));
    }

    /** Looks once, then now and then; the first look, once the routes run, puts every drawing in force. */
    public void watch(ExecutorServiceManager threads) {
        look();
        // A thread of its own: a route could not replace itself.
        threads.newSingleThreadScheduledExecutor(this, "routes")
                .scheduleWithFixedDelay(this::glance, PAUSE_MS, PAUSE_MS, TimeUnit.MILLISECONDS);
    }

    private void glance() {
        try {
            look();
        } catch (RuntimeException e) {
            LOG.error("Les dessins ne peuvent être suivis, nouvel essai dans {} ms", PAUSE_MS, e);
        }
    }

    /** Looks for files that have come, changed or gone. */
    synchronized void look() {
        dossier.look(new DossierSurveille.Suites() {
            @Override
            public void changed(String nom, byte[] octets) {
                aJuger.put(nom, Optional.of(Dessin.read(nom, octets)));
                nouveau = true;
            }

            @Override
            public void gone(String nom) {
                aJuger.put(nom, Optional.empty());
                nouveau = true;
            }
        });
        if (nouveau) {
            judge();
            nouveau = false;
        }
        circuit.converge();
    }

    /** All together first, since one may need another; then each by itself, as long as one passes. */
    private void judge() {
        Map<String, List<Faute>> refused = new TreeMap<>();
        if (!attempt(Map.copyOf(aJuger), refused)) {
            boolean passed = aJuger.size() > 1;
            while (passed) {
                passed = false;
                for (Map.Entry<String, Optional<Dessin>> one :
                        Map.copyOf(aJuger).entrySet()) {
                    passed |= attempt(Map.of(one.getKey(), one.getValue()), refused);
                }
            }
        }
        // What has not passed leaves its place to what was there, at start to the jar's.
        circuit.draw(duHub.with(retenus.values()));
        aJuger.keySet().forEach(nom -> tell(nom, refused.get(nom)));
    }

    private boolean attempt(Map<String, Optional<Dessin>> changes, Map<String, List<Faute>> refused) {
        Map<String, Dessin> next = new TreeMap<>(retenus);
        changes.forEach((nom, change) -> change.ifPresentOrElse(drawn -> next.put(nom, drawn), () -> next.remove(nom)));
        List<Faute> fautes = fautes(duHub.with(next.values()), changes);
        changes.keySet().forEach(nom -> refused.put(nom, fautes));
        if (!fautes.isEmpty()) {
            return false;
        }
        retenus.clear();
        retenus.putAll(next);
        changes.forEach((nom, change) -> {
            aJuger.remove(nom);
            dits.remove(nom);
            alertes.close(ALERTE, nom);
            LOG.info(
                    change.isPresent() ? "Dessin {} en vigueur" : "Dessin {} retiré, celui du hub est en vigueur", nom);
        });
        return true;
    }

    private List<Faute> fautes(Dessins next, Map<String, Optional<Dessin>> changes) {
        try {
            List<Faute> fautes = epreuve.fautes(next);
            if (fautes.isEmpty()) {
                circuit.draw(next);
            }
            return fautes;
        } catch (RuntimeException e) {
            // Whatever a file may do, the hub goes on without it.
            LOG.debug("Dessins refusés : {}", changes.keySet(), e);
            String first = changes.keySet().iterator().next();
            return List.of(new Faute(first, 1, "ne peut démarrer : " + Epreuve.reason(e)));
        }
    }

    private void tell(String nom, List<Faute> fautes) {
        String told = "Dessin %s refusé, celui qui tourne reste : %s"
                .formatted(nom, fautes.stream().map(Faute::toString).collect(Collectors.joining(" ; ")));
        if (!told.equals(dits.put(nom, told))) {
            LOG.warn(told);
            alertes.raise(ALERTE, nom, null, told);
        }
    }
}
