package dev.holdfast.sensor.process;

import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The processes that are, and those that ended a moment ago. It follows events in their order; what was there before, and what a lost event
 * should have told, comes from /proc. Bounded by the kernel's own limit on processes and {@value #ENDED} ended ones. Owned by the thread that
 * reads the events.
 */
public final class ProcessTable {
    /** A power of two: chains stay short on machines with tens of thousands of processes. */
    private static final int PLACES = 1 << 14;

    /** Events of other processors may come a little after a process ended. */
    private static final int ENDED = 4_096;

    private final ProcFiles files;
    private final @Nullable KernelProcess[] places = new KernelProcess[PLACES];
    private final ArrayDeque<KernelProcess> ended = new ArrayDeque<>();
    private @Nullable KernelProcess last;
    private int size;
    /** Counts everything that changes what rules see of some process. */
    private long changes = 1;

    public ProcessTable(ProcFiles files) {
        this.files = files;
    }

    /** How many are known. */
    public int size() {
        return size;
    }

    /** Takes in what runs already. Called after the kernel's programs are attached, so that nobody is missed in between. */
    public void fill() {
        List<ProcFiles.Found> all = files.all();
        for (ProcFiles.Found found : all) {
            if (find(found.pid()) == null) {
                insert(found);
            }
        }
        for (ProcFiles.Found found : all) { // whose parent came later
            KernelProcess process = find(found.pid());
            KernelProcess parent = find(found.parent());
            if (process != null && parent != null && process.parent().isEmpty() && process != parent) {
                process.adopt(parent, ++changes);
            }
        }
    }

    private KernelProcess insert(ProcFiles.Found found) {
        KernelProcess process = new KernelProcess(
                found.pid(), found.started(), true, find(found.parent()), found.program(), found.name());
        process.ownPid(found.ownPid());
        put(process);
        return process;
    }

    /** The process that an event is about, after the event: its fork, execution or end is taken in. */
    public KernelProcess follow(KernelEvent event) {
        KernelProcess process = of(event);
        switch (event.kind()) {
            case EXECVE, EXECVEAT -> execute(process, event);
            case FORK -> fork(event);
            case NAME -> process.rename(event.newName(), ++changes);
            case EXIT -> end(process);
            default -> {} // nothing that changes a process
        }
        return process;
    }

    private KernelProcess of(KernelEvent event) {
        int pid = event.pid();
        KernelProcess known = last;
        if (known == null || known.pid() != pid || known.started() != event.started()) {
            known = find(pid);
            if (known == null || !known.isBorn(event.started(), files.tick())) {
                known = missed(pid, event.started(), event.kind().body() == Kind.Body.EXEC);
            }
            last = known;
        }
        return known;
    }

    /** A process whose birth we did not see: because it was lost, or it is older than us and hid from the first look. */
    private KernelProcess missed(int pid, long started, boolean executes) {
        Optional<ProcFiles.Found> found = executes ? Optional.empty() : files.one(pid);
        if (found.isPresent() && Math.abs(found.get().started() - started) <= files.tick()) {
            KernelProcess process = insert(found.get());
            boolean isExact = process.isBorn(started, files.tick());
            assert isExact;
            return process;
        }
        KernelProcess process = new KernelProcess(pid, started, false, null, Program.UNKNOWN, "");
        put(process);
        return process;
    }

    private void fork(KernelEvent event) {
        KernelProcess caller = last;
        KernelProcess parent = event.childsParentPid() == event.pid() ? caller : find(event.childsParentPid());
        KernelProcess model = caller == null ? parent : caller;
        Program program = model == null ? Program.UNKNOWN : model.program();
        KernelProcess child =
                new KernelProcess(event.childPid(), event.childStarted(), false, parent, program, event.childName());
        child.ownPid(event.childOwnPid());
        put(child);
    }

    private void execute(KernelProcess process, KernelEvent event) {
        Program program = new Program(
                event.executablePath(),
                event.givenProgram(),
                Program.split(event.arguments()),
                event.folder(),
                Program.split(event.environment()),
                event.executableInode(),
                event.executableChanged(),
                event.executableModified(),
                (event.executableBits() & KernelEvent.UPPER_LAYER) != 0,
                (event.executableBits() & KernelEvent.MEMFD) != 0,
                event.bootNanos(),
                event.loginUid(),
                event.terminal(),
                event.session(),
                event.processGroup(),
                event.effectiveCapabilities(),
                event.permittedCapabilities(),
                event.inheritableCapabilities(),
                event.mountNamespace(),
                event.pidNamespace(),
                streams(event));
        process.ownPid(event.ownPid());
        process.run(program, event.execName(), ++changes);
        if (process.parent().isEmpty()) {
            KernelProcess parent = find(event.parentPid());
            if (parent != null && parent != process && parent.isBorn(event.parentStarted(), files.tick())) {
                process.adopt(parent, changes);
            }
        }
    }

    private static List<String> streams(KernelEvent event) {
        return List.of(stream(event, 0), stream(event, 1), stream(event, 2));
    }

    private static String stream(KernelEvent event, int which) {
        return switch (event.streamType(which)) {
            case 1 -> "pipe";
            case 2, 6, 8 -> "file";
            case 4 -> "directory";
            case 12 ->
                switch (event.streamFamily(which)) {
                    case 1 -> "unix";
                    case 2 -> "ipv4";
                    case 10 -> "ipv6";
                    case 16 -> "netlink";
                    default -> "";
                };
            default -> "";
        };
    }

    private void end(KernelProcess process) {
        process.end();
        ended.add(process);
        if (ended.size() > ENDED) {
            remove(ended.remove());
        }
    }

    /** Says who a process belongs to, which rules see. */
    @SuppressWarnings("ReferenceEquality") // an answer is made once; this is asked for every event
    public void identify(KernelProcess process, Identity identity) {
        if (process.identity() != identity) {
            process.identify(identity, ++changes);
        }
    }

    /** A process and its nearest ancestors as they are now, for an event that has to wait: they may run something else until it is over. */
    public KernelProcess keep(KernelProcess process) {
        return process.kept(changes);
    }

    /** What a matcher remembers about a process. */
    public ProcessMemory memory(KernelProcess process) {
        return process.memory(changes);
    }

    /** The process of this number. */
    public Optional<KernelProcess> process(int pid) {
        return Optional.ofNullable(find(pid));
    }

    private @Nullable KernelProcess find(int pid) {
        KernelProcess each = places[place(pid)];
        while (each != null && each.pid() != pid) {
            each = each.next;
        }
        return each;
    }

    /** Puts a process into its place; one of the same number was another, and gives way. */
    private void put(KernelProcess process) {
        KernelProcess before = find(process.pid());
        if (before != null) {
            remove(before);
        }
        int place = place(process.pid());
        process.next = places[place];
        places[place] = process;
        size++;
    }

    private void remove(KernelProcess process) {
        int place = place(process.pid());
        KernelProcess each = places[place];
        if (each == process) {
            places[place] = process.next;
            size--;
            return;
        }
        while (each != null && each.next != process) {
            each = each.next;
        }
        if (each != null) {
            each.next = process.next;
            size--;
        }
    }

    private static int place(int pid) {
        return pid & PLACES - 1;
    }
}
