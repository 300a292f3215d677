package dev.holdfast.sensor;

import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.sensor.container.Cgroup;
import dev.holdfast.sensor.container.CgroupTree;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.ContainerFinder;
import dev.holdfast.sensor.container.Containers;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.container.RuntimeCall;
import dev.holdfast.sensor.event.Calls;
import dev.holdfast.sensor.event.Calls.Machine;
import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.field.SensorEvent;
import dev.holdfast.sensor.field.Users;
import dev.holdfast.sensor.libbpf.BootClock;
import dev.holdfast.sensor.libbpf.Bytes;
import dev.holdfast.sensor.libbpf.KernelObject;
import dev.holdfast.sensor.libbpf.Ring;
import dev.holdfast.sensor.process.KernelProcess;
import dev.holdfast.sensor.process.ProcFiles;
import dev.holdfast.sensor.process.ProcessTable;
import dev.holdfast.sensor.process.Program;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;

/**
 * Watches this machine's kernel. Owned by one thread, which reads the events; only {@link #containers} may be asked by others.
 *
 * <p>Programs are attached first; then what already runs is read from {@code /proc} and the engines' files, while events wait in the ring: so
 * there is no gap between the two.
 */
public final class Sensor implements AutoCloseable {
    private static final List<String> PROGRAMS = List.of(
            "on_cgroup_mkdir",
            "on_cgroup_rmdir",
            "on_cgroup_attach",
            "on_fork",
            "on_exec",
            "on_rename",
            "on_exit",
            "on_socket_state",
            "on_sys_exit");

    /** What newer kernels tell about io_uring; older ones refuse these two. */
    private static final List<String> REQUEST_PROGRAMS = List.of("on_uring_submit", "on_uring_complete");

    /** How many events are handed over by one call. */
    private static final int AT_ONCE = 16_384;

    /** After how many events those that wait are looked at. */
    private static final int LOOK = 1_024;

    /** How long we sleep when nothing happens. New control groups wake us: a container's whole life may be 20 ms. */
    private static final int LONGEST_PAUSE = 20;

    private static final int SHORTEST_PAUSE = 1;
    /** How much the kernel may have written meanwhile, in any case: half a gigabyte a second. */
    private static final int BYTES_A_MILLISECOND = 1 << 19;

    private static final int CGROUPS = 4_096;

    private final Machine machine;
    private final KernelObject object;
    private final Ring ring;
    private final Containers containers;
    private final ProcessTable processes;
    private final Waiting waiting;
    private final SensorEvent event;
    private final KernelEvent kernel = new KernelEvent();
    private final KernelEvent heldKernel = new KernelEvent();
    private final long bootTime;
    private final ArrayDeque<Waiting.Held> released = new ArrayDeque<>();
    private final Ring.Reader taking = this::take;
    private final Optional<SensorEvent> current;
    private boolean isReady;
    private int sinceLook;
    private long number;
    private long damaged;
    private final int pause;
    private final boolean seesRequests;

    private Sensor(Machine machine, Loaded loaded, Ring ring, Containers containers, SensorRequest request) {
        this.machine = machine;
        this.object = loaded.object;
        this.seesRequests = loaded.seesRequests;
        this.pause = Math.clamp(ring.size() / BYTES_A_MILLISECOND, SHORTEST_PAUSE, LONGEST_PAUSE);
        this.ring = ring;
        this.containers = containers;
        this.processes = new ProcessTable(new ProcFiles(request.root().resolve("proc")));
        this.waiting = new Waiting(request.patience().toNanos());
        this.event = new SensorEvent(new Users(request.root()));
        this.current = Optional.of(event);
        Instant now = Instant.now();
        this.bootTime = now.getEpochSecond() * 1_000_000_000L + now.getNano() - BootClock.nanos();
    }

    /**
     * Starts to watch.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static Sensor start(SensorRequest request) throws IOException {
        Machine machine = Probe.requireMachine();
        Probe.requireKernel(request.root());
        CgroupTree tree = CgroupTree.mounted(request.root().resolve("proc/self/mountinfo"))
                .orElseThrow(
                        () -> new IOException(
                                "no unified hierarchy of control groups (cgroup2) is mounted; containers cannot be told apart"));
        Loaded loaded = load(machine, request);
        KernelObject object = loaded.object;
        try {
            Ring ring = object.ring("events");
            Containers containers = new Containers(tree, new ContainerFinder(request.root()));
            Sensor sensor = new Sensor(machine, loaded, ring, containers, request);
            sensor.want(request.wanted());
            for (String program : PROGRAMS) {
                object.attach(program);
            }
            for (String program : loaded.seesRequests ? REQUEST_PROGRAMS : List.<String>of()) {
                object.attach(program);
            }
            sensor.processes.fill();
            containers.start();
            return sensor;
        } catch (IOException | RuntimeException failed) {
            object.close();
            throw failed;
        }
    }

    /** Programs in the kernel, and whether those about io_uring are among them. */
    private record Loaded(KernelObject object, boolean seesRequests) {}

    private static Loaded load(Machine machine, SensorRequest request) throws IOException {
        try {
            return new Loaded(load(machine, request, List.of()), true);
        } catch (IOException refused) {
            try {
                return new Loaded(load(machine, request, REQUEST_PROGRAMS), false);
            } catch (IOException again) {
                refused.addSuppressed(again);
                throw refused;
            }
        }
    }

