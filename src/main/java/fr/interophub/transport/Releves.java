package fr.interophub.transport;

import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.transport.routes.Circuit;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one pick-up route per mailbox of the directory, and the workers; what such routes do is drawn in the YAML
 * templates. Follows the directory: an operator added, changed or closed takes effect without restart.
 */
final class Releves implements Annuaire.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Releves.class);

    private final Circuit circuit;
    private final Boites boites;
    private final String delay;
    private final Map<String, String> open = new HashMap<>();

    Releves(Circuit circuit, Boites boites, String delay) {
        this.circuit = circuit;
        this.boites = boites;
        this.delay = delay;
    }

    /** Starts the workers of a template. */
    void workers(String template, int count) {
        for (int i = 1; i <= count; i++) {
            circuit.open(template, template + "-" + i, Map.of("ouvrier", String.valueOf(i)));
        }
    }

    @Override
    public synchronized void changed(List<Operateur> operateurs) {
        Map<String, Operateur> wanted = new HashMap<>();
        operateurs.stream().filter(Operateur::actif).forEach(operateur -> wanted.put(operateur.code(), operateur));
        List.copyOf(open.keySet()).stream()
                .filter(code -> !wanted.containsKey(code)
                        || !boites.releve(wanted.get(code), delay).equals(open.get(code)))
                .forEach(this::close);
        wanted.values().stream()
                .filter(operateur -> !open.containsKey(operateur.code()))
                .forEach(this::open);
    }

    private void open(Operateur operateur) {
        try {
            boites.prepare(operateur);
            String boite = boites.releve(operateur, delay);
            circuit.open(
                    "releve",
                    routeId(operateur.code()),
                    Map.of(
                            "operateur", operateur.code(),
                            "canal", boites.canal(operateur),
                            "boite", boite));
            open.put(operateur.code(), boite);
        } catch (IOException e) {
            LOG.error("La boîte de {} ne peut être ouverte : {}", operateur.code(), e.toString());
        }
    }

    private void close(String code) {
        circuit.close(routeId(code));
        open.remove(code);
    }

    private static String routeId(String code) {
        return "releve-" + code;
    }
}
