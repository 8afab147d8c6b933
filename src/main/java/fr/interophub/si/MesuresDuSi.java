package fr.interophub.si;

import fr.interophub.si.Demandes.Arriere;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * What waits for the SI, mode by mode, where whoever watches the hub reads it: {@code hub.si.demandes.attente} says how many
 * demandes, {@code hub.si.demandes.age} for how many seconds the oldest has waited. The store is asked when {@link #look} is
 * called, not when the gauges are read.
 */
public final class MesuresDuSi {

    private final Demandes demandes;
    private final Clock clock;
    private final MultiGauge attente;
    private final MultiGauge age;

    MesuresDuSi(Demandes demandes, MeterRegistry meters, Clock clock) {
        this.demandes = demandes;
        this.clock = clock;
        this.attente = MultiGauge.builder("hub.si.demandes.attente")
                .description("Demandes que le SI n'a pas encore, par mode")
                .register(meters);
        this.age = MultiGauge.builder("hub.si.demandes.age")
                .description("Depuis quand attend la plus ancienne demande, par mode")
                .baseUnit("seconds")
                .register(meters);
    }

    public void look() {
        List<Arriere> arrieres = demandes.arrieres();
        attente.register(
                arrieres.stream()
                        .map(arriere -> MultiGauge.Row.of(mode(arriere), arriere.nombre()))
                        .toList(),
                true);
        age.register(
                arrieres.stream()
                        .map(arriere -> MultiGauge.Row.of(mode(arriere), seconds(arriere)))
                        .toList(),
                true);
    }

    private static Tags mode(Arriere arriere) {
        return Tags.of("mode", arriere.mode());
    }

    private long seconds(Arriere arriere) {
        return arriere.depuis() == null
                ? 0
                : Duration.between(arriere.depuis(), clock.instant()).toSeconds();
    }
}
