package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The calls of the C library that hold folders and processes: no library but the C library is needed. */
final class SystemCalls {
    /** The same on every processor: calls since Linux 5.1 are numbered alike. */
    static final long PIDFD_SEND_SIGNAL = 424;

    static final long PIDFD_OPEN = 434;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
    private static final VarHandle ERRNO =
            Linker.Option.captureStateLayout().varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    static final MethodHandle OPEN = function("open", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT), WITH_ERRNO);
    static final MethodHandle CLOSE = function("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    static final MethodHandle ERROR_TEXT = function("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));

    /** {@code syscall(number, a, b, c, d)}, which takes a variable number of arguments. */
    static final MethodHandle SYSTEM_CALL = function(
            "syscall",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            WITH_ERRNO,
            Linker.Option.firstVariadicArg(1));

    private SystemCalls() {}

    private static MethodHandle function(String name, FunctionDescriptor signature, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, options);
    }

    /** The error number of a call that failed. */
    static int errno(java.lang.foreign.MemorySegment state) {
        return (int) ERRNO.get(state, 0L);
    }

    static String text(int errno) {
        try {
            java.lang.foreign.MemorySegment text = (java.lang.foreign.MemorySegment) ERROR_TEXT.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static void close(int descriptor) {
        try {
            int outcome = (int) CLOSE.invokeExact(descriptor);
            assert outcome == 0;
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static IllegalStateException broken(Throwable failed) {
        return new IllegalStateException("call of a native function", failed);
    }
}
