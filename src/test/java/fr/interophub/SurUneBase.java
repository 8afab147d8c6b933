package fr.interophub;

import org.junit.jupiter.api.extension.RegisterExtension;

/** What promises kept over any store begin with: an empty store and a clock. One nested class names each store. */
public abstract class SurUneBase {

    @RegisterExtension
    final BaseDEssai base;

    private final HorlogeDEssai clock = new HorlogeDEssai("2026-11-20T23:30:00Z");

    protected SurUneBase(BaseDEssai base) {
        this.base = base;
    }

    protected BaseDEssai base() {
        return base;
    }

    protected HorlogeDEssai clock() {
        return clock;
    }
}
