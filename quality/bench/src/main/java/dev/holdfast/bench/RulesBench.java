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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What one event costs with the three shipped files of rules about system calls (93 of them; {@code holdfast.shared}): 20,000 distinct events
 * of 200 processes, 60 % files that are opened, 25 % connections, 15 % programs that are started. Reading a field is one look into an array,
 * so the figure is that of the engine.
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

    /** An event whose values lie in an array by the number of the field. */
    private record ArrayEvent(EventType type, Object[] values, ProcessMemory process) implements Event {
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
            Object value = use.argument().isPresent() ? "" : values[use.field().number()];
            if (value instanceof String text && !text.isEmpty()) {
                into.set(text);
            } else if (value instanceof Long number) {
                into.set(number.longValue());
            } else if (value instanceof Boolean truth) {
                into.set(truth.booleanValue());
            }
        }
    }

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
            events.add(event(random, processes.get(process).clone(), memories.get(process)));
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

    private static Event event(Random random, Object[] values, ProcessMemory memory) {
        int kind = random.nextInt(100);
        set(values, "evt.rawres", 3L);
        set(values, "fd.num", 3L);
        if (kind < 60) {
            set(values, "fd.name", FOLDERS[random.nextInt(FOLDERS.length)] + "file" + random.nextInt(10_000));
            set(values, "fd.typechar", "f");
            set(values, "evt.is_open_read", true);
            set(values, "evt.is_open_write", random.nextInt(10) == 0);
            return new ArrayEvent(EventType.of("openat").orElseThrow(), values, memory);
        }
        if (kind < 85) {
            set(values, "fd.typechar", "4");
            set(values, "fd.l4proto", "tcp");
            set(values, "fd.sport", 443L);
            set(values, "fd.name", "10.0.0.1:40000->10.0.0.2:443");
            return new ArrayEvent(EventType.of("connect").orElseThrow(), values, memory);
        }
        return new ArrayEvent(EventType.of("execve").orElseThrow(), values, memory);
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
