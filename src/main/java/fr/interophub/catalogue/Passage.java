package fr.interophub.catalogue;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One line of a state table: in this state, on this flux, under these conditions, the dossier goes there.
 *
 * @param id the specification's name of the transition ({@code T04}, {@code TS10})
 * @param en the state it starts from
 * @param sur the flux that was said
 * @param vers where a flux without verdict leads
 * @param ok where the flux leads when it says OK
 * @param ko where the flux leads when it says KO
 * @param si the named conditions that must all hold; {@code pas stoc-ouvert} negates {@code stoc-ouvert}
 * @param du true when whoever says this flux owes it to the other party (spec Accès 1.2 §5.1, last column)
 */
public record Passage(
        String id,
        String en,
        String sur,
        Optional<String> vers,
        Optional<String> ok,
        Optional<String> ko,
        List<String> si,
        boolean du) {

    /** The state of what does not exist yet. */
    public static final String NEANT = "NEANT";

    /** Written where a passage leads back to the state before the present one (TO7); the reader of the table resolves it. */
    public static final String PRECEDENT = "PRECEDENT";

    /** Written in {@code sur} where no flux is said but a contractual delay is over (spec Accès 1.2 §5.11). */
    public static final String DELAI = "DELAI";

    /** Every state that the line may lead to, {@link #PRECEDENT} among them. */
    public List<String> exits() {
        return Stream.of(vers, ok, ko).flatMap(Optional::stream).toList();
    }

    /** Where the line leads for a message that says OK, says KO, or carries no verdict at all ({@code null}). */
    public Optional<String> exit(Issue issue) {
        return issue == null ? vers : issue == Issue.OK ? ok : ko;
    }
}
