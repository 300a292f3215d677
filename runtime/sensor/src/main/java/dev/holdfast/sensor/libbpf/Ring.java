package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;
import java.util.List;

/**
 * The reading end of a ring buffer of the kernel, in memory that both map: no call into the kernel per event, and none to wait for one.
 *
 * <pre>
 * page 0      written by us: u64, how far we have read
 * page 1      written by the kernel: u64, how far it has reserved
 * pages 2...  the data, mapped twice one behind the other, so that no record is cut where the ring ends
 *
 * record      u32 length, with bit 31 while its writer is still writing and bit 30 when it was given up
 *             u32 of the kernel's own; then the bytes; the next record starts at a multiple of 8
 * </pre>
 *
 * Positions only grow; the length's bits and the kernel's position are read with acquire, ours is written with release, for up to {@value
 * #BATCH} records at once: a write shared with the kernel costs more than reading a record. Owned by one thread.
 */
public final class Ring implements AutoCloseable {
    /** Takes a record, which holds until it returns. */
    @FunctionalInterface
    public interface Reader {
        void read(Bytes record);
    }

    private static final int BATCH = 256;
    private static final int HEAD = 8;
    private static final int LENGTH = (1 << 30) - 1;
    private static final int GIVEN_UP = 1 << 30;
    private static final int SC_PAGESIZE = 30;
    private static final int PROT_READ = 1;
    private static final int PROT_READ_WRITE = 3;
    private static final int MAP_SHARED = 1;
    private static final VarHandle POSITION = JAVA_LONG.varHandle();
    private static final VarHandle RECORD = JAVA_INT.varHandle();

    private static final short POLLIN = 1;

    private final Arena arena;
    /** What poll(2) takes: s32 descriptor, u16 asked, u16 answered. */
    private final MemorySegment asked;

    private final MemorySegment ours;
    private final MemorySegment kernels;
    private final MemorySegment records;
    private final long mask;
    private final Bytes record;
    private long position;
    /** How far the kernel had written when we looked last: looking takes a line of memory from it. */
    private long end;

    private int unpublished;

    private Ring(Arena arena, int descriptor, MemorySegment ours, MemorySegment kernels, long page, int size) {
        this.arena = arena;
        this.asked = arena.allocate(8, 4);
        asked.set(JAVA_INT, 0, descriptor);
        asked.set(JAVA_SHORT, 4, POLLIN);
        this.ours = ours;
        this.kernels = kernels;
        this.records = kernels.asSlice(page);
        this.mask = size - 1L;
        this.record = Bytes.empty();
        this.position = (long) POSITION.getAcquire(ours, 0L);
    }

    static Ring map(int descriptor, int size) throws IOException {
        Arena arena = Arena.ofShared();
        try {
            long page = (long) Libbpf.SYSTEM_VALUE.invokeExact(SC_PAGESIZE);
            MemorySegment ours = memory(arena, descriptor, page, PROT_READ_WRITE, 0);
            MemorySegment kernels = memory(arena, descriptor, page + 2L * size, PROT_READ, page);
            return new Ring(arena, descriptor, ours, kernels, page, size);
        } catch (IOException | RuntimeException | Error failed) {
            arena.close();
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** A ring without a kernel, which holds these records and nothing else; see {@link #again}. */
    public static Ring of(List<byte[]> all) {
        Arena arena = Arena.ofShared();
        long bytes = all.stream().mapToLong(each -> padded(each.length)).sum() + HEAD;
        int size = Integer.highestOneBit(Math.toIntExact(bytes)) << 1;
        MemorySegment kernels = arena.allocate(HEAD + size, HEAD);
        long at = HEAD;
        for (byte[] each : all) {
            kernels.set(JAVA_INT, at, each.length);
            MemorySegment.copy(each, 0, kernels, JAVA_BYTE, at + HEAD, each.length);
            at += padded(each.length);
        }
        kernels.set(JAVA_INT, at, (int) (size - at) | GIVEN_UP); // what is left of it
        return new Ring(arena, -1, arena.allocate(HEAD, HEAD), kernels, HEAD, size);
    }

    /** Lets a ring without a kernel hand over all of its records once more. */
    public void again() {
        POSITION.setRelease(kernels, 0L, (long) POSITION.getAcquire(kernels, 0L) + size());
    }

    private static long padded(int length) {
        return (length + HEAD + 7L) & ~7L;
    }

    private static MemorySegment memory(Arena arena, int descriptor, long bytes, int access, long offset)
            throws Throwable {
        MemorySegment state = arena.allocate(Libbpf.CALL_STATE);
        MemorySegment start = (MemorySegment)
                Libbpf.MAP_MEMORY.invokeExact(state, MemorySegment.NULL, bytes, access, MAP_SHARED, descriptor, offset);
        if (start.address() == -1L) {
            throw Libbpf.failure("the ring of events cannot be mapped", (int) Libbpf.ERRNO.get(state, 0L));
        }
        return start.reinterpret(bytes, arena, Ring::unmap);
    }

    private static void unmap(MemorySegment memory) {
        try {
            int outcome = (int) Libbpf.UNMAP_MEMORY.invokeExact(memory, memory.byteSize());
            assert outcome == 0;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Hands over what is there, at most so many records; returns how many. */
    public int drain(int most, Reader reader) {
        int read = 0;
        while (read < most && isMore()) {
            int head = (int) RECORD.getAcquire(records, position & mask);
            if (head < 0) { // its writer is not done
                publish();
                return read;
            }
            int length = head & LENGTH;
            long start = (position & mask) + HEAD;
            position += padded(length);
            if ((head & GIVEN_UP) == 0) {
                read++;
                record.load(records, start, length);
                reader.read(record);
            }
            if (++unpublished >= BATCH) {
                publish();
            }
        }
        return read;
    }

    private boolean isMore() {
        if (position < end) {
            return true;
        }
        publish();
        end = (long) POSITION.getAcquire(kernels, 0L);
        return position < end;
    }

    private void publish() {
        if (unpublished > 0) {
            POSITION.setRelease(ours, 0L, position);
            unpublished = 0;
        }
    }

    /**
     * Sleeps until there is a record, at most so long. The kernel wakes us for few of them: of the others those are seen that are there when
     * this begins, and what comes later when the time is over.
     */
    public void await(int millis) {
        try {
            int answer = (int) Libbpf.POLL.invokeExact(asked, 1L, millis);
            assert answer <= 1; // below zero when a signal ended it: as good as the time being over
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** How many bytes it holds. */
    public long size() {
        return mask + 1;
    }

    /** How many bytes wait to be read. */
    public long backlog() {
        return (long) POSITION.getAcquire(kernels, 0L) - position;
    }

    /** Unmaps the memory; records must not be read any more. */
    @Override
    public void close() {
        arena.close();
    }
}
