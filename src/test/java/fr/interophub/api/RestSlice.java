package fr.interophub.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.acces.Commandes;
import fr.interophub.catalogue.FichierIllisible;
import fr.interophub.echange.Composition;
import fr.interophub.echange.Emission;
import fr.interophub.echange.EssaiDeService;
import fr.interophub.echange.Guichet;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Transmission;
import fr.interophub.prevenance.Prevenances;
import fr.interophub.si.Demandes;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.autoconfigure.web.servlet.AutoConfigureMockMvc;
import org.springframework.boot.test.autoconfigure.web.servlet.MockMvcPrint;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.ActiveProfiles;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.util.function.SingletonSupplier;

/** The hub without its doors: real rooms, a real base in memory, and the web in front of them. */
@SpringBootTest(
        classes = RestSlice.Hub.class,
        properties = {
            "hub.data=target/web",
            "hub.emission.periode=0s",
            "hub.bacasable.actif=false",
            "spring.autoconfigure.exclude=org.apache.camel.spring.boot.CamelAutoConfiguration",
            "logging.level.root=WARN"
        })
@AutoConfigureMockMvc(print = MockMvcPrint.NONE)
@ActiveProfiles("demo")
public abstract class RestSlice {

    protected static final String OI = "demo-oi";
    protected static final String SI = "demo-si";
    protected static final String OCXA = "demo-ocxa";
    protected static final String OCXB = "demo-ocxb";
    protected static final String PROBLEME = "application/problem+json";

    private static final AtomicInteger NUMBER = new AtomicInteger(1000);

    /** Every room but those that open doors. Not a configuration of its own, so that no other test finds it. */
    @EnableAutoConfiguration
    @ComponentScan(
            basePackages = "fr.interophub",
            excludeFilters = {
                @ComponentScan.Filter(
                        type = FilterType.REGEX,
                        pattern = {
                            "fr\\.interophub\\.(transport|bacasable|crash)\\..*",
                            "fr\\.interophub\\.HubApplication",
                            ".*Test(\\$.*)?"
                        })
            })
    static class Hub {

        /** The door to an OC's service, where none is open. */
        @Bean
        EssaiDeService essaiDeService() {
            return oc -> new EssaiDeService.Constat(false, null, "porte fermée", 0);
        }
    }

    /** {@code -Dhub.test.db=postgres} runs the same tests on PostgreSQL. */
    @DynamicPropertySource
    static void base(DynamicPropertyRegistry properties) {
        boolean postgres = System.getProperty("hub.test.db", "h2").equals("postgres");
        properties.add(
                "spring.datasource.url", postgres ? Postgres.URL::get : () -> "jdbc:h2:mem:web;DB_CLOSE_DELAY=-1");
        properties.add("spring.datasource.username", () -> postgres ? "postgres" : "sa");
    }

    private static final class Postgres {
        private static final Supplier<Object> URL = SingletonSupplier.of(Postgres::start);

        private static Object start() {
            try {
                return EmbeddedPostgres.start().getJdbcUrl("postgres", "postgres");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Autowired
    protected MockMvc mvc;

    @Autowired
    protected JdbcTemplate jdbc;

    @Autowired
    protected ObjectMapper json;

    @Autowired
    protected Journal journal;

    @Autowired
    protected Guichet guichet;

    @Autowired
    protected Commandes commandes;

    @Autowired
    protected Prevenances prevenances;

    @Autowired
    protected Composition composition;

    @Autowired
    protected Emission emission;

    @Autowired
    protected Demandes demandes;

    @BeforeEach
    void empty() {
        for (String table : List.of(
                "journal",
                "contenu",
                "a_traiter",
                "dossier",
                "reference",
                "message",
                "ligne_a_emettre",
                "sortie",
                "a_emettre",
                "demande_a_numeroter",
                "demande_lot",
                "demande_a_livrer",
                "demande_deplacee",
                "decision",
                "quarantaine",
                "alerte",
                "prevenance",
                "prevenance_oc",
                "dommage",
                "acte")) {
            jdbc.update("delete from " + table);
        }
        jdbc.update("update compteur set valeur = 0");
    }

    // what an OC does

    /** A reference that no other test uses. */
    protected static String reference() {
        return "Ref" + NUMBER.incrementAndGet();
    }

    /** A faultless Cmd_Acces, one line. */
    protected static String order(String reference) {
        try {
            List<String> sample = Files.readAllLines(Path.of("samples/acces-1.2/Cmd_Acces/nominal.csv"));
            return sample.get(0) + "\n" + sample.get(1).replace("478977", reference) + "\n";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Drops a file and has it judged. */
    protected Transmission drop(String operateur, String name, String content) {
        try {
            Transmission taken = journal.receive(
                    operateur, "SFTP", name, new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
            judge();
            return taken;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Judges what waits. */
    protected void judge() throws IOException {
        for (var prise = guichet.next(); prise.isPresent(); prise = guichet.next()) {
            try {
                var ouverture = guichet.open(prise.get());
                String objet = ouverture.forme().feuille().flux().objet();
                guichet.lots(ouverture)
                        .forEachRemaining(
                                Prevenances.OBJETS.contains(objet) ? prevenances::receive : commandes::receive);
                guichet.close(ouverture);
            } catch (FichierIllisible e) {
                guichet.quarantine(prise.get(), e);
            }
        }
    }

    /** Writes what waits to leave into files, and sends them. */
    protected void emit() {
        composition.compose();
        for (var depart = emission.next(); depart.isPresent(); depart = emission.next()) {
            emission.sent(depart.get());
        }
    }

    // what a caller does

    protected record Reply(int status, String body, JsonNode json, MockHttpServletResponse response) {}

    protected Reply get(String key, String path, Object... variables) {
        return send(HttpMethod.GET, key, null, path, variables);
    }

    protected Reply post(String key, String body, String path, Object... variables) {
        return send(HttpMethod.POST, key, body, path, variables);
    }

    protected Reply put(String key, String body, String path, Object... variables) {
        return send(HttpMethod.PUT, key, body, path, variables);
    }

    protected Reply send(HttpMethod method, String key, String body, String path, Object... variables) {
        MockHttpServletRequestBuilder request = MockMvcRequestBuilders.request(method, path, variables);
        if (key != null) {
            request.header("X-Api-Key", key);
        }
        if (body != null) {
            request.contentType(MediaType.APPLICATION_JSON).content(body.getBytes(StandardCharsets.UTF_8));
        }
        return send(request);
    }

    protected Reply send(MockHttpServletRequestBuilder request) {
        try {
            MockHttpServletResponse response = mvc.perform(request).andReturn().getResponse();
            String text = response.getContentAsString(StandardCharsets.UTF_8);
            String type = String.valueOf(response.getContentType());
            return new Reply(response.getStatus(), text, type.contains("json") ? json.readTree(text) : null, response);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** The dossier that a reference finds, with its messages, as the OI reads it. */
    protected JsonNode dossier(String reference) {
        JsonNode found =
                get(OI, "/api/v1/dossiers?reference={r}", reference).json().get("dossiers");
        assertThat(found).as(reference).hasSize(1);
        return get(OI, "/api/v1/dossiers/{id}", found.get(0).get("id").asText()).json();
    }

    protected static void assertProblem(Reply reply, int status) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.response().getContentType()).startsWith(PROBLEME);
        assertThat(reply.json().get("status").asInt()).isEqualTo(status);
        for (String key : List.of("type", "title", "detail", "instance")) {
            assertThat(reply.json().path(key).asText()).as(key).isNotBlank();
        }
    }
}
