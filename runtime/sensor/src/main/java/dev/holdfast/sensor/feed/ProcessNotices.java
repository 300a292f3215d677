package dev.holdfast.sensor.feed;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The kernel's process connector: a netlink socket that tells forks, executions, ends and new names of all processes.
 *
 * <pre>
 * a message, both ways:
 *  0  u32 length, u16 kind, u16 flags, u32 sequence, u32 sender          nlmsghdr; kind 3 is a whole message
 * 16  u32 1, u32 1, u32 sequence, u32 answer, u16 length, u16 flags      cn_msg; the ones say "processes"
 * 36  u32 wish: 1 to begin                                               what we send
 * 36  u32 what, u32 processor, u64 time, then by what happened:          what we get
 * 52    1 fork           u32 thread and process that called, u32 thread and process that is new
 *       2 execution      u32 thread, process
 *       0x200 name       u32 thread, process, 16 bytes of name
 *       0x80000000 end   u32 thread, process, u32 code, ...
 * </pre>
 */
final class ProcessNotices implements AutoCloseable {
    /** Takes what is told; numbers are those of the first namespace of processes. */
    interface Listener {
        void forked(int caller, int child);

        void executed(int process);

        void renamed(int process);

        void ended(int process, int code);
    }

    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM_CLOEXEC_NONBLOCK = 2 | 0x80000 | 0x800;
    private static final int NETLINK_CONNECTOR = 11;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int BUFFER = 16 << 20;
    private static final int MESSAGE = 8_192;
    private static final int BODY = 52;

    private static final int FORK = 1;
    private static final int EXECUTION = 2;
    private static final int NAME = 0x200;
    private static final int END = 0x8000_0000;

    private final MemorySegment state;
    private final MemorySegment message;
    private final int socket;

    private ProcessNotices(Arena arena, int socket) {
        this.state = arena.allocate(Native.CALL_STATE);
        this.message = arena.allocate(MESSAGE, 8);
        this.socket = socket;
    }

    static ProcessNotices begin(Arena arena) throws IOException {
        MemorySegment state = arena.allocate(Native.CALL_STATE);
        int socket = Native.socket(state, AF_NETLINK, SOCK_DGRAM_CLOEXEC_NONBLOCK, NETLINK_CONNECTOR);
        if (socket < 0) {
            throw Native.failure("the process connector", socket);
        }
        ProcessNotices notices = new ProcessNotices(arena, socket);
        try {
            notices.ask(arena);
            return notices;
        } catch (IOException refused) {
            notices.close();
            throw refused;
        }
    }

    private void ask(Arena arena) throws IOException {
        MemorySegment size = arena.allocate(JAVA_INT);
        size.set(JAVA_INT, 0, BUFFER);
        int enlarged = Native.option(state, socket, SOL_SOCKET, SO_RCVBUFFORCE, size);
        assert enlarged <= 0; // without permission the usual size stays, and more may be lost, which is counted
        MemorySegment address = arena.allocate(12, 4);
        address.set(JAVA_SHORT, 0, (short) AF_NETLINK);
        address.set(JAVA_INT, 8, 1); // the group of processes
        int bound = Native.bind(state, socket, address);
        if (bound < 0) {
            throw Native.failure("the process connector", bound);
        }
        MemorySegment wish = arena.allocate(40, 4);
        wish.set(JAVA_INT, 0, 40);
        wish.set(JAVA_SHORT, 4, (short) 3);
        wish.set(JAVA_INT, 16, 1);
        wish.set(JAVA_INT, 20, 1);
        wish.set(JAVA_SHORT, 32, (short) 4);
        wish.set(JAVA_INT, 36, 1);
        int sent = Native.send(state, socket, wish);
        if (sent < 0) {
            throw Native.failure("the process connector", sent);
        }
    }

    int descriptor() {
        return socket;
    }

    /** Takes what is there; returns how often the kernel says that some were lost. */
    int read(Listener listener) {
        int lost = 0;
        int bytes = Native.read(state, socket, message);
        while (bytes >= 0 || bytes == -Native.ENOBUFS || bytes == -Native.EINTR) {
            if (bytes == -Native.ENOBUFS) {
                lost++;
            } else if (bytes >= BODY + 16) {
                tell(listener);
            }
            bytes = Native.read(state, socket, message);
        }
        return lost;
    }

    private void tell(Listener listener) {
        int thread = word(BODY);
        int process = word(BODY + 4);
        switch (word(36)) {
            case FORK -> {
                if (word(BODY + 8) == word(BODY + 12)) { // no thread
                    listener.forked(process, word(BODY + 12));
                }
            }
            case EXECUTION -> listener.executed(process);
            case NAME -> {
                if (thread == process) {
                    listener.renamed(process);
                }
            }
            case END -> {
                if (thread == process) {
                    listener.ended(process, word(BODY + 8));
                }
            }
            default -> {} // users, sessions, tracers: not asked
        }
    }

    private int word(long offset) {
        return message.get(JAVA_INT_UNALIGNED, offset);
    }

    @Override
    public void close() {
        Native.close(state, socket);
    }
}
