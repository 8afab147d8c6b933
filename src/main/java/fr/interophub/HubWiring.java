package fr.interophub;

import com.fasterxml.jackson.databind.SerializationFeature;
import fr.interophub.catalogue.Catalogue;
import fr.interophub.catalogue.CatalogueFautif;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.jackson.Jackson2ObjectMapperBuilderCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What every room shares: the clock, the catalogue, the way JSON is written. */
@Configuration
class HubWiring {

    /** Europe/Paris whatever the JVM's zone (front door). */
    @Bean
    Clock clock() {
        return Clock.system(ZoneId.of("Europe/Paris"));
    }

    /** The hub refuses a faulty page, telling every fault at once. */
    @Bean
    Catalogue catalogue(@Value("${hub.catalogue}") String folder) {
        try {
            return folder.isBlank() ? Catalogue.load() : Catalogue.load(Path.of(folder));
        } catch (CatalogueFautif e) {
            throw new Refus("le catalogue est fautif.", "Corriger ses pages :\n" + e.getMessage());
        }
    }

    @Bean
    Jackson2ObjectMapperBuilderCustomizer datesAsText() {
        return builder -> builder.featuresToDisable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                com.fasterxml.jackson.databind.DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
    }
}
