package fr.interophub.transport.routes;

import fr.interophub.echange.Alertes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;

/** The parts of the drawings. */
@Configuration
class RoutesWiring {

    @Bean
    Circuit circuit(CamelContext camel) {
        return new Circuit(camel, Duration.ofSeconds(5));
    }

    @Bean
    RoutesEnDossier routesEnDossier(
            @Value("${hub.routes}") Path dossier,
            @Value("classpath:routes/*" + Dessin.SUFFIXE) Resource[] duHub,
            CamelContext camel,
            Circuit circuit,
            Alertes alertes)
            throws IOException {
        Map<String, Dessin> drawn = new TreeMap<>();
        for (Resource file : duHub) {
            drawn.put(
                    file.getFilename(),
                    Dessin.read(file.getFilename(), file.getInputStream().readAllBytes()));
        }
        Dessins hub = new Dessins(drawn);
        return new RoutesEnDossier(dossier, hub, circuit, new Epreuve(camel, hub), alertes);
    }
}
