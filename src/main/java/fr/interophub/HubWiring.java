package fr.interophub;

import com.fasterxml.jackson.databind.SerializationFeature;
import fr.interophub.catalogue.Catalogue;
import java.time.Clock;
import java.time.ZoneId;
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
    Catalogue catalogue() {
        return Catalogue.load();
    }

    @Bean
    Jackson2ObjectMapperBuilderCustomizer datesAsText() {
        return builder -> builder.featuresToDisable(
                SerializationFeature.WRITE_DATES_AS_TIMESTAMPS,
                com.fasterxml.jackson.databind.DeserializationFeature.ADJUST_DATES_TO_CONTEXT_TIME_ZONE);
    }
}
