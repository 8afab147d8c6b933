package fr.interophub.echange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import fr.interophub.BaseDEssai;
import fr.interophub.SurUneBase;
import fr.interophub.echange.FileDAttente.Prise;
import fr.interophub.echange.FileDAttente.PrisePerdue;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What the queues of transmissions owe, whatever the database. */
abstract class FileDAttenteContract extends SurUneBase {

    FileDAttenteContract(BaseDEssai base) {
        super(base);
    }

    FileDAttente queue(String noeud) {
        return new FileDAttente("a_traiter", noeud, base().jdbc(), base().transactions(), clock());
    }

    FileDAttente queue() {
        return queue("un");
    }

    UUID add(String operateur) {
        UUID id = Ids.next();
        queue().add(id, operateur);
        return id;
    }

    Prise claim() {
        return queue().claim().orElseThrow();
    }

    void end(Prise prise) {
        base().transactions().run(() -> queue().end(prise));
    }

    @Test
    void givesTheOldestOfEachOperatorOneAtATime() {
        UUID first = add("OCXA");
        UUID second = add("OCXA");
        UUID other = add("OCXB");

        Prise one = claim();
        Prise two = claim();

        assertThat(List.of(one.objetId(), two.objetId())).containsExactly(first, other);
        assertThat(queue().claim()).as("OCXA's second waits for its first").isEmpty();
        end(one);
        assertThat(claim().objetId()).isEqualTo(second);
    }

    @Test
    void operatorsThatMustWaitKeepTheirEntriesAndTheirOrder() {
        UUID first = add("OCXA");
        add("OCXA");
        UUID other = add("OCXB");
        add("OCXC");

        assertThat(queue().claim(List.of("OCXA", "OCXC")).orElseThrow().objetId())
                .isEqualTo(other);
        assertThat(queue().claim(List.of("OCXA", "OCXC"))).isEmpty();
        assertThat(queue().claim(List.of("OCXC")).orElseThrow().objetId()).isEqualTo(first);
    }

    @Test
    void anEntryAddedAgainWaitsBehind() {
        UUID first = add("OCXA");
        UUID second = add("OCXA");
        Prise prise = claim();
        end(prise);
        queue().add(first, "OCXA");

        assertThat(claim().objetId()).isEqualTo(second);
    }

    @Test
    void anOperatorThatFailsDelaysOnlyItself() {
        add("OCXA");
        add("OCXA");
        Prise failing = claim();
        queue().failed(failing, "no");
        UUID other = add("OCXB");

        assertThat(claim().objetId()).isEqualTo(other);
        assertThat(queue().claim())
                .as("OCXA's second does not overtake its first")
                .isEmpty();
    }

    Duration pauseAfter(int echecs) {
        base().jdbc().update("delete from a_traiter");
        add("OCXA");
        base().jdbc().update("update a_traiter set echecs = ?", echecs);
        Prise prise = claim();
        assertThat(prise.echecs()).isEqualTo(echecs);
        queue().failed(prise, "x".repeat(5_000));
        Instant next = base().jdbc()
                .queryForObject("select prochaine from a_traiter", OffsetDateTime.class)
                .toInstant();
        return Duration.between(clock().instant(), next);
    }

    @Test
    void thePauseGrowsAndIsCapped() {
        for (int echecs = 0; echecs < 40; echecs++) {
            long whole = echecs < 9 ? 1000L << echecs : Duration.ofMinutes(5).toMillis();
            assertThat(pauseAfter(echecs).toMillis())
                    .as("after %d failures", echecs)
                    .isBetween(Math.min(whole, 300_000) / 2, Math.min(whole, 300_000));
        }
    }

    @Test
    void afterThePauseItIsTriedAgainAndKnowsThatItFailed() {
        UUID id = add("OCXA");
        queue().failed(claim(), null);
        assertThat(queue().claim()).isEmpty();

        clock().advance(Duration.ofSeconds(1));

        assertThat(claim()).extracting(Prise::objetId, Prise::echecs).containsExactly(id, 1);
    }

    @Test
    void aLeaseThatRanOutIsAnothersAndTheFirstHolderCanDoNothing() {
        add("OCXA");
        Prise lost = claim();
        clock().advance(Duration.ofSeconds(61));
        Prise taken = queue("deux").claim().orElseThrow();

        assertThat(taken.numero()).isEqualTo(lost.numero());
        assertThatThrownBy(() -> queue().renew(lost)).isInstanceOf(PrisePerdue.class);
        assertThatThrownBy(() -> base().transactions().run(() -> {
                    add("OCXZ");
                    queue().end(lost);
                }))
                .isInstanceOf(PrisePerdue.class);
        assertThat(base().count("a_traiter where operateur = 'OCXZ'"))
                .as("what it was doing does not take effect")
                .isZero();
        queue().failed(lost, "too late");
        assertThat(base().count("a_traiter where echecs > 0")).isZero();
        queue("deux").renew(taken);
        end(taken);
        assertThat(base().count("a_traiter")).isZero();
    }

    @Test
    void aLeaseThatIsRenewedIsKept() {
        add("OCXA");
        Prise prise = claim();
        for (int i = 0; i < 5; i++) {
            clock().advance(Duration.ofSeconds(50));
            queue().renew(prise);
            assertThat(queue("deux").claim()).isEmpty();
        }
    }

    @Test
    void anEntryIsEndedOnce() {
        add("OCXA");
        Prise prise = claim();
        end(prise);

        assertThatThrownBy(() -> end(prise)).isInstanceOf(PrisePerdue.class);
    }

    @Test
    void aNodeThatStartsAgainFreesWhatItHeldAndNothingElse() {
        UUID mine = add("OCXA");
        UUID theirs = add("OCXB");
        assertThat(claim().objetId()).isEqualTo(mine);
        assertThat(queue("deux").claim().orElseThrow().objetId()).isEqualTo(theirs);

        queue().release();

        assertThat(claim().objetId()).isEqualTo(mine);
        assertThat(queue().claim()).isEmpty();
    }

    @Test
    void manyThreadsTreatEachEntryOnceAndInOrder() throws Exception {
        int entries = 500;
        List<Object[]> rows = new ArrayList<>();
        List<UUID> added = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            added.add(Ids.next());
            rows.add(new Object[] {added.get(i), "OC%02d".formatted(i % 10), JdbcBulk.toJdbc(clock().instant())});
        }
        base().jdbc().batchUpdate("insert into a_traiter (journal_id, operateur, prochaine) values (?, ?, ?)", rows);
        List<Prise> done = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger left = new AtomicInteger(entries);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        List<Future<?>> working = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            FileDAttente queue = queue("noeud" + i);
            working.add(threads.submit(() -> {
                while (left.get() > 0) {
                    Optional<Prise> prise = queue.claim();
                    prise.ifPresent(claimed -> {
                        done.add(claimed);
                        base().transactions().run(() -> queue.end(claimed));
                        left.decrementAndGet();
                    });
                }
            }));
        }
        for (Future<?> one : working) {
            one.get();
        }
        threads.shutdown();

        assertThat(done).extracting(Prise::objetId).containsExactlyInAnyOrderElementsOf(added);
        for (int i = 0; i < 10; i++) {
            String operateur = "OC%02d".formatted(i);
            assertThat(done.stream()
                            .filter(prise -> prise.operateur().equals(operateur))
                            .map(Prise::numero))
                    .isSorted();
        }
    }
}
