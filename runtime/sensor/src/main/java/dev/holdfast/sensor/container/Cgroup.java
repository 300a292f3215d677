package dev.holdfast.sensor.container;

import java.util.Optional;

/**
 * A control group. Who it belongs to becomes known on another thread than the one that reads events, once and for good.
 */
public final class Cgroup {
    private final long id;
    private final String path;
    private final long since;
    private final Optional<RuntimeCall> maker;
    private volatile Identity identity;

    Cgroup(long id, String path, long since, Optional<RuntimeCall> maker, Identity identity) {
        this.id = id;
        this.path = path;
        this.since = since;
        this.maker = maker;
        this.identity = identity;
    }

    public long id() {
        return id;
    }

    /** Its path in the unified hierarchy; empty when it is not known yet. */
    public String path() {
        return path;
    }

    /** When we first heard of it, on the clock of {@link System#nanoTime}. */
    public long since() {
        return since;
    }

    /** The call of a runtime that made it. */
    Optional<RuntimeCall> maker() {
        return maker;
    }

    public Identity identity() {
        return identity;
    }

    /** Whether it is still being asked. */
    public boolean isPending() {
        return identity.equals(Identity.PENDING);
    }

    void identity(Identity found) {
        identity = found;
    }
}
