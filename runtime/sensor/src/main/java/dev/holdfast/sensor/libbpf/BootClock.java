package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** The clock that events are stamped with: since boot, sleep included. It needs no libbpf. */
public final class BootClock {
    private static final int CLOCK_BOOTTIME = 7;
    private static final MethodHandle TIME = Linker.nativeLinker()
            .downcallHandle(
                    Linker.nativeLinker().defaultLookup().findOrThrow("clock_gettime"),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));

    private BootClock() {}

    /** Nanoseconds since the machine booted. */
    public static long nanos() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment time = arena.allocate(JAVA_LONG, 2);
            int outcome = (int) TIME.invokeExact(CLOCK_BOOTTIME, time);
            assert outcome == 0;
            return time.getAtIndex(JAVA_LONG, 0) * 1_000_000_000L + time.getAtIndex(JAVA_LONG, 1);
        } catch (Throwable failed) {
            throw new IllegalStateException("the clock cannot be read", failed);
        }
    }
}
