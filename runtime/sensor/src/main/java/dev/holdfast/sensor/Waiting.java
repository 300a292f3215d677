package dev.holdfast.sensor;

import dev.holdfast.sensor.container.Cgroup;
import dev.holdfast.sensor.process.KernelProcess;
import dev.holdfast.sensor.process.Program;
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
    /** An event as it was, with what its process ran then. */
    record Held(byte[] record, KernelProcess process, Program program) {}

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
    boolean keep(Cgroup cgroup, Held event) {
        if (bytes + event.record.length > MOST) {
            return false;
        }
        bytes += event.record.length;
        held.computeIfAbsent(cgroup, _ -> new ArrayList<>()).add(event);
        return true;
    }

    /** Takes out the groups whose waiting is over. */
    ArrayDeque<Map.Entry<Cgroup, List<Held>>> over(long now) {
        ArrayDeque<Map.Entry<Cgroup, List<Held>>> over = new ArrayDeque<>();
        held.entrySet().removeIf(entry -> {
            boolean isOver = !entry.getKey().isPending() || now - entry.getKey().since() >= patience;
            if (isOver) {
                over.add(Map.entry(entry.getKey(), entry.getValue()));
                entry.getValue().forEach(each -> bytes -= each.record.length);
            }
            return isOver;
        });
        return over;
    }
}
