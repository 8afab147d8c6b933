package fr.interophub.si;

import com.fasterxml.jackson.databind.ObjectMapper;
import fr.interophub.echange.Journal;
import fr.interophub.echange.Journal.Etiquette;
import fr.interophub.echange.Quarantaine;
import fr.interophub.echange.Quarantaines;
import fr.interophub.echange.Sens;
import fr.interophub.echange.Transactions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/**
 * What came as a décision and could not be judged, kept as it came until a person has looked: the queue behind it goes on. An
 * entry is the OI's alone: no OC was told anything.
 */
public final class DecisionsGarees {

    /** No décision: its verdict said so. */
    private static final String ILLISIBLE = "DECISION_ILLISIBLE";

    /** The hub failed on it each time: it has no verdict. */
    private static final String PANNE = "DECISION_EN_PANNE";

    /** The motifs of such entries of the quarantaine. */
    public static final Set<String> MOTIFS = Set.of(ILLISIBLE, PANNE);

    private final Journal journal;
    private final Quarantaines quarantaines;
    private final Decisions decisions;
    private final ObjectMapper json;
    private final Transactions transactions;
    private final String oi;

    /**
     * @param oi our quadrigramme
     */
    DecisionsGarees(
            Journal journal,
            Quarantaines quarantaines,
            Decisions decisions,
            ObjectMapper json,
            Transactions transactions,
            String oi) {
        this.journal = journal;
        this.quarantaines = quarantaines;
        this.decisions = decisions;
        this.json = json;
        this.transactions = transactions;
        this.oi = oi;
    }

    /**
     * Keeps aside what is no décision.
     *
     * @param nom what it is called on screens
     * @param detail in French: what its verdict said
     */
    public void unreadable(String canal, String nom, byte[] corps, String detail) {
        park(canal, nom, corps, ILLISIBLE, detail);
    }

    /**
     * Keeps aside what the hub fails on.
     *
     * @param nom what it is called on screens
     */
    public void failed(String canal, String nom, byte[] corps, Throwable panne) {
        park(canal, nom, corps, PANNE, String.valueOf(panne));
    }

    private void park(String canal, String nom, byte[] corps, String motif, String detail) {
        transactions.run(() -> quarantaines.keepAside(
                journal.keep(Sens.ENTRANT, new Etiquette(oi, canal, nom, null, null, null), corps),
                motif,
                detail,
                "Décision du SI mise de côté (%s, « %s »), aucun OC n'en a rien su. %s".formatted(motif, nom, detail)));
    }

    /**
     * Judges it again, at a person's request, inside the caller's transaction. The SI is given the verdict when it says the
     * same décision again.
     *
     * @return empty if it still is no décision: nothing has changed then
     */
    public Optional<VerdictSi> again(Quarantaine entry, String qui, String motif) {
        try (InputStream bytes = journal.open(entry.journalId())) {
            Decision decision = json.readValue(bytes, Decision.class);
            quarantaines.leave(entry, "REJOUEE", qui, motif);
            return Optional.of(decisions.decide(decision));
        } catch (IOException | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }
}
