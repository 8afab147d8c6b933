package fr.interophub.console;

import fr.interophub.catalogue.Catalogue;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of this room. */
@Configuration
class ConsoleWiring {

    @Bean
    Etiquettes etiquettes(Catalogue catalogue) {
        return new Etiquettes(catalogue);
    }
}
