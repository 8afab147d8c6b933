package fr.interophub.transport;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Which partner may be called now: each a few times at once at most, and not at all for a while once it fails. */
public final class Circuits {

    private final int ouvriers;
    private final CircuitBreakerRegistry circuits;
    private final Map<String, Semaphore> places = new ConcurrentHashMap<>();

    /**
     * @param ouvriers how many calls one partner may have at once
     * @param pause how long a partner that fails is left alone
     */
    public Circuits(int ouvriers, Duration pause, Clock clock) {
        this.ouvriers = ouvriers;
        this.circuits = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindowType(SlidingWindowType.COUNT_BASED)
                .slidingWindowSize(5)
                .minimumNumberOfCalls(5)
                .failureRateThreshold(100)
                .waitDurationInOpenState(pause)
                .permittedNumberOfCallsInHalfOpenState(1)
                .clock(clock)
                .currentTimestampFunction(Clock::millis, TimeUnit.MILLISECONDS)
                .build());
    }

    /** Would a call to this partner be allowed now? */
    public boolean callable(String partner) {
        return places(partner).availablePermits() > 0 && answers(partner);
    }

    /** False while the partner is left alone. */
    public boolean answers(String partner) {
        CircuitBreaker circuit = circuits.circuitBreaker(partner);
        boolean closed = circuit.tryAcquirePermission();
        if (closed) {
            circuit.releasePermission();
        }
        return closed;
    }

    /**
     * Takes the next call to a partner, with a place among its calls and the leave of its circuit, which go back if there is
     * none. A call that was taken is {@link #ended}.
     */
    public <T> Optional<T> claim(String partner, Supplier<Optional<T>> calls) {
        Semaphore places = places(partner);
        if (!places.tryAcquire()) {
            return Optional.empty();
        }
        CircuitBreaker circuit = circuits.circuitBreaker(partner);
        Optional<T> next = Optional.empty();
        boolean permitted = circuit.tryAcquirePermission();
        try {
            next = permitted ? calls.get() : next;
            return next;
        } finally {
            if (next.isEmpty()) {
                places.release();
                if (permitted) {
                    circuit.releasePermission();
                }
            }
        }
    }

    /**
     * A call is over.
     *
     * @param echec what was wrong with the partner; null: nothing
     */
    public void ended(String partner, String echec) {
        CircuitBreaker circuit = circuits.circuitBreaker(partner);
        if (echec == null) {
            circuit.onSuccess(0, circuit.getTimestampUnit());
        } else {
            circuit.onError(0, circuit.getTimestampUnit(), new IllegalStateException(echec));
        }
        places(partner).release();
    }

    /** The partner answers again: it may be called at once. */
    public void reset(String partner) {
        circuits.circuitBreaker(partner).reset();
    }

    private Semaphore places(String partner) {
        return places.computeIfAbsent(partner, code -> new Semaphore(ouvriers));
    }
}
