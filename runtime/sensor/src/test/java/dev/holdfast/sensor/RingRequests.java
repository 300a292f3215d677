package dev.holdfast.sensor;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * A program that does its work through io_uring, without the system calls that a sensor looks at: makes a folder, opens a file through a link,
 * renames, unlinks, and connects to a port, all in its current folder.
 */
final class RingRequests {
    private static final int SETUP = 425;
    private static final int ENTER = 426;
    private static final int AT_FDCWD = -100;
    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle CALL = ofC(
            "syscall",
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG));
    private static final MethodHandle MAP =
            ofC("mmap", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG));
    private static final MethodHandle SOCKET =
            ofC("socket", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT));

    private final Arena arena = Arena.global();
    private final int ring;
    private final MemorySegment submissions;
    private final MemorySegment entries;
    private final MemorySegment offsets = arena.allocate(120, 8);

    private RingRequests() throws Throwable {
        ring = (int) call(SETUP, 4, offsets.address(), 0, 0);
        if (ring < 0) {
            throw new IllegalStateException("no io_uring here");
        }
        submissions = map(4096, 0);
        entries = map(4 * 64, 0x10000000L);
    }

    private static MethodHandle ofC(String name, FunctionDescriptor signature) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature);
    }

    private static long call(long number, long first, long second, long third, long fourth) throws Throwable {
        return (long) CALL.invokeExact(number, first, second, third, fourth, 0L, 0L);
    }

    private MemorySegment map(long bytes, long offset) throws Throwable {
        MemorySegment memory = (MemorySegment) MAP.invokeExact(MemorySegment.NULL, bytes, 3, 1, ring, offset);
        return memory.reinterpret(bytes);
    }

    /** One request, until it is done: its operation, descriptor, and what lies at the offsets 8, 16, 24 and 28 of an entry. */
    private void ask(int operation, int descriptor, long second, long address, int length, int flags) throws Throwable {
        MemorySegment entry = entries.asSlice(0, 64).fill((byte) 0);
        entry.set(JAVA_BYTE, 0, (byte) operation);
        entry.set(JAVA_INT, 4, descriptor);
        entry.set(JAVA_LONG, 8, second);
        entry.set(JAVA_LONG, 16, address);
        entry.set(JAVA_INT, 24, length);
        entry.set(JAVA_INT, 28, flags);
        int tail = offsets.get(
                JAVA_INT,
                40 + 4); // struct io_sqring_offsets: head, tail, ring_mask, ring_entries, flags, dropped, array
        int mask = submissions.get(JAVA_INT, offsets.get(JAVA_INT, 40 + 8));
        int array = offsets.get(JAVA_INT, 40 + 24);
        int at = submissions.get(JAVA_INT, tail);
        submissions.set(JAVA_INT, array + 4L * (at & mask), 0);
        submissions.set(JAVA_INT, tail, at + 1);
        if (call(ENTER, ring, 1, 1, 1) != 1) {
            throw new IllegalStateException("request " + operation + " was not taken");
        }
    }

    private long text(String text) {
        return arena.allocateFrom(text).address();
    }

    /** A struct sockaddr_in of this machine. */
    private long address(int port) {
        MemorySegment address = arena.allocate(16, 4);
        address.set(JAVA_SHORT, 0, (short) 2);
        address.set(JAVA_SHORT.withOrder(ByteOrder.BIG_ENDIAN), 2, (short) port);
        address.set(JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN), 4, 0x7f000001);
        return address.address();
    }

    /** The port to connect to. */
    public static void main(String[] words) throws Throwable {
        RingRequests requests = new RingRequests();
        requests.ask(37, AT_FDCWD, 0, requests.text("made"), 0755, 0);
        requests.ask(18, AT_FDCWD, 0, requests.text("link"), 0, 0);
        requests.ask(18, AT_FDCWD, 0, requests.text("no-such"), 0, 0);
        requests.ask(35, AT_FDCWD, requests.text("moved"), requests.text("made"), AT_FDCWD, 0);
        requests.ask(36, AT_FDCWD, 0, requests.text("moved"), 0, 0x200);
        int socket = (int) SOCKET.invokeExact(2, 1, 0);
        requests.ask(16, socket, 16, requests.address(Integer.parseInt(words[0].toLowerCase(Locale.ROOT))), 0, 0);
    }
}
