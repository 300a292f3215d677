package dev.holdfast.sensor.feed;

import dev.holdfast.sensor.event.Calls;
import dev.holdfast.sensor.event.Calls.Machine;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.libbpf.KernelObject;
import dev.holdfast.sensor.libbpf.Ring;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Our programs at the kernel's tracepoints, and the ring that they write into. */
public final class TracepointFeed implements Feed {
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

    /** How many milliseconds we sleep when nothing happens. New control groups wake us: a container's whole life may be 20 ms. */
    private static final int LONGEST_PAUSE = 20;

    private static final int SHORTEST_PAUSE = 1;
    /** How much the kernel may have written meanwhile, in any case: half a gigabyte a second. */
    private static final int BYTES_A_MILLISECOND = 1 << 19;

    private static final int CGROUPS = 4_096;

    /**
     * How to load.
     *
     * @param programs compiled for this machine
     * @param ring of so many bytes
     * @param ownPid of this process, which is not reported; 0 when it is unknown
     * @param withEnvironment whether the environment of executed programs is copied
     */
    public record Settings(Machine machine, byte[] programs, int ring, int ownPid, boolean withEnvironment) {}

    private final Machine machine;
    private final KernelObject object;
    private final Ring ring;
    private final boolean seesRequests;
    private final int pause;

    private TracepointFeed(Machine machine, KernelObject object, Ring ring, boolean seesRequests) {
        this.machine = machine;
        this.object = object;
        this.ring = ring;
        this.seesRequests = seesRequests;
        this.pause = Math.clamp(ring.size() / BYTES_A_MILLISECOND, SHORTEST_PAUSE, LONGEST_PAUSE);
    }

    /**
     * Loads the programs, those about io_uring only where the kernel takes them.
     *
     * @throws IOException in a line, when the kernel refuses
     */
    public static TracepointFeed load(Settings settings) throws IOException {
        boolean seesRequests = true;
        KernelObject object;
        try {
            object = load(settings, List.of());
        } catch (IOException refused) {
            try {
                object = load(settings, REQUEST_PROGRAMS);
                seesRequests = false;
            } catch (IOException again) {
                refused.addSuppressed(again);
                throw refused;
            }
        }
        try {
            return new TracepointFeed(settings.machine, object, object.ring("events"), seesRequests);
        } catch (IOException | RuntimeException failed) {
            object.close();
            throw failed;
        }
    }

    private static KernelObject load(Settings settings, List<String> without) throws IOException {
        KernelObject object = KernelObject.open(settings.programs);
        try {
            object.size("events", settings.ring);
            object.configure(".rodata", settings.ownPid, settings.withEnvironment ? 1 : 0);
            without.forEach(object::leaveOut);
            object.load();
            return object;
        } catch (IOException | RuntimeException failed) {
            object.close();
            throw failed;
        }
    }

    @Override
    public void want(Set<Kind> wanted) throws IOException {
        object.map(".data.wishes").write(0, Calls.wishes(machine, wanted));
        object.map(".data.kinds").write(0, Calls.kinds(wanted));
    }

    @Override
    public void begin() throws IOException {
        for (String program : PROGRAMS) {
            object.attach(program);
        }
        if (seesRequests) {
            for (String program : REQUEST_PROGRAMS) {
                object.attach(program);
            }
        }
    }

    @Override
    public int drain(int most, Ring.Reader reader) {
        return ring.drain(most, reader);
    }

    @Override
    public void await(boolean isHurried) {
        ring.await(isHurried ? SHORTEST_PAUSE : pause);
    }

    @Override
    public long lost() {
        return object.map("lost").sum(0);
    }

    @Override
    public Map<Long, Long> lostByCgroup() {
        Map<Long, Long> lost = new HashMap<>();
        object.map("lost_by_cgroup").each(CGROUPS, (cgroup, count) -> {
            lost.put(cgroup, count);
            return count;
        });
        return lost;
    }

    @Override
    public List<String> unseen() {
        return seesRequests
                ? List.of()
                : List.of(
                        "requests through io_uring: this kernel does not tell them; that a process sets a ring up is seen");
    }

    @Override
    public void close() {
        ring.close();
        object.close();
    }
}
