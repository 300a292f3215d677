package dev.holdfast.sensor;

import dev.holdfast.sensor.container.Cgroup;
import dev.holdfast.sensor.container.CgroupTree;
import dev.holdfast.sensor.container.Container;
import dev.holdfast.sensor.container.ContainerFinder;
import dev.holdfast.sensor.container.Containers;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.container.RuntimeCall;
import dev.holdfast.sensor.event.Calls.Machine;
import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.feed.Feed;
import dev.holdfast.sensor.feed.NoticeFeed;
import dev.holdfast.sensor.feed.RehearsedFeed;
import dev.holdfast.sensor.feed.TracepointFeed;
import dev.holdfast.sensor.field.SensorEvent;
import dev.holdfast.sensor.field.Users;
import dev.holdfast.sensor.libbpf.BootClock;
import dev.holdfast.sensor.libbpf.Bytes;
import dev.holdfast.sensor.libbpf.Ring;
import dev.holdfast.sensor.process.KernelProcess;
import dev.holdfast.sensor.process.ProcFiles;
import dev.holdfast.sensor.process.ProcessTable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/**
 * Watches this machine's kernel. Owned by one thread, which reads the events; only {@link #containers} may be asked by others.
 *
 * <p>Programs are attached first; then what already runs is read from {@code /proc} and the engines' files, while events wait in the ring: so
 * there is no gap between the two.
 */
public final class Sensor implements AutoCloseable {
    /** How many events are handed over by one call. */
    private static final int AT_ONCE = 16_384;

    /** After how many events those that wait are looked at. */
    private static final int LOOK = 1_024;

    private final Feed feed;
    private final Containers containers;
    private final ProcessTable processes;
    private final Waiting waiting;
    private final SensorEvent event;
    private final KernelEvent kernel = new KernelEvent();
    private final KernelEvent heldKernel = new KernelEvent();
    private final long bootTime;
    private final ArrayDeque<Waiting.Held> released = new ArrayDeque<>();
    private final Ring.Reader taking = this::take;
    private final LongFunction<Cgroup> groups;
    private final Optional<SensorEvent> current;
    private boolean isReady;
    private int sinceLook;
    private long number;
    private long damaged;

    private Sensor(Feed feed, Containers containers, Path root, Duration patience) {
        this.feed = feed;
        this.containers = containers;
        this.groups = containers::of;
        this.processes = new ProcessTable(new ProcFiles(root.resolve("proc")));
        this.waiting = new Waiting(patience.toNanos());
        this.event = new SensorEvent(new Users(root));
        this.current = Optional.of(event);
        Instant now = Instant.now();
        this.bootTime = now.getEpochSecond() * 1_000_000_000L + now.getNano() - BootClock.nanos();
    }

    /**
     * Starts to watch with programs in the kernel.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static Sensor start(SensorRequest request) throws IOException {
        Machine machine = Probe.requireMachine();
        Probe.requireKernel(request.root());
        return start(
                request,
                TracepointFeed.load(new TracepointFeed.Settings(
                        machine,
                        Probe.programs(machine),
                        (int) request.ring().bytes(),
                        Probe.ownPid(request.root()),
                        request.withEnvironment())));
    }

    /**
     * Starts to watch by what the kernel tells without programs of ours: processes and opened files, and no more; see {@link #unseen}.
     *
     * @throws IOException in a line, when this machine does not allow it
     */
    public static Sensor startByNotices(SensorRequest request) throws IOException {
        Optional<CgroupTree> groups = tree(request);
        NoticeFeed feed = groups.isPresent()
                ? NoticeFeed.open(request.root(), groups.get().root())
                : NoticeFeed.open(request.root());
        return start(request, feed);
    }

    /** Tells made-up events of a machine that is nowhere: no file of this one is looked at. */
    public static Sensor rehearse(RehearsedFeed feed) {
        Path nowhere = Path.of("/proc/self/nowhere");
        Containers containers = new Containers(new CgroupTree(nowhere), new ContainerFinder(nowhere));
        containers.made(RehearsedFeed.HOST, "/");
        containers.made(RehearsedFeed.UNKNOWN, "/some");
        return new Sensor(feed, containers, nowhere, Duration.ZERO);
    }

