package dev.holdfast.sensor;

import dev.holdfast.sensor.container.Cgroup;
import dev.holdfast.sensor.process.KernelProcess;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Events of control groups of which nobody knows yet whose they are: kept, in their order, until somebody does or patience ends. Bounded by
 * bytes: what comes when it is full does not wait. Owned by the thread that reads events.
 */
final class Waiting {
    /** An event as it was, with its process as that was. */
    record Held(Cgroup cgroup, byte[] record, KernelProcess process) {}

    /** Some hundred thousand events. */
    private static final long MOST = 32 << 20;

    private final long patience;
    private final Map<Cgroup, List<Held>> held = new LinkedHashMap<>();
    private long bytes;

    Waiting(long patience) {
        this.patience = patience;
    }

    boolean isEmpty() {
        return held.isEmpty();
    }

    /** Whether an event of this group has to wait: because nobody knows yet, or because others wait before it. */
    boolean mustWait(Cgroup cgroup, boolean isPending, long now) {
        return held.containsKey(cgroup) || (isPending && now - cgroup.since() < patience);
    }

    /** Keeps an event; false when there is no room. */
    boolean keep(Held event) {
        if (bytes + event.record.length > MOST) {
            return false;
        }
        bytes += event.record.length;
        held.computeIfAbsent(event.cgroup, _ -> new ArrayList<>()).add(event);
        return true;
    }

    /** Moves out the events whose waiting is over; false when there are none. */
    boolean release(long now, ArrayDeque<Held> into) {
        return held.values().removeIf(events -> {
            Cgroup cgroup = events.getFirst().cgroup;
            boolean isOver = !cgroup.isPending() || now - cgroup.since() >= patience;
            if (isOver) {
                events.forEach(each -> bytes -= each.record.length);
                into.addAll(events);
            }
            return isOver;
        });
    }
}
