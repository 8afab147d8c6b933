package fr.interophub.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AttentesTest {

    private static final Attentes.Key OCXA = new Attentes.Key("ocxa", "192.0.2.1");

    private static final Duration MAX = Duration.ofSeconds(5);

    private Instant now = Instant.parse("2026-11-20T08:00:00Z");
    private final Attentes attentes = new Attentes(Attentes.UNITE, new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    private Attentes.Turn wrong(Attentes.Key key) {
        var turn = attentes.arrive(key);
        attentes.wrong(key);
        return turn;
    }

    @Test
    void theAnswerToAWrongPasswordGrowsToFiveSeconds() {
        assertThat(IntStream.range(0, 6).mapToLong(i -> wrong(OCXA).refus().toSeconds()))
                .containsExactly(1L, 2L, 3L, 5L, 5L, 5L);
    }

    @Test
    void neverLocked() {
        IntStream.range(0, 1000).forEach(i -> wrong(OCXA));
        var turn = attentes.arrive(OCXA);
        assertThat(turn.looked()).isTrue();
        assertThat(turn.attente()).isLessThan(MAX);
        attentes.right(OCXA);
        assertThat(attentes.arrive(OCXA).attente()).isZero();
    }

    @Test
    void silenceForgets() {
        wrong(OCXA);
        now = now.plus(Attentes.OUBLI).plusSeconds(1);
        assertThat(attentes.arrive(OCXA).attente()).isZero();
    }

    @Test
    void anotherLoginOrAddressDoesNotPay() {
        wrong(OCXA);
        assertThat(attentes.arrive(new Attentes.Key("ocxb", "192.0.2.1")).attente())
                .isZero();
        assertThat(attentes.arrive(new Attentes.Key("ocxa", "192.0.2.2")).attente())
                .isZero();
    }

    @Test
    void onlyAFewWaitAtOnceAfterAWrongOne() {
        wrong(OCXA);
        IntStream.range(0, Attentes.A_LA_FOIS)
                .forEach(i -> assertThat(attentes.arrive(OCXA).looked()).isTrue());
        assertThat(attentes.arrive(OCXA)).isEqualTo(new Attentes.Turn(MAX, MAX, false));
        attentes.wrong(OCXA);
        assertThat(attentes.arrive(OCXA).looked()).isTrue();
    }

    @Test
    void manyRightOnesAtOnceDoNotWait() {
        IntStream.range(0, 600)
                .forEach(i -> assertThat(attentes.arrive(OCXA))
                        .isEqualTo(new Attentes.Turn(Duration.ZERO, Attentes.UNITE, true)));
    }

    @Test
    void oneIpv6NetworkIsOneAddress() throws Exception {
        assertThat(Attentes.Key.of("ocxa", InetAddress.getByName("2001:db8::1")))
                .isEqualTo(Attentes.Key.of("ocxa", InetAddress.getByName("2001:db8::2:1")))
                .isNotEqualTo(Attentes.Key.of("ocxa", InetAddress.getByName("2001:db8:0:1::1")));
    }
}
