package fr.interophub.transport;

import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens one pick-up route per mailbox of the directory, and the workers; what such routes do is drawn in the YAML
 * templates. Follows the directory: an operator added, changed or closed takes effect without restart.
 */
final class Releves implements Annuaire.Listener {

    private static final Logger LOG = LoggerFactory.getLogger(Releves.class);

    private final CamelContext camel;
    private final Boites boites;
    private final String delay;
    private final Map<String, String> open = new HashMap<>();

    Releves(CamelContext camel, Boites boites, String delay) {
        this.camel = camel;
        this.boites = boites;
        this.delay = delay;
    }

    /** Starts the workers of a template. */
    void workers(String template, int count) {
        for (int i = 1; i <= count; i++) {
            TemplatedRouteBuilder.builder(camel, template)
                    .routeId(template + "-" + i)
                    .parameter("ouvrier", String.valueOf(i))
                    .add();
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
            TemplatedRouteBuilder.builder(camel, "releve")
                    .routeId(routeId(operateur.code()))
                    .parameter("operateur", operateur.code())
                    .parameter("canal", boites.canal(operateur))
                    .parameter("boite", boite)
                    .add();
            open.put(operateur.code(), boite);
        } catch (IOException e) {
            LOG.error("La boîte de {} ne peut être ouverte : {}", operateur.code(), e.toString());
        }
    }

    private void close(String code) {
        try {
            camel.getRouteController().stopRoute(routeId(code));
            camel.removeRoute(routeId(code));
            open.remove(code);
        } catch (Exception e) {
            LOG.error("La boîte de {} ne peut être fermée : {}", code, e.toString());
        }
    }

    private static String routeId(String code) {
        return "releve-" + code;
    }
}
