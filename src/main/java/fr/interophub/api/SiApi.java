package fr.interophub.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import fr.interophub.si.Decision;
import fr.interophub.si.Decisions;
import fr.interophub.si.Demandes;
import fr.interophub.si.VerdictSi;
import jakarta.servlet.http.HttpServletRequest;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The dialogue with the legacy IT (front door, The legacy IT). */
@RestController
@RequestMapping("/api/v1/si")
class SiApi {

    static final int DECISIONS_MAX = 10_000;
    private static final int DEMANDES_MAX = 1000;
    private static final int DEMANDES_DEFAUT = 100;

    private final Decisions decisions;
    private final Demandes demandes;
    private final ObjectReader reader;

    SiApi(Decisions decisions, Demandes demandes, ObjectMapper json) {
        this.decisions = decisions;
        this.demandes = demandes;
        this.reader = json.readerFor(Decision.class).with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * Judges décisions one after the other, each for itself. The whole array is read before the first takes effect, so
     * that a body refused as malformed has none.
     */
    @PostMapping(path = "/decisions", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<VerdictSi> decide(HttpServletRequest request) throws IOException {
        return read(request).stream().map(this::decide).toList();
    }

    private VerdictSi decide(Decision decision) {
        if (!Parametres.possible(decision.id())) {
            return new VerdictSi(decision.id(), "KO", null, "ID_INVALIDE", "id", "caractère interdit dans l'id");
        }
        return decisions.decide(decision);
    }

    private List<Decision> read(HttpServletRequest request) throws IOException {
        List<Decision> read = new ArrayList<>();
        try (JsonParser parser = reader.createParser(request.getInputStream())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw malformed();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw malformed();
                }
                if (read.size() == DECISIONS_MAX) {
                    throw new Probleme(HttpStatus.PAYLOAD_TOO_LARGE, "trop-de-decisions", DECISIONS_MAX);
                }
                read.add(reader.readValue(parser));
            }
            if (parser.nextToken() != null) {
                throw malformed();
            }
        } catch (JsonProcessingException | CharConversionException e) {
            throw malformed();
        }
        return read;
    }

    private static Probleme malformed() {
        return new Probleme(HttpStatus.BAD_REQUEST, "json-illisible");
    }

    @GetMapping("/demandes")
    Demandes.Liste demandes(@RequestParam(required = false) String apres, @RequestParam(required = false) String max) {
        String cursor = Parametres.texte(apres);
        if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
            throw Probleme.parameter("apres");
        }
        return demandes.list(cursor, Parametres.max(max, DEMANDES_DEFAUT, DEMANDES_MAX));
    }
}
