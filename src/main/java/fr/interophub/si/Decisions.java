package fr.interophub.si;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.Empreinte;
import fr.interophub.acces.Commandes;
import fr.interophub.acces.Verdict;
import fr.interophub.echange.Transactions;
import fr.interophub.operateur.Annuaire;
import fr.interophub.operateur.Operateur;
import fr.interophub.sav.Signalisations;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Takes the décisions of the SI, one transaction each: the note of the décision, its verdict and its effect are kept
 * together. The same id gets the first verdict again and has no second effect (decision Same-Question-Same-Answer).
 */
public final class Decisions {

    private static final int ID_MAX = 100;

    private final Commandes commandes;
    private final Signalisations signalisations;
    private final Annuaire annuaire;
    private final JdbcTemplate jdbc;
    private final ObjectMapper json;
    private final Transactions transactions;
    private final Clock clock;

    Decisions(
            Commandes commandes,
            Signalisations signalisations,
            Annuaire annuaire,
            JdbcTemplate jdbc,
            ObjectMapper json,
            Transactions transactions,
            Clock clock) {
        this.commandes = commandes;
        this.signalisations = signalisations;
        this.annuaire = annuaire;
        this.jdbc = jdbc;
        this.json = json;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Judges one décision. A verdict never waits for delivery to the OC. */
    public VerdictSi decide(Decision decision) {
        return judge(decision, transactions::run);
    }

    /** The verdict that {@link #decide} would give now. Nothing follows from it: nothing is noted, and the id stays free. */
    public VerdictSi rehearse(Decision decision) {
        return judge(decision, transactions::rehearse);
    }

    private VerdictSi judge(Decision decision, Function<Supplier<VerdictSi>, VerdictSi> transaction) {
        if (decision.id() == null
                || decision.id().isBlank()
                || decision.id().length() > ID_MAX
                || decision.id().chars().anyMatch(Character::isISOControl)) {
            return VerdictSi.ko(
                    decision.id(), "ID_INVALIDE", "id", "l'id d'une décision a de 1 à %d caractères".formatted(ID_MAX));
        }
        try {
            return transaction.apply(() -> decideOnce(decision));
        } catch (DuplicateKeyException sameIdAtTheSameTime) {
            return transaction.apply(() -> decideOnce(decision));
        }
    }

    private record Known(String empreinte, String verdict) {}

    private VerdictSi decideOnce(Decision decision) {
        // In one order on every node and after every restart, which Map.of does not promise.
        Map<String, Object> said = new TreeMap<>();
        said.put("operateur", String.valueOf(decision.operateur()));
        said.put("flux", String.valueOf(decision.flux()));
        said.put("champs", new TreeMap<>(decision.champs()));
        String contenu = write(said);
        String empreinte = Empreinte.of(contenu);
        Known known = jdbc
                .query(
                        "select empreinte, verdict from decision where id = ?",
                        (row, i) -> new Known(row.getString(1), row.getString(2)),
                        decision.id())
                .stream()
                .findFirst()
                .orElse(null);
        if (known != null) {
            return known.empreinte.equals(empreinte)
                    ? read(known.verdict)
                    : VerdictSi.ko(
                            decision.id(),
                            "ID_REUTILISE",
                            "id",
                            "cet id a déjà servi à une décision de contenu différent");
        }
        VerdictSi verdict = judge(decision);
        jdbc.update(
                "insert into decision (id, empreinte, contenu, verdict, recue_le) values (?, ?, ?, ?, ?)",
                decision.id(),
                empreinte,
                contenu,
                write(verdict),
                clock.instant().atOffset(ZoneOffset.UTC));
        return verdict;
    }

    private VerdictSi judge(Decision decision) {
        if (decision.flux() == null) {
            return VerdictSi.ko(decision.id(), "CHAMP_VIDE", "flux", "le flux manque");
        }
        return annuaire.find(String.valueOf(decision.operateur()))
                .map(operateur -> signalisations.says(decision.flux())
                        ? ofTicket(decision, operateur)
                        : ofOrder(decision, operateur))
                .orElseGet(() -> VerdictSi.ko(
                        decision.id(),
                        "OPERATEUR_INCONNU",
                        "operateur",
                        "opérateur inconnu : " + decision.operateur()));
    }

    private VerdictSi ofOrder(Decision decision, Operateur operateur) {
        Verdict verdict = commandes.decide(operateur, decision.flux(), decision.champs());
        return verdict instanceof Verdict.Ko ko
                ? VerdictSi.ko(decision.id(), ko.motif(), ko.champ(), ko.detail())
                : VerdictSi.ok(decision.id(), ((Verdict.Ok) verdict).etat(), ((Verdict.Ok) verdict).detail());
    }

    private VerdictSi ofTicket(Decision decision, Operateur operateur) {
        var verdict = signalisations.decide(operateur, decision.flux(), decision.champs());
        return verdict instanceof fr.interophub.sav.Verdict.Ko ko
                ? VerdictSi.ko(decision.id(), ko.motif(), ko.champ(), ko.detail())
                : VerdictSi.ok(
                        decision.id(),
                        ((fr.interophub.sav.Verdict.Ok) verdict).etat(),
                        ((fr.interophub.sav.Verdict.Ok) verdict).detail());
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private VerdictSi read(String verdict) {
        try {
            return json.readValue(verdict, VerdictSi.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
