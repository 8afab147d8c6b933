package fr.interophub.api;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import fr.interophub.echange.Transactions;
import fr.interophub.rdv.Chargement;
import fr.interophub.rdv.Entree;
import fr.interophub.si.Decision;
import fr.interophub.si.Decisions;
import fr.interophub.si.Demandes;
import fr.interophub.si.VerdictSi;
import jakarta.servlet.http.HttpServletRequest;
import java.io.CharConversionException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
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
    static final int ENTREES_MAX = 10_000;
    private static final int DEMANDES_MAX = 1000;
    private static final int DEMANDES_DEFAUT = 100;

    private final Decisions decisions;
    private final Demandes demandes;
    private final Chargement chargement;
    private final Transactions transactions;
    private final ObjectReader reader;

    SiApi(Decisions decisions, Demandes demandes, Chargement chargement, Transactions transactions, ObjectMapper json) {
        this.decisions = decisions;
        this.demandes = demandes;
        this.chargement = chargement;
        this.transactions = transactions;
        this.reader = json.reader().with(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
    }

    /**
     * Judges décisions one after the other, each for itself. The whole array is read before the first takes effect, so
     * that a body refused as malformed has none.
     *
     * @param essai true: the verdicts alone, each as if its décision came now and alone; nothing takes effect
     */
    @PostMapping(path = "/decisions", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<VerdictSi> decide(HttpServletRequest request, @RequestParam(required = false) String essai)
            throws IOException {
        Function<Decision, VerdictSi> judge = Parametres.vrai("essai", essai) ? decisions::rehearse : decisions::decide;
        return read(request, Decision.class, DECISIONS_MAX, "trop-de-decisions").stream()
                .map(decision -> decide(decision, judge))
                .toList();
    }

    /** Takes the plan de charge, each entry for itself; a body refused as malformed has no effect. */
    @PostMapping(path = "/plan-de-charge", consumes = MediaType.APPLICATION_JSON_VALUE)
    List<Map<String, String>> load(HttpServletRequest request) throws IOException {
        List<Entree> entrees = read(request, Entree.class, ENTREES_MAX, "trop-d-entrees");
        List<Chargement.Verdict> verdicts = transactions.run(() -> chargement.load(entrees));
        List<Map<String, String>> told = new ArrayList<>(verdicts.size());
        for (int i = 0; i < verdicts.size(); i++) {
            told.add(verdict(entrees.get(i), verdicts.get(i)));
        }
        return told;
    }

    private static Map<String, String> verdict(Entree entree, Chargement.Verdict verdict) {
        Map<String, String> told = new LinkedHashMap<>();
        told.put("zone", entree.zone());
        boolean day = entree.jour() != null;
        told.put(day ? "jour" : "debut", day ? entree.jour() : entree.debut());
        told.put("verdict", verdict.ok() ? "OK" : "KO");
        if (!verdict.ok()) {
            told.put("motif", verdict.motif());
            told.put("champ", verdict.champ());
        }
        if (verdict.detail() != null) {
            told.put("detail", verdict.detail());
        }
        return told;
    }

    private static VerdictSi decide(Decision decision, Function<Decision, VerdictSi> judge) {
        if (!Parametres.possible(decision.id())) {
            return new VerdictSi(decision.id(), "KO", null, "ID_INVALIDE", "id", "caractère interdit dans l'id");
        }
        return judge.apply(decision);
    }

    private <T> List<T> read(HttpServletRequest request, Class<T> type, int max, String tooMany) throws IOException {
        List<T> read = new ArrayList<>();
        try (JsonParser parser = reader.createParser(request.getInputStream())) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw malformed();
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (parser.currentToken() != JsonToken.START_OBJECT) {
                    throw malformed();
                }
                if (read.size() == max) {
                    throw new Probleme(HttpStatus.PAYLOAD_TOO_LARGE, tooMany, max);
                }
                read.add(reader.readValue(parser, type));
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
    Demandes.Liste demandes(
            @RequestParam(required = false) String apres,
            @RequestParam(required = false) String max,
            @RequestParam(defaultValue = Demandes.REST) String mode) {
        String cursor = Parametres.texte(apres);
        if (cursor != null && !cursor.matches("[0-9]{1,18}")) {
            throw Probleme.parameter("apres");
        }
        if (!Demandes.MODES.contains(mode)) {
            throw Probleme.parameter("mode");
        }
        return demandes.list(mode, cursor, Parametres.max(max, DEMANDES_DEFAUT, DEMANDES_MAX));
    }
}
