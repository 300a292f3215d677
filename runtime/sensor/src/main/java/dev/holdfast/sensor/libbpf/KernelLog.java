package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * What libbpf would print on stderr: kept, the last of it, for the one message that a failure gets. The library calls back with a format and
 * a {@code va_list}, which travels as a pointer on x86-64 and AArch64 alike and goes on to {@code vsnprintf}.
 */
final class KernelLog {
    /** The verifier tells at the end of its log what it did not like; the lines before are its walk through the program. */
    private static final int KEPT = 4_096;

    private static final int MESSAGE = 64 << 10;
    private static final StringBuilder LAST = new StringBuilder();
    private static boolean isHooked;

    private KernelLog() {}

    /** Takes the library's messages from now on, for the whole program. */
    static synchronized void hook() {
        if (isHooked) {
            return;
        }
        try {
            MemorySegment stub = Libbpf.upcall(
                    MethodHandles.lookup()
                            .findStatic(
                                    KernelLog.class,
                                    "print",
                                    MethodType.methodType(
                                            int.class, int.class, MemorySegment.class, MemorySegment.class)),
                    FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
            MemorySegment before = (MemorySegment) Libbpf.SET_PRINT.invokeExact(stub);
            isHooked = before.address() != stub.address();
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    static synchronized void clear() {
        LAST.setLength(0);
    }

    /** The last line that says something, without the library's own summing up. */
    static synchronized String reason() {
        String reason = "";
        for (String line : LAST.toString().split("\n")) {
            boolean isSummary = line.isBlank()
                    || line.startsWith("processed ")
                    || line.startsWith("--")
                    || line.contains("failed to load");
            if (!isSummary) {
                reason = line.strip();
            }
        }
        return reason;
    }

    /** Called by libbpf. Whatever is thrown here would end the program, so nothing is. */
    @SuppressWarnings("unused") // by its name, in hook()
    private static int print(int level, MemorySegment format, MemorySegment arguments) {
        if (level > 1) { // debugging
            return 0;
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment text = arena.allocate(MESSAGE);
            int length = (int) Libbpf.FORMAT.invokeExact(text, (long) MESSAGE, format, arguments);
            keep(text.getString(0));
            return length;
        } catch (Throwable failed) {
            return 0;
        }
    }

    private static synchronized void keep(String text) {
        LAST.append(text);
        if (LAST.length() > KEPT) {
            LAST.delete(0, LAST.length() - KEPT);
        }
    }
}
