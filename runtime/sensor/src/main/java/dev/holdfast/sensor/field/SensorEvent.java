package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.OpenAspect;
import dev.holdfast.rules.event.ProcessMemory;
import dev.holdfast.rules.event.TextPlace;
import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.container.Identity;
import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import dev.holdfast.sensor.process.KernelProcess;
import dev.holdfast.sensor.process.Program;
import java.util.List;
import java.util.Optional;

/**
 * An event of the kernel as rules see it. One object is filled again for every event; what it says holds until the next one.
 *
 * <p>Texts come from the kernel's own objects where there are any: {@code fd.name} is the real path of an opened file, whatever links the
 * caller went through, and {@code fd.nameraw} what the caller wrote.
 */
public final class SensorEvent implements Event {
    private static final EventType[] TYPES = types();

    private final Users users;
    private final PathParts parts = new PathParts();
    private KernelEvent kernel = new KernelEvent();
    private Kind kind = Kind.EXIT;
    private Optional<KernelProcess> process = Optional.empty();
    private Program program = Program.UNKNOWN;
    private Identity identity = Identity.HOST;
    private ProcessMemory memory = ProcessMemory.NONE;
    private long time;
    private long number;

    /**
     * @param users the users of this machine
     */
    public SensorEvent(Users users) {
        this.users = users;
    }

    private static EventType[] types() {
        EventType[] types = new EventType[256];
        for (Kind kind : Kind.values()) {
            // Control groups are the sensor's own business; no rule can name them.
            types[kind.number()] = EventType.of(kind.word()).orElse(EventType.PLUGIN_EVENT);
        }
        return types;
    }

    /** Whether rules know events of this kind. */
    public static boolean isKnown(Kind kind) {
        return !TYPES[kind.number()].equals(EventType.PLUGIN_EVENT);
    }

    /** The arguments that events of a type tell, as {@code evt.arg} names them, in their order; none for a type that is not told. */
    public static List<String> arguments(EventType type) {
        return Kind.named(type.name()).map(Arguments::names).orElse(List.of());
    }

    /** Fills it with an event, of a process as it was when that happened. */
    public void fill(
            KernelEvent newKernel,
            KernelProcess newProcess,
            Identity newIdentity,
            ProcessMemory newMemory,
            long newTime,
            long newNumber) {
        kernel = newKernel;
        kind = newKernel.kind();
        if (process.isEmpty() || !process.get().equals(newProcess)) {
            process = Optional.of(newProcess);
        }
        program = newProcess.program();
        identity = newIdentity;
        memory = newMemory;
        time = newTime;
        number = newNumber;
    }

    @Override
    public String source() {
        return SYSCALL;
    }

    @Override
    public EventType type() {
        return TYPES[kind.number()];
    }

    @Override
    public long time() {
        return time;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public ProcessMemory process() {
        return memory;
    }

    @Override
    public void read(FieldUse use, Value into) {
        FieldReaders.read(this, use, into);
    }

    @Override
    public boolean locate(FieldUse use, TextPlace into) {
        return kind.body() == Kind.Body.OPEN && PathPlaces.locate(this, use, into);
    }

    @Override
    public int aspect() {
        if (kind.body() != Kind.Body.OPEN) {
            return kind.isFailedExecution() ? ExecutionAspect.FAILED : OpenAspect.UNKNOWN;
        }
        int flags = Flags.open(kind, kernel.openFlags());
        return OpenAspect.of(
                Flags.reads(flags), Flags.writes(flags), kernel.result() < 0, DescriptorFields.isFolder(kernel));
    }

    public Kind kind() {
        return kind;
    }

    /** What the kernel reported. */
    public KernelEvent kernel() {
        return kernel;
    }

    /** The process that did it. */
    public Optional<KernelProcess> actor() {
        return process;
    }

    /** What the process ran. */
    public Program program() {
        return program;
    }

    /** Whose process it is. */
    public Identity identity() {
        return identity;
    }

    PathParts parts() {
        return parts;
    }

    Users users() {
        return users;
    }
}
