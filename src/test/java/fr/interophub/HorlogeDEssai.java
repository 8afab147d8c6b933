package fr.interophub;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that only moves when it is told to. */
public final class HorlogeDEssai extends Clock {

    private static final ZoneId PARIS = ZoneId.of("Europe/Paris");

    private final ZoneId zone;
    private volatile Instant now;

    public HorlogeDEssai(String now) {
        this(Instant.parse(now), PARIS);
    }

    private HorlogeDEssai(Instant now, ZoneId zone) {
        this.now = now;
        this.zone = zone;
    }

    public void advance(Duration some) {
        now = now.plus(some);
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new HorlogeDEssai(now, other);
    }
}
