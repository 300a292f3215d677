package dev.holdfast.sensor.libbpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** A process that is held: a signal reaches it or nobody, even when its number has been given to another one. */
public final class HeldProcess implements AutoCloseable {
    public static final int SIGKILL = 9;

    private static final int ESRCH = 3;

    private final int descriptor;

    private HeldProcess(int descriptor) {
        this.descriptor = descriptor;
    }

    /**
     * The process that has this number now; empty when there is none.
     *
     * @throws IOException when the kernel does not let us, or has no such descriptors (before 5.3)
     */
    public static Optional<HeldProcess> of(int pid) throws IOException {
        long outcome = call(SystemCalls.PIDFD_OPEN, pid, 0);
        if (outcome >= 0) {
            return Optional.of(new HeldProcess((int) outcome));
        }
        if (outcome == -ESRCH) {
            return Optional.empty();
        }
        throw new IOException("process " + pid + " cannot be held: " + SystemCalls.text((int) -outcome));
    }

    /** Sends a signal; false when the process has ended. */
    public boolean signal(int number) throws IOException {
        long outcome = call(SystemCalls.PIDFD_SEND_SIGNAL, descriptor, number);
        if (outcome < 0 && outcome != -ESRCH) {
            throw new IOException("a process cannot be sent a signal: " + SystemCalls.text((int) -outcome));
        }
        return outcome == 0;
    }

    /** What the call gives, or its error number below zero. */
    private static long call(long number, long first, long second) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(SystemCalls.CALL_STATE);
            long outcome = (long) SystemCalls.SYSTEM_CALL.invokeExact(state, number, first, second, 0L, 0L);
            return outcome < 0 ? -SystemCalls.errno(state) : outcome;
        } catch (Throwable failed) {
            throw SystemCalls.broken(failed);
        }
    }

    @Override
    public void close() {
        SystemCalls.close(descriptor);
    }
}
