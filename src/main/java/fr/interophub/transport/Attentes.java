package fr.interophub.transport;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How long a login from an address must wait before its password is looked at.
 *
 * <p>Lent-Jamais-Ferme: nobody is locked out. The wait grows with each wrong password, up to five units, and is forgotten
 * after a right one or {@link #OUBLI} of silence. It comes before the password is checked, so that dropping the slow answers
 * gains nothing; and only a few attempts wait at once for one login and address, so that opening many connections does not
 * either. The state is bounded: the oldest entry goes first.
 */
public final class Attentes {

    /** How long the first wrong password is unanswered; longer than checking any hash. */
    public static final Duration UNITE = Duration.ofSeconds(1);

    static final Duration OUBLI = Duration.ofMinutes(15);
    static final int A_LA_FOIS = 8;

    private static final int ENTREES = 10_000;

    private final Duration unite;
    private final Clock clock;
    private final Map<Key, Entry> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Entry> eldest) {
            return size() > ENTREES;
        }
    };

    /** A login from an address; for IPv6, from a /64, since one machine has them all. */
    public record Key(String login, String adresse) {

        public static Key of(String login, InetAddress adresse) {
            String network = adresse instanceof Inet6Address
                    ? Arrays.toString(Arrays.copyOf(adresse.getAddress(), 8))
                    : adresse.getHostAddress();
            return new Key(login.length() > 64 ? login.substring(0, 64) : login, network);
        }
    }

    private static final class Entry {
        private int wrong;
        private int waiting;
        private Instant last;
    }

    /**
     * What is to be done with an attempt.
     *
     * @param attente how long to wait before the password is looked at
     * @param refus how long after the arrival a refusal is answered, whatever its reason
     * @param looked false: too many are waiting already, refuse without looking at the password
     */
    public record Turn(Duration attente, Duration refus, boolean looked) {}

    /** @param unite the wait after one wrong password, {@link #UNITE} but in tests; the longest is five times that */
    public Attentes(Duration unite, Clock clock) {
        this.unite = unite;
        this.clock = clock;
    }

    /** An attempt arrives; {@link #right}, {@link #wrong} or {@link #gone} follows once if it is looked at. */
    public synchronized Turn arrive(Key key) {
        Entry entry = entries.get(key);
        if (entry == null || entry.wrong > 0 && entry.waiting == 0 && expired(entry)) {
            entry = new Entry();
            entry.last = clock.instant();
            entries.put(key, entry);
        }
        Duration attente = attente(entry.wrong);
        if (entry.wrong > 0 && entry.waiting >= A_LA_FOIS) {
            return new Turn(max(), max(), false);
        }
        entry.waiting++;
        return new Turn(attente, attente.plus(unite), true);
    }

    public synchronized void right(Key key) {
        entries.remove(key);
    }

    public synchronized void wrong(Key key) {
        Entry entry = entries.computeIfAbsent(key, k -> new Entry());
        entry.waiting = Math.max(0, entry.waiting - 1);
        entry.wrong++;
        entry.last = clock.instant();
    }

    /** An attempt has gone before its password was looked at. */
    public synchronized void gone(Key key) {
        Entry entry = entries.get(key);
        if (entry != null) {
            entry.waiting = Math.max(0, entry.waiting - 1);
        }
    }

    private Duration max() {
        return unite.multipliedBy(5);
    }

    private boolean expired(Entry entry) {
        return entry.last.plus(OUBLI).isBefore(clock.instant());
    }

    private Duration attente(int wrong) {
        if (wrong == 0) {
            return Duration.ZERO;
        }
        Duration grown = unite.multipliedBy(1L << Math.min(wrong - 1, 8));
        Duration most = max().minus(unite);
        return grown.compareTo(most) > 0 ? most : grown;
    }
}