    private static Optional<CgroupTree> tree(SensorRequest request) throws IOException {
        return CgroupTree.mounted(request.root().resolve("proc/self/mountinfo"));
    }

    private static Sensor start(SensorRequest request, Feed feed) throws IOException {
        try {
            CgroupTree tree = tree(request)
                    .orElseThrow(
                            () -> new IOException(
                                    "no unified hierarchy of control groups (cgroup2) is mounted; containers cannot be told apart"));
            Containers containers = new Containers(tree, new ContainerFinder(request.root()));
            Sensor sensor = new Sensor(feed, containers, request.root(), request.patience());
            feed.want(request.wanted());
            feed.begin();
            sensor.processes.fill();
            containers.start();
            return sensor;
        } catch (IOException | RuntimeException failed) {
            feed.close();
            throw failed;
        }
    }

    /** Changes which system calls are reported, while running. */
    public void want(Wishes wanted) throws IOException {
        feed.want(wanted);
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
        feed.await(!waiting.isEmpty());
    }

    /** What cannot be seen here although rules may ask for it, a line for each. */
    public List<String> unseen() {
        return feed.unseen();
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
            } else if (feed.drain(1, taking) == 0 || ++sinceLook >= LOOK) {
                sinceLook = 0;
                leaveOutHosts();
                if (!isReady && (waiting.isEmpty() || !waiting.release(System.nanoTime(), released))) {
                    return Optional.empty();
                }
            }
        }
        return current;
    }

    /** What certainly is no container's need not be told by the kernel where it is about containers. */
    private void leaveOutHosts() {
        OptionalLong host = containers.nextHost();
        while (host.isPresent()) {
            feed.leaveOut(host.getAsLong());
            host = containers.nextHost();
        }
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
        Cgroup cgroup = process.group(kernel.cgroup(), groups);
        if (!waiting.isEmpty() || cgroup.isPending()) {
            boolean waits = waiting.mustWait(cgroup, cgroup.isPending(), System.nanoTime());
            if (waits && waiting.keep(new Waiting.Held(cgroup, kernel.copy(), processes.keep(process)))) {
                return;
            }
        }
        fill(kernel, process, cgroup.asFarAsKnown());
    }

    private void follow(KernelProcess process) {
        switch (kernel.kind()) {
            case CGROUP_MKDIR ->
                RuntimeCall.of(process.program().arguments(), process.program().folder())
                        .ifPresentOrElse(
                                maker -> containers.made(kernel.cgroupId(), kernel.cgroupPath(), maker),
                                () -> containers.made(kernel.cgroupId(), kernel.cgroupPath()));
            case CGROUP_RMDIR -> {
                containers.ended(kernel.cgroupId());
                feed.takeIn(kernel.cgroupId());
            }
            default -> {} // a move: the next event of the process tells where it is
        }
    }

    private void release(Waiting.Held held) {
        if (heldKernel.read(Bytes.of(held.record()))) {
            fill(heldKernel, held.process(), held.cgroup().asFarAsKnown());
        }
    }

    private void fill(KernelEvent from, KernelProcess process, Identity identity) {
        processes.identify(process, identity);
        event.fill(from, process, identity, processes.memory(process), bootTime + from.bootNanos(), ++number);
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

    /** How many events were lost since the start. */
    public long lost() {
        return feed.lost();
    }

    /** What was lost since the start. */
    public Loss loss() {
        Map<String, Long> byContainer = new TreeMap<>();
        feed.lostByCgroup().forEach((cgroup, count) -> {
            if (count > 0) {
                byContainer.merge(name(containers.of(cgroup).identity()), count, Long::sum);
            }
        });
        return new Loss(feed.lost(), byContainer, damaged);
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
        feed.close();
    }
}
