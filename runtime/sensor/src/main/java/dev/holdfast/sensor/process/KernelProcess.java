package dev.holdfast.sensor.process;

import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.sensor.container.Cgroup;
import dev.holdfast.sensor.container.Identity;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A process. Its identity is its number together with the time of its birth, so that a number used again is another process. Owned by the
 * thread that reads the events.
 */
public final class KernelProcess {
    /** How many ancestors are kept once they have ended: rules look at seven. */
    private static final int ANCESTORS = 16;

    private final int pid;
    private final ProcessMemory memory = new ProcessMemory();
    private long started;
    /** Whether the birth is only known to a tick of the clock, from /proc. */
    private boolean isCoarse;

    private int ownPid;
    private @Nullable KernelProcess parent;
    private Program program;
    private String name;
    private @Nullable String commandLine;
    private boolean hasEnded;
    private @Nullable Cgroup cgroup;
    private Identity identity = Identity.PENDING;
    /** The table's count of changes when this process last changed, and when its memory was last looked at. */
    private long changed;

    private long looked;
    /** As it was last kept, and the table's count of changes at that time. */
    private @Nullable KernelProcess kept;

    private long keptAt;
    /** The next one in the same place of the table. */
    @Nullable
    KernelProcess next;

    KernelProcess(
            int pid, long started, boolean isCoarse, @Nullable KernelProcess parent, Program program, String name) {
        this.pid = pid;
        this.started = started;
        this.isCoarse = isCoarse;
        this.parent = parent;
        this.program = program;
        this.name = name;
        shorten();
    }

    /** Cuts the chain of ancestors where it is long and its members have ended: a process that forks on and on must not keep them all. */
    private void shorten() {
        KernelProcess ancestor = this;
        for (int i = 0; i < ANCESTORS && ancestor != null; i++) {
            ancestor = ancestor.parent;
        }
        if (ancestor != null && ancestor.hasEnded) {
            ancestor.parent = null;
        }
    }

    public int pid() {
        return pid;
    }

    /** When it was born, in nanoseconds since boot. */
    public long started() {
        return started;
    }

    /** Its number in its own namespace; 0 when unknown. */
    public int ownPid() {
        return ownPid;
    }

    void ownPid(int number) {
        ownPid = number;
    }

    public Program program() {
        return program;
    }

    /** The name of its first thread, at most 15 bytes. */
    public String name() {
        return name;
    }

    public Optional<KernelProcess> parent() {
        return Optional.ofNullable(parent);
    }

    /** The parent (1), its parent (2), and so on; itself for 0. */
    public Optional<KernelProcess> ancestor(int generation) {
        KernelProcess ancestor = this;
        for (int i = 0; i < generation && ancestor != null; i++) {
            ancestor = ancestor.parent;
        }
        return Optional.ofNullable(ancestor);
    }

    /** The name and the arguments behind the first. */
    public String commandLine() {
        if (commandLine == null) {
            String rest = program.rest();
            commandLine = rest.isEmpty() ? name : name + " " + rest;
        }
        return commandLine;
    }

    public boolean hasEnded() {
        return hasEnded;
    }

    void end() {
        hasEnded = true;
    }

    /** Whether it was born then; makes a birth exact that was only known to the tick. */
    boolean isBorn(long exact, long tick) {
        if (started == exact) {
            return true;
        }
        if (isCoarse && Math.abs(exact - started) <= tick) {
            started = exact;
            isCoarse = false;
            return true;
        }
        return false;
    }

    void run(Program newProgram, String newName, long change) {
        program = newProgram;
        rename(newName, change);
    }

    void rename(String newName, long change) {
        name = newName;
        commandLine = null;
        changed = change;
    }

    void adopt(@Nullable KernelProcess newParent, long change) {
        parent = newParent;
        changed = change;
    }

    /** The control group of this number, where its last event comes from; looked for when the one before came from another. */
    public Cgroup group(long id, LongFunction<Cgroup> groups) {
        Cgroup known = cgroup;
        if (known == null || known.id() != id) {
            known = groups.apply(id);
            cgroup = known;
        }
        return known;
    }

    /** Who it belongs to, as rules saw it last. */
    public Identity identity() {
        return identity;
    }

    void identify(Identity now, long change) {
        identity = now;
        changed = change;
    }

    /** What a matcher remembers, forgotten when the process or one of its ancestors changed since the last look. */
    ProcessMemory memory(long now) {
        if (looked != now) {
            if (hasChanged(looked)) {
                memory.forget();
            }
            looked = now;
        }
        return memory;
    }

    /** Whether it or one of its ancestors changed since then. */
    private boolean hasChanged(long since) {
        for (KernelProcess each = this; each != null; each = each.parent) {
            if (each.changed > since) {
                return true;
            }
        }
        return false;
    }

    /** It and its nearest ancestors as they are now; what they execute later does not change it. The same one until something changes. */
    KernelProcess kept(long now) {
        return kept(now, ANCESTORS);
    }

    private KernelProcess kept(long now, int generations) {
        KernelProcess known = kept;
        if (known == null || hasChanged(keptAt)) {
            KernelProcess above = parent;
            known = new KernelProcess(
                    pid,
                    started,
                    isCoarse,
                    above == null || generations == 0 ? above : above.kept(now, generations - 1),
                    program,
                    name);
            known.ownPid = ownPid;
            known.hasEnded = hasEnded;
            known.identity = identity;
            kept = known;
            keptAt = now;
        }
        return known;
    }
}
