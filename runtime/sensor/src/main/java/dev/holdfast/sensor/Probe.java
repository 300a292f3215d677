package dev.holdfast.sensor;

import com.sun.management.OperatingSystemMXBean;
import dev.holdfast.core.ByteSize;
import dev.holdfast.sensor.event.Calls.Machine;
import dev.holdfast.sensor.event.Wishes;
import dev.holdfast.sensor.libbpf.KernelObject;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What this machine allows a sensor, found out by trying.
 *
 * @param tier what will be seen
 * @param findings each condition, met or not
 */
public record Probe(Tier tier, List<Finding> findings) {
    /** What is seen. */
    public enum Tier {
        /** Processes, files with their real paths, connections and system calls of every container. */
        KERNEL("kernel sensor (tracepoints)"),
        /** Processes and opened files, by what the kernel tells without programs. */
        NOTICES("notices of processes and files (process connector, fanotify)"),
        /** Nothing of the kernel; audit events and recordings can still be judged. */
        NONE("no kernel events");

        private final String words;

        Tier(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /**
     * One condition.
     *
     * @param name of what is needed
     * @param isMet whether it is there
     * @param detail what was found, and what to do when it is not enough
     */
    public record Finding(String name, boolean isMet, String detail) {}

    /** The inode of the first namespace of processes, fixed in the kernel (PROC_PID_INIT_INO). */
    private static final String FIRST_NAMESPACE = "pid:[4026531836]";

    /** What watching takes under a storm, by quality/bench/storm.sh, and some more. */
    private static final ByteSize ENOUGH_MEMORY = new ByteSize(200_000_000);

    /** Looks at the machine whose file system begins at a root, loads our programs once and takes them out again. */
    public static Probe of(Path root) {
        List<Finding> findings = new ArrayList<>();
        findings.add(machineFinding());
        findings.add(kernelFinding(root));
        findings.add(libraryFinding());
        boolean isPossible = findings.stream().allMatch(Finding::isMet);
        findings.add(memory());
        Finding loaded =
                isPossible ? loadFinding(root) : new Finding("programs", false, "not tried, for want of the above");
        findings.add(loaded);
        Finding notices = noticesFinding(root);
        findings.add(notices);
        return new Probe(
                loaded.isMet() ? Tier.KERNEL : notices.isMet() ? Tier.NOTICES : Tier.NONE, List.copyOf(findings));
    }

    /** Whether there is room for us: where the control group has less, the kernel ends us without a word. */
    public static Finding memory() {
        ByteSize given = new ByteSize(
                ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize());
        return memoryFinding(given);
    }

    static Finding memoryFinding(ByteSize given) {
        boolean isEnough = given.compareTo(ENOUGH_MEMORY) >= 0;
        String advice = isEnough
                ? ""
                : ", and watching takes up to " + ENOUGH_MEMORY + ": the kernel may end it without a word";
        return new Finding("memory", isEnough, given + " for this program" + advice);
    }

    private static Finding noticesFinding(Path root) {
        try (Sensor sensor = Sensor.startByNotices(idle(root))) {
            return new Finding(
                    "notices",
                    true,
                    "process connector and fanotify; not seen by them: " + String.join("; ", sensor.unseen()));
        } catch (IOException refused) {
            return new Finding("notices", false, message(refused));
        }
    }

    private static SensorRequest idle(Path root) {
        return new SensorRequest(Wishes.of(Set.of()), false, new ByteSize(1 << 20), Duration.ZERO, root);
    }

    private static Finding machineFinding() {
        try {
            return new Finding("processor", true, requireMachine().word());
        } catch (IOException other) {
            return new Finding("processor", false, message(other));
        }
    }

    private static Finding kernelFinding(Path root) {
        try {
            requireKernelTypes(root);
            return new Finding("kernel", true, release(root) + ", describes its types (BTF)");
        } catch (IOException absent) {
            return new Finding("kernel", false, message(absent));
        }
    }

    private static Finding libraryFinding() {
        return KernelObject.missingLibrary()
                .map(missing -> new Finding("libbpf", false, missing))
                .orElseGet(() -> new Finding("libbpf", true, KernelObject.libraryVersion()));
    }

    private static Finding loadFinding(Path root) {
        try (Sensor sensor = Sensor.start(idle(root))) {
            String unseen = sensor.unseen().isEmpty() ? "" : "; not seen: " + String.join("; ", sensor.unseen());
            return new Finding(
                    "programs",
                    true,
                    "verified and attached; " + sensor.processes() + " processes, "
                            + sensor.containers().size() + " containers" + unseen);
        } catch (IOException refused) {
            return new Finding("programs", false, message(refused));
        }
    }

    private static String message(IOException failed) {
        return Objects.requireNonNullElse(failed.getMessage(), "failed");
    }

    static Machine requireMachine() throws IOException {
        String architecture = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        return switch (architecture) {
            case "amd64", "x86_64" -> Machine.X86_64;
            case "aarch64" -> Machine.AARCH64;
            default ->
                throw new IOException("no kernel programs for the processor " + architecture
                        + "; there are some for x86-64 and arm64");
        };
    }

    /** All that is needed but for the permission to load programs. */
    static void requireKernel(Path root) throws IOException {
        requireKernelTypes(root);
        Optional<String> missing = KernelObject.missingLibrary();
        if (missing.isPresent()) {
            throw new IOException(missing.get());
        }
    }

    private static void requireKernelTypes(Path root) throws IOException {
        if (!Files.exists(root.resolve("sys/kernel/btf/vmlinux"))) {
            throw new IOException("the kernel " + release(root)
                    + " does not describe its types (/sys/kernel/btf/vmlinux is absent): Linux 5.8 or later with"
                    + " CONFIG_DEBUG_INFO_BTF is needed");
        }
    }

    private static String release(Path root) {
        try {
            return Files.readString(root.resolve("proc/sys/kernel/osrelease")).strip();
        } catch (IOException unknown) {
            return System.getProperty("os.version", "");
        }
    }

    static byte[] programs(Machine machine) throws IOException {
        return programs("sensor", machine);
    }

    /**
     * Our compiled programs of a kind ({@code sensor}, {@code respond}) for this machine's processor.
     *
     * @throws IOException when there are none for it
     */
    public static byte[] programs(String kind) throws IOException {
        return programs(kind, requireMachine());
    }

    private static byte[] programs(String kind, Machine machine) throws IOException {
        String name = kind + "-" + machine.word() + ".bpf.o";
        try (InputStream stream = Objects.requireNonNull(Probe.class.getResourceAsStream(name), name)) {
            return stream.readAllBytes();
        }
    }

    /** Our own number as the kernel counts; 0 when we run in a namespace of our own and do not know it. */
    static int ownPid(Path root) throws IOException {
        Path namespace = root.resolve("proc/self/ns/pid");
        boolean isFirst = Files.exists(namespace, LinkOption.NOFOLLOW_LINKS)
                && Files.readSymbolicLink(namespace).toString().equals(FIRST_NAMESPACE);
        return isFirst ? (int) ProcessHandle.current().pid() : 0;
    }
}
