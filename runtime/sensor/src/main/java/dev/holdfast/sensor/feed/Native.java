package dev.holdfast.sensor.feed;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/** The functions of the C library that notices need. Every one gives a number; below zero it is an error number's negative. */
final class Native {
    static final int EAGAIN = 11;
    static final int EINTR = 4;
    static final int ENOBUFS = 105;

    private static final Linker LINKER = Linker.nativeLinker();
    private static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
    static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
    private static final MethodHandle SOCKET = function("socket", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle OPTION =
            function("setsockopt", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle BIND = function("bind", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle CONNECT = function("connect", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
    private static final MethodHandle SEND = function("send", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle READ = function("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
    private static final MethodHandle CLOSE = function("close", JAVA_INT, JAVA_INT);
    private static final MethodHandle POLL = function("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);
    private static final MethodHandle WATCH = function("fanotify_init", JAVA_INT, JAVA_INT, JAVA_INT);
    private static final MethodHandle MARK =
            function("fanotify_mark", JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS);

    private Native() {}

    private static MethodHandle function(String name, MemoryLayout result, MemoryLayout... arguments) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(result, arguments), WITH_ERRNO);
    }

    private static long outcome(MemorySegment state, long result) {
        return result >= 0 ? result : -(int) ERRNO.get(state, 0L);
    }

    static int socket(MemorySegment state, int family, int kind, int protocol) {
        try {
            return (int) outcome(state, (int) SOCKET.invokeExact(state, family, kind, protocol));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int option(MemorySegment state, int socket, int level, int option, MemorySegment value) {
        try {
            return (int) outcome(
                    state, (int) OPTION.invokeExact(state, socket, level, option, value, (int) value.byteSize()));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int bind(MemorySegment state, int socket, MemorySegment address) {
        try {
            return (int) outcome(state, (int) BIND.invokeExact(state, socket, address, (int) address.byteSize()));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int connect(MemorySegment state, int socket, MemorySegment address) {
        try {
            return (int) outcome(state, (int) CONNECT.invokeExact(state, socket, address, (int) address.byteSize()));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int send(MemorySegment state, int socket, MemorySegment message) {
        try {
            return (int) outcome(state, (long) SEND.invokeExact(state, socket, message, message.byteSize(), 0));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int read(MemorySegment state, int descriptor, MemorySegment into) {
        try {
            return (int) outcome(state, (long) READ.invokeExact(state, descriptor, into, into.byteSize()));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static void close(MemorySegment state, int descriptor) {
        try {
            int outcome = (int) CLOSE.invokeExact(state, descriptor);
            assert outcome <= 0; // nothing can be done about a failure
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    /** Waits for any of some descriptors, in structures of s32 descriptor, s16 asked, s16 answered. */
    static void poll(MemorySegment state, MemorySegment asked, int millis) {
        try {
            int outcome = (int) POLL.invokeExact(state, asked, asked.byteSize() / 8, millis);
            assert outcome <= asked.byteSize(); // below zero when a signal ended it
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int watchFiles(MemorySegment state, int flags, int fileFlags) {
        try {
            return (int) outcome(state, (int) WATCH.invokeExact(state, flags, fileFlags));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static int mark(MemorySegment state, int watch, int flags, long mask, int folder, MemorySegment path) {
        try {
            return (int) outcome(state, (int) MARK.invokeExact(state, watch, flags, mask, folder, path));
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static IOException failure(String what, int outcome) {
        String why = switch (-outcome) {
            case 1, 13 -> "not permitted; run as root, or with CAP_NET_ADMIN and CAP_SYS_ADMIN";
            case 22, 38, 93, 97, 111 -> "this kernel does not have it";
            default -> "error " + -outcome;
        };
        return new IOException(what + ": " + why);
    }

    /** Method handles declare Throwable; a call with a checked signature throws nothing but errors of ours. */
    private static IllegalStateException broken(Throwable failed) {
        return new IllegalStateException("call of a native function", failed);
    }
}
