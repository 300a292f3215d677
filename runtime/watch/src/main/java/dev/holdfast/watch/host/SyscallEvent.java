package dev.holdfast.watch.host;

import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import java.util.Optional;

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

    @Override
    public boolean isEntry() {
        return head.isEntry;
    }

    @Override
    public void read(FieldUse use, Value into) {
        SyscallFields.read(this, use, into);
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
