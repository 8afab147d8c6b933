package fr.interophub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** The machine's clock, which may be put forward. */
public final class HorlogeMobile extends Clock {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private volatile Duration avance = Duration.ZERO;

    /** From now on it is so much later. */
    public synchronized void advance(Duration some) {
        avance = avance.plus(some);
    }

    @Override
    public Instant instant() {
        return Clock.systemUTC().instant().plus(avance);
    }

    @Override
    public ZoneId getZone() {
        return PARIS;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(Clock.system(zone), avance);
    }
}
