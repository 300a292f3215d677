package dev.holdfast.sensor.container;

import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A control group. Who it belongs to becomes known on another thread than the one that reads events; a container's it stays for
 * good.
 */
public final class Cgroup {
    private final long id;
    private final String path;
    private final long since;
    private final Optional<RuntimeCall> maker;
    private volatile Identity identity;
    /** Which version of its engine's file told who it is. Owned by the thread that asks. */
    private FileTime told = FileTime.fromMillis(0);
    /** What the path tells, when it was asked. */
    private @Nullable Identity named;

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

    /**
     * Who it is as far as can be told now: while it is asked, a container of which the path tells the id. Called by the thread that reads
     * events.
     */
    public Identity asFarAsKnown() {
        Identity known = identity;
        if (known != Identity.PENDING) {
            return known;
        }
        Identity told = named;
        if (told == null) {
            told = CgroupName.certain(path)
                    .<Identity>map(name -> new Identity.Unknown(name.id(), name.engine()))
                    .orElse(Identity.PENDING);
            named = told;
        }
        return told;
    }

    /** Whether it is still being asked. */
    public boolean isPending() {
        return identity.equals(Identity.PENDING);
    }

    void identity(Identity found) {
        identity = found;
    }

    /** Whether its engine has written something since this was asked last. */
    boolean isToldAnew(FileTime written) {
        boolean isNew = !written.equals(told);
        told = written;
        return isNew;
    }
}
