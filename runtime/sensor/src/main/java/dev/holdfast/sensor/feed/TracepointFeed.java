package dev.holdfast.sensor.feed;

import dev.holdfast.sensor.event.Calls;
import dev.holdfast.sensor.event.Calls.Machine;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.libbpf.KernelObject;
import dev.holdfast.sensor.libbpf.Ring;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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

    /**
     * How many milliseconds we sleep when nothing happens, and after something did. New control groups wake us: a container's whole life may be
     * 20 ms.
     */
    private static final int LONGEST_PAUSE = 50;

    private static final int USUAL_PAUSE = 20;

    private static final int SHORTEST_PAUSE = 1;
    /** How much the kernel may have written meanwhile, in any case: half a gigabyte a second. */
    private static final int BYTES_A_MILLISECOND = 1 << 19;

    private static final int CGROUPS = 4_096;
    private static final String FIRST_NUMBERS = "pid:[4026531836]";

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
    private final HostGroups hosts = new HostGroups();
    private final boolean seesRequests;
    private final int longestPause;
    /** Whether there was a record since the last pause. */
    private boolean isBusy;

    private TracepointFeed(Machine machine, KernelObject object, Ring ring, boolean seesRequests) {
        this.machine = machine;
        this.object = object;
        this.ring = ring;
        this.seesRequests = seesRequests;
        this.longestPause = Math.clamp(ring.size() / BYTES_A_MILLISECOND, SHORTEST_PAUSE, LONGEST_PAUSE);
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
    public void want(Wishes wanted) throws IOException {
        object.map(".data.wishes").write(0, Calls.wishes(machine, wanted));
        object.map(".data.kinds").write(0, Calls.kinds(wanted));
        object.map(".data.aspects").write(0, Calls.aspects(wanted));
    }

    @Override
    public void leaveOut(long cgroup) {
        if (hosts.add(cgroup)) {
            tell(cgroup);
        }
    }

    @Override
    public void takeIn(long cgroup) {
        if (hosts.remove(cgroup)) {
            tell(cgroup);
        }
    }

    private void tell(long cgroup) {
        int place = HostGroups.place(cgroup);
        try {
            object.map("hosts").write(place, hosts.at(place));
        } catch (IOException refused) {
            // Of a group that the programs do not know everything is told, and one that has ended does nothing any
            // more.
        }
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
        int count = ring.drain(most, reader);
        isBusy |= count > 0;
        return count;
    }

    @Override
    public void await(boolean isHurried) {
        int pause = isBusy ? Math.min(USUAL_PAUSE, longestPause) : longestPause;
        isBusy = false;
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
        List<String> unseen = new ArrayList<>();
        if (!seesRequests) {
            unseen.add(
                    "requests through io_uring: this kernel does not tell them; that a process sets a ring up is seen");
        }
        if (!hasNumbersOfTheMachine()) {
            unseen.add(
                    "what processes older than the watch run, and which calls are our own: it was started in a name space of process numbers of its"
                            + " own (--pid=host has a container see those of the machine)");
        }
        return List.copyOf(unseen);
    }

    /** Whether processes have the same numbers for us as for the kernel: the first name space has a number that the kernel never changes. */
    private static boolean hasNumbersOfTheMachine() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/ns/pid"))
                    .toString()
                    .equals(FIRST_NUMBERS);
        } catch (IOException unknown) {
            return true;
        }
    }

    @Override
    public void close() {
        ring.close();
        object.close();
    }
}
