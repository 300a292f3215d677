package dev.holdfast.watch.host;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.ExecutionAspect;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.Optional;
import java.util.Set;

/**
 * A system call of a task, or another event of the kernel. Tells what was known of the host at that moment: it must be asked before the
 * next event is followed.
 *
 * @param type of the event, {@link EventType#PLUGIN_EVENT} never
 * @param head what is said of every event
 * @param descriptor what the call works on, or has made; empty when none or unknown
 * @param descriptorNumber its number; -1 when there is none
 */
public record SyscallEvent(
        Host host,
        EventType type,
        Head head,
        Task task,
        Arguments arguments,
        Optional<Descriptor> descriptor,
        long descriptorNumber,
        boolean nameChanged)
        implements Event {
    private static final Set<String> NOTICES = Set.of(
            "asyncevent",
            "container",
            "cpu_hotplug",
            "notification",
            "tracer",
            "useradded",
            "userdeleted",
            "groupadded",
            "groupdeleted");

    /**
     * What is said of every event.
     *
     * @param time nanoseconds since the epoch
     * @param started when the first event was; of the same clock
     * @param previous when the one before was
     * @param latency nanoseconds from entry to return; -1 when unknown
     * @param isEntry whether the call has not returned yet
     * @param isSyscall whether it is a system call at all
     */
    public record Head(
            long number,
            long time,
            long started,
            long previous,
            long latency,
            int cpu,
            String category,
            boolean isEntry,
            boolean isSyscall) {}

    @Override
    public String source() {
        return Event.SYSCALL;
    }

    @Override
    public long time() {
        return head.time;
    }

    @Override
    public long number() {
        return head.number;
    }

    /** What is no call has no return, so it counts as an entry. */
    @Override
    public boolean isEntry() {
        return head.isEntry || !head.isSyscall;
    }

    @Override
    public void read(FieldUse use, Value into) {
        SyscallFields.read(this, use, into);
    }

    @Override
    public int aspect() {
        return ExecutionAspect.of(type, isFailed());
    }

    /** Whether it tells of the watching itself, such as a container that was found, and not of something that a process did. */
    public boolean isNotice() {
        return NOTICES.contains(type.name());
    }

    /** The result of the call; empty before it returned, and when it has none. */
    public Optional<Long> result() {
        if (head.isEntry) {
            return Optional.empty();
        }
        int index = arguments.indexOf("res");
        if (index < 0) {
            index = arguments.indexOf("fd");
            if (index != 0) {
                return Optional.empty();
            }
        }
        return arguments.isNumber(index) ? Optional.of(arguments.number(index)) : Optional.empty();
    }

    public boolean isFailed() {
        return result().filter(value -> value < 0).isPresent();
    }
}
