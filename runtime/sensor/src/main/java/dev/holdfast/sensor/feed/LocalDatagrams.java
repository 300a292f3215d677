package dev.holdfast.sensor.feed;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Passes datagrams to a socket that has a path, such as {@code /dev/log}, which the class library of Java has no way to do. The address is
 * {@code u16 family (1, AF_UNIX), path, u8 0}, 110 bytes at most. Used by one thread.
 */
public final class LocalDatagrams implements AutoCloseable {
    private static final int UNIX = 1;
    private static final int DATAGRAM = 2;
    private static final int CLOSED_IN_CHILDREN = 0x80000;
    private static final int LONGEST_PATH = 107;

    private final String name;
    private final int socket;
    private boolean isClosed;

    private LocalDatagrams(String name, int socket) {
        this.name = name;
        this.socket = socket;
    }

    /**
     * A way to the socket at a path.
     *
     * @throws IOException when there is none, or one that takes no datagrams
     */
    public static LocalDatagrams to(Path path) throws IOException {
        byte[] text = path.toString().getBytes(StandardCharsets.UTF_8);
        if (text.length > LONGEST_PATH) {
            throw new IOException(path + ": longer than the path of a socket can be");
        }
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(Native.CALL_STATE);
            int socket = Native.socket(state, UNIX, DATAGRAM | CLOSED_IN_CHILDREN, 0);
            if (socket < 0) {
                throw failed(path.toString(), socket);
            }
            MemorySegment address = arena.allocate(2 + text.length + 1L);
            address.set(ValueLayout.JAVA_SHORT_UNALIGNED, 0, (short) UNIX);
            MemorySegment.copy(text, 0, address, ValueLayout.JAVA_BYTE, 2, text.length);
            int outcome = Native.connect(state, socket, address);
            if (outcome < 0) {
                Native.close(state, socket);
                throw failed(path.toString(), outcome);
            }
            return new LocalDatagrams(path.toString(), socket);
        }
    }

    private static IOException failed(String name, int outcome) {
        return new IOException(name + ": no datagram can be sent there, error " + -outcome);
    }

    /** Passes one on. */
    public void send(byte[] message) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocate(Math.max(1, message.length));
            MemorySegment.copy(message, 0, bytes, ValueLayout.JAVA_BYTE, 0, message.length);
            int outcome = Native.send(arena.allocate(Native.CALL_STATE), socket, bytes.asSlice(0, message.length));
            if (outcome < 0) {
                throw failed(name, outcome);
            }
        }
    }

    @Override
    public void close() {
        if (!isClosed) {
            isClosed = true;
            try (Arena arena = Arena.ofConfined()) {
                Native.close(arena.allocate(Native.CALL_STATE), socket);
            }
        }
    }
}