    private static KernelObject load(Machine machine, SensorRequest request, List<String> without) throws IOException {
        KernelObject object = KernelObject.open(Probe.programs(machine));
        try {
            object.size("events", (int) request.ring().bytes());
            object.configure(".rodata", Probe.ownPid(request.root()), request.withEnvironment() ? 1 : 0);
            without.forEach(object::leaveOut);
            object.load();
            return object;
        } catch (IOException | RuntimeException failed) {
            object.close();
            throw failed;
        }
    }

    /** Changes which system calls are reported, while running. */
    public void want(Set<Kind> wanted) throws IOException {
        object.map(".data.wishes").write(0, Calls.wishes(machine, wanted));
        object.map(".data.kinds").write(0, Calls.kinds(wanted));
    }

    /** Hands over events until it is over; sleeps when there are none. */
    public void run(EventSink sink, BooleanSupplier isOver) {
        while (!isOver.getAsBoolean()) {
            if (poll(sink) == 0) {
                await();
            }
        }
    }

    /** Sleeps until there may be an event, some milliseconds at most. */
    public void await() {
        ring.await(waiting.isEmpty() ? pause : SHORTEST_PAUSE);
    }

    /** Whether requests through io_uring are seen, which older kernels do not tell. */
    public boolean seesRequests() {
        return seesRequests;
    }

    /** Hands over the events that are there; returns how many. */
    public int poll(EventSink sink) {
        int handed = 0;
        while (handed < AT_ONCE && next().isPresent()) {
            sink.take(event);
            handed++;
        }
        return handed;
    }

    /** The next event, if there is one now. The one before must not be used any more. */
    public Optional<SensorEvent> next() {
        isReady = false;
        while (!isReady) {
            if (!released.isEmpty()) {
                release(released.remove());
            } else if (ring.drain(1, taking) == 0 || ++sinceLook >= LOOK) {
                sinceLook = 0;
                if (!isReady && (waiting.isEmpty() || !waiting.release(System.nanoTime(), released))) {
                    return Optional.empty();
                }
            }
        }
        return current;
    }

    private void take(Bytes record) {
        if (!kernel.read(record)) {
            damaged++;
            return;
        }
        KernelProcess process = processes.follow(kernel);
        if (kernel.kind().body() == Kind.Body.CGROUP) {
            follow(process);
            return;
        }
        if (!process.isIn(kernel.cgroup())) {
            process.move(containers.of(kernel.cgroup()));
        }
        Cgroup cgroup = process.cgroup().orElseThrow();
        if (!waiting.isEmpty() || cgroup.isPending()) {
            boolean waits = waiting.mustWait(cgroup, cgroup.isPending(), System.nanoTime());
            if (waits && waiting.keep(new Waiting.Held(cgroup, kernel.copy(), process, process.program()))) {
                return;
            }
        }
        fill(kernel, process, process.program(), cgroup.identity());
    }

    private void follow(KernelProcess process) {
        switch (kernel.kind()) {
            case CGROUP_MKDIR ->
                RuntimeCall.of(process.program().arguments(), process.program().folder())
                        .ifPresentOrElse(
                                maker -> containers.made(kernel.cgroupId(), kernel.cgroupPath(), maker),
                                () -> containers.made(kernel.cgroupId(), kernel.cgroupPath()));
            case CGROUP_RMDIR -> containers.ended(kernel.cgroupId());
            default -> {} // a move: the next event of the process tells where it is
        }
    }

    private void release(Waiting.Held held) {
        if (heldKernel.read(Bytes.of(held.record()))) {
            fill(heldKernel, held.process(), held.program(), held.cgroup().identity());
        }
    }

    private void fill(KernelEvent from, KernelProcess process, Program program, Identity identity) {
        processes.identify(process, identity);
        ProcessMemory memory = process.runs(program) ? processes.memory(process) : ProcessMemory.NONE;
        event.fill(from, process, program, identity, memory, bootTime + from.bootNanos(), ++number);
        isReady = true;
    }

    /** How many processes are known. */
    public int processes() {
        return processes.size();
    }

    /** The containers that run now. */
    public List<Container> containers() {
        return containers.running();
    }

    /** How many events were handed over. */
    public long events() {
        return number;
    }

    /** What was lost since the start. */
    public Loss loss() {
        Map<String, Long> byContainer = new TreeMap<>();
        object.map("lost_by_cgroup").each(CGROUPS, (cgroup, count) -> {
            if (count > 0) {
                byContainer.merge(name(containers.of(cgroup).identity()), count, Long::sum);
            }
            return count;
        });
        return new Loss(object.map("lost").sum(0), byContainer, damaged);
    }

    private static String name(Identity identity) {
        return switch (identity) {
            case Identity.Unnamed unnamed -> unnamed == Identity.Unnamed.HOST ? "host" : "a new container";
            case Identity.Known known ->
                known.container().name().orElse(known.container().shortId());
            case Identity.Unknown unknown -> unknown.shortId();
        };
    }

    /** The kinds of system calls that rules may ask for. */
    public static Set<Kind> callsKnownToRules() {
        Set<Kind> calls = new HashSet<>();
        for (Kind kind : Kind.values()) {
            if (kind.isCall() && SensorEvent.isKnown(kind)) {
                calls.add(kind);
            }
        }
        return calls;
    }

    /** Detaches everything. */
    @Override
    public void close() {
        containers.close();
        ring.close();
        object.close();
    }
}
