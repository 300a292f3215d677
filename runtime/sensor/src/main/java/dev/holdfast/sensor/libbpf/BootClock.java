package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The clock that events are stamped with: since boot, sleep included. */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;

    private BootClock() {}

    /** Nanoseconds since the machine booted. */
    public static long nanos() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            int outcome = (int) Libbpf.TIME.invokeExact(CLOCK_BOOTTIME, time);
            assert outcome == 0;
            return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000L + time.getAtIndex(JAVA_LONG, 1);
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }
}
