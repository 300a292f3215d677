package dev.holdfast.bench;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.RuleEngine;
import dev.holdfast.rules.RuleFile;
import dev.holdfast.rules.RuleLoader;
import dev.holdfast.rules.RuleSelection;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.Value;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event costs with the three shipped files of rules about system calls (93 of them; {@code holdfast.shared}): 20,000 distinct events
 * of 200 processes, 60 % files that are opened, 25 % connections, 15 % programs that are started. Reading a field is one look into an array,
 * so the figure is that of the
 * engine. No rule holds, as on an ordinary server.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = "-XX:+UseSerialGC")
public class RulesBench {
    private static final int EVENTS = 20_000;
    private static final int PROCESSES = 200;
    private static final String[] NAMES = {"nginx", "postgres", "java", "node", "redis-server", "python3"};
    private static final String[] FOLDERS = {
        "/usr/lib/", "/var/lib/postgresql/", "/proc/self/", "/srv/app/", "/etc/ssl/", "/tmp/"
    };

    /** Where ordinary servers write. */
    private static final List<String> WRITTEN = List.of("/var/lib/postgresql/", "/srv/app/", "/tmp/");

    /** The fields that an event has of its own; all others are those of its process. */
    private static final List<String> OWN = List.of(
            "evt.rawres",
            "fd.num",
            "fd.name",
            "fd.directory",
            "fd.filename",
            "fd.typechar",
            "evt.is_open_read",
            "evt.is_open_write",
            "fd.l4proto",
            "fd.sport");

    /** Where a field lies among those of the event, by its number; -1 for fields of the process. */
    private static final int[] PLACES = places();

    private static int[] places() {
        int[] places = new int[FieldCatalogue.standard().all().size()];
        Arrays.fill(places, -1);
        for (int i = 0; i < OWN.size(); i++) {
            places[FieldCatalogue.standard().field(OWN.get(i)).orElseThrow().number()] = i;
        }
        return places;
    }

    /** An event whose values lie in an array, as small as those of the kernel; what belongs to the process is shared. */
    private record ArrayEvent(EventType type, Object[] own, Object[] ofProcess, ProcessMemory process)
            implements Event {
        @Override
        public String source() {
            return SYSCALL;
        }

        @Override
        public long time() {
            return 0;
        }

        @Override
        public long number() {
            return 1;
        }

        @Override
        public void read(FieldUse use, Value into) {
            int place = PLACES[use.field().number()];
            Object value = use.argument().isPresent()
                    ? ""
                    : place < 0 ? ofProcess[use.field().number()] : own[place];
            if (value instanceof String text && !text.isEmpty()) {
                into.set(text);
            } else if (value instanceof Long number) {
                into.set(number.longValue());
            } else if (value instanceof Boolean truth) {
                into.set(truth.booleanValue());
            }
        }
    }

    @Param({"mixed", "openat", "connect", "execve"})
    public String kinds = "mixed";

    private RuleEngine.Matcher matcher = RuleEngine.of(
                    new RuleLoader(Limits.DEFAULT).load(List.of()).rules(), RuleSelection.ALL, RuleEngine.Matching.ALL)
            .matcher();
    private final List<Event> events = new ArrayList<>();

    @Setup
    public void load() throws InputException, IOException {
        Path folder = Path.of(System.getProperty("holdfast.shared", "../shared"), "oracles/falco/shipped-rules");
        List<RuleFile> files = new ArrayList<>();
        for (String name : List.of("falco_rules.yaml", "falco-incubating_rules.yaml", "falco-sandbox_rules.yaml")) {
            files.add(RuleFile.read(folder.resolve(name), Limits.DEFAULT));
        }
        LoadedRules loaded = new RuleLoader(Limits.DEFAULT).load(files);
        matcher = RuleEngine.of(loaded.rules(), RuleSelection.ALL, RuleEngine.Matching.ALL)
                .matcher();
        Random random = new Random(1);
        List<Object[]> processes = new ArrayList<>();
        List<ProcessMemory> memories = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            processes.add(process(random));
            memories.add(new ProcessMemory());
        }
        for (int i = 0; i < EVENTS; i++) {
            int process = random.nextInt(PROCESSES);
            events.add(event(random, processes.get(process), memories.get(process)));
        }
    }

    private static void set(Object[] values, String field, Object value) {
        values[FieldCatalogue.standard().field(field).orElseThrow().number()] = value;
    }

    private static Object[] process(Random random) {
        Object[] values = new Object[FieldCatalogue.standard().all().size()];
        String name = NAMES[random.nextInt(NAMES.length)];
        set(values, "proc.name", name);
        set(values, "proc.pname", "containerd-shim");
        set(values, "proc.exepath", "/usr/bin/" + name);
        set(values, "proc.cmdline", name + " --serve " + random.nextInt(1000));
        set(values, "proc.args", "--serve");
        set(values, "proc.pcmdline", "containerd-shim -id 1");
        set(values, "container.id", "3ad7b26ded6d");
        set(values, "container.image.repository", "shop/" + name);
        set(values, "proc.vpid", 1L + random.nextInt(100));
        set(values, "user.name", "www-data");
        set(values, "proc.is_exe_upper_layer", false);
        return values;
    }

    private Event event(Random random, Object[] process, ProcessMemory memory) {
        Object[] own = new Object[OWN.size()];
        int kind = switch (kinds) {
            case "openat" -> 0;
            case "connect" -> 60;
            case "execve" -> 85;
            default -> random.nextInt(100);
        };
        setOwn(own, "evt.rawres", 3L);
        setOwn(own, "fd.num", 3L);
        if (kind < 60) {
            String folder = FOLDERS[random.nextInt(FOLDERS.length)];
            String name = "file" + random.nextInt(10_000);
            setOwn(own, "fd.name", folder + name);
            setOwn(own, "fd.directory", folder.substring(0, folder.length() - 1));
            setOwn(own, "fd.filename", name);
            setOwn(own, "fd.typechar", "f");
            setOwn(own, "evt.is_open_read", true);
            setOwn(own, "evt.is_open_write", WRITTEN.contains(folder) && random.nextInt(5) == 0);
            return new ArrayEvent(EventType.of("openat").orElseThrow(), own, process, memory);
        }
        if (kind < 85) {
            setOwn(own, "fd.typechar", "4");
            setOwn(own, "fd.l4proto", "tcp");
            setOwn(own, "fd.sport", 443L);
            setOwn(own, "fd.name", "10.0.0.1:40000->10.0.0.2:443");
            return new ArrayEvent(EventType.of("connect").orElseThrow(), own, process, memory);
        }
        return new ArrayEvent(EventType.of("execve").orElseThrow(), own, process, memory);
    }

    private static void setOwn(Object[] own, String field, Object value) {
        own[OWN.indexOf(field)] = value;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public int matchEvent() {
        int matched = 0;
        for (int i = 0; i < EVENTS; i++) {
            matched += matcher.match(events.get(i)).size();
        }
        return matched;
    }
}
