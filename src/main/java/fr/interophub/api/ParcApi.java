package fr.interophub.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import fr.interophub.echange.Transactions;
import fr.interophub.parc.Acces;
import fr.interophub.parc.Declaration;
import fr.interophub.parc.Declarations;
import fr.interophub.parc.Parc;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The accesses that the OI writes down itself: those that are older than the hub, and corrections (front door). */
@RestController
@RequestMapping("/api/v1/parc")
class ParcApi {

    private static final int DECLARATIONS_MAX = 10_000;
    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");
    private static final TypeReference<List<Declaration>> DECLARATIONS = new TypeReference<>() {};

    private final Declarations declarations;
    private final Parc parc;
    private final Transactions transactions;
    private final ObjectMapper json;

    ParcApi(Declarations declarations, Parc parc, Transactions transactions, ObjectMapper json) {
        this.declarations = declarations;
        this.parc = parc;
        this.transactions = transactions;
        this.json = json;
    }

    /**
     * What became of one declaration.
     *
     * @param verdict {@code OK} or {@code KO}
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Verdict(
            String operateur,
            @JsonProperty("ReferencePrestationPrise") String prestation,
            String verdict,
            String motif,
            String champ,
            String detail) {

        private static Verdict of(Declaration declaration, Optional<Declarations.Refus> refus) {
            return new Verdict(
                    declaration.operateur(),
                    declaration.prestation(),
                    refus.isPresent() ? "KO" : "OK",
                    refus.map(Declarations.Refus::motif).orElse(null),
                    refus.map(Declarations.Refus::champ).orElse(null),
                    refus.map(Declarations.Refus::detail).orElse(null));
        }
    }

    /**
     * An access as it is read.
     *
     * @param dossier the order that filled it; null for one that is older than the hub
     */
    record Vue(
            String operateur,
            @JsonProperty("ReferencePrestationPrise") String prestation,
            @JsonProperty("ReferencePrise") String prise,
            @JsonProperty("ReferencePm") String pm,
            String adresse,
            OffsetDateTime dateMes,
            String gtr,
            boolean partagee,
            String etat,
            UUID dossier) {

        private static Vue of(Acces acces) {
            return new Vue(
                    acces.operateur(),
                    acces.prestation(),
                    acces.prise(),
                    acces.site().pm(),
                    acces.site().adresse(),
                    acces.dateMes().atZone(PARIS).toOffsetDateTime(),
                    acces.gtr(),
                    acces.partagee(),
                    acces.etat().name(),
                    acces.dossierId());
        }
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Verdict> load(HttpServletRequest request) throws IOException {
        List<Declaration> read;
        try {
            read = json.readValue(request.getInputStream(), DECLARATIONS);
        } catch (JsonProcessingException e) {
            throw malformed();
        }
        if (read == null || read.stream().anyMatch(Objects::isNull)) {
            throw malformed();
        }
        return load(read);
    }

    private static Probleme malformed() {
        return new Probleme(HttpStatus.BAD_REQUEST, "json-illisible");
    }

    /** The same headers, separated by semicolons, or by commas if the first line has no semicolon. */
    @PostMapping(consumes = "text/csv")
    List<Verdict> loadCsv(HttpServletRequest request) throws IOException {
        String text = new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        boolean semicolons = text.lines().findFirst().orElse("").contains(";");
        List<Declaration> read = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> lines = CsvReader.builder()
                .fieldSeparator(semicolons ? ';' : ',')
                .ofNamedCsvRecord(text.startsWith("\uFEFF") ? text.substring(1) : text)) {
            for (NamedCsvRecord line : lines) {
                Map<String, String> fields = line.getFieldsAsMap();
                read.add(new Declaration(
                        fields.get("operateur"),
                        fields.get("ReferencePrestationPrise"),
                        fields.get("ReferencePrise"),
                        fields.get("ReferencePm"),
                        fields.get("adresse"),
                        fields.get("dateMes"),
                        fields.get("gtr"),
                        fields.get("partagee"),
                        fields.get("etat")));
            }
        } catch (CsvParseException e) {
            throw new Probleme(HttpStatus.BAD_REQUEST, "csv-illisible");
        }
        return load(read);
    }

    private List<Verdict> load(List<Declaration> read) {
        if (read.size() > DECLARATIONS_MAX) {
            throw new Probleme(HttpStatus.PAYLOAD_TOO_LARGE, "trop-de-declarations", DECLARATIONS_MAX);
        }
        List<Optional<Declarations.Refus>> refus = transactions.run(() -> declarations.load(read));
        List<Verdict> verdicts = new ArrayList<>(read.size());
        for (int i = 0; i < read.size(); i++) {
            verdicts.add(Verdict.of(read.get(i), refus.get(i)));
        }
        return verdicts;
    }

    /** @param operateur whose, when several operators have an access of this reference */
    @GetMapping("/{prestation}")
    Vue get(@PathVariable String prestation, @RequestParam(required = false) String operateur) {
        return Vue.of(find(prestation, operateur));
    }

    @PutMapping("/{prestation}")
    ResponseEntity<Verdict> put(@PathVariable String prestation, @RequestBody Declaration body) {
        String said = body.prestation() == null ? prestation : body.prestation();
        if (!said.equalsIgnoreCase(prestation)) {
            throw Probleme.parameter("ReferencePrestationPrise");
        }
        Declaration declaration = new Declaration(
                body.operateur(),
                said,
                body.prise(),
                body.pm(),
                body.adresse(),
                body.dateMes(),
                body.gtr(),
                body.partagee(),
                body.etat());
        Optional<Declarations.Refus> refus = transactions.run(() -> declarations.put(declaration));
        return ResponseEntity.status(refus.isPresent() ? HttpStatus.BAD_REQUEST : HttpStatus.OK)
                .body(Verdict.of(declaration, refus));
    }

    @DeleteMapping("/{prestation}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(@PathVariable String prestation, @RequestParam(required = false) String operateur) {
        transactions.run(() -> parc.remove(find(prestation, operateur)));
    }

    /** The one in service before those that are over. */
    private Acces find(String prestation, String operateur) {
        if (!Parametres.possible(prestation)) {
            throw Probleme.notFound();
        }
        return parc.list(prestation).stream()
                .filter(acces -> operateur == null || operateur.equals(acces.operateur()))
                .min(Comparator.comparing(acces -> acces.etat()))
                .orElseThrow(Probleme::notFound);
    }
}
