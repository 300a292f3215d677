package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongBinaryOperator;

/** A map of a loaded object. */
public final class KernelMap {
    private static final int ANY = 0;
    private static final int PROCESSORS = processors();

    private final int descriptor;

    KernelMap(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Writes the value of an array's element. */
    public void write(int index, byte[] value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = arena.allocateFrom(JAVA_BYTE, value);
            int outcome =
                    (int) Libbpf.UPDATE.invokeExact(descriptor, arena.allocateFrom(JAVA_INT, index), bytes, (long) ANY);
            if (outcome != 0) {
                throw Libbpf.failure("a map of the kernel programs cannot be written", -outcome);
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Writes the value of a key. */
    public void write(byte[] key, byte[] value) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int outcome = (int) Libbpf.UPDATE.invokeExact(
                    descriptor, arena.allocateFrom(JAVA_BYTE, key), arena.allocateFrom(JAVA_BYTE, value), (long) ANY);
            if (outcome != 0) {
                throw Libbpf.failure("a map of the kernel programs cannot be written", -outcome);
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** An element of 64 bits of an array; 0 when there is none. */
    public long number(int index) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment value = arena.allocate(JAVA_LONG);
            int outcome = (int) Libbpf.LOOKUP.invokeExact(descriptor, arena.allocateFrom(JAVA_INT, index), value);
            return outcome == 0 ? value.get(JAVA_LONG, 0) : 0;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** The keys of a map, at most so many, in no order. */
    public List<byte[]> keys(int size, int most) {
        List<byte[]> keys = new ArrayList<>();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = MemorySegment.NULL;
            MemorySegment key = arena.allocate(size);
            while (keys.size() < most && (int) Libbpf.NEXT_KEY.invokeExact(descriptor, before, key) == 0) {
                keys.add(key.toArray(JAVA_BYTE));
                before = arena.allocateFrom(JAVA_BYTE, keys.getLast());
            }
            return keys;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** The sum over all processors of an element of 64 bits. */
    public long sum(int index) {
        int processors = PROCESSORS;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment values = arena.allocate(JAVA_LONG, processors);
            int outcome = (int) Libbpf.LOOKUP.invokeExact(descriptor, arena.allocateFrom(JAVA_INT, index), values);
            long sum = 0;
            for (int i = 0; outcome == 0 && i < processors; i++) {
                sum += values.getAtIndex(JAVA_LONG, i);
            }
            return sum;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Calls with every key and value, of 64 bits both, at most so many; what the call returns is not used. */
    public void each(int most, LongBinaryOperator visitor) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment before = MemorySegment.NULL;
            MemorySegment key = arena.allocate(JAVA_LONG);
            MemorySegment value = arena.allocate(JAVA_LONG);
            MemorySegment kept = arena.allocate(JAVA_LONG);
            for (int i = 0; i < most && (int) Libbpf.NEXT_KEY.invokeExact(descriptor, before, key) == 0; i++) {
                if ((int) Libbpf.LOOKUP.invokeExact(descriptor, key, value) == 0) {
                    long ignored = visitor.applyAsLong(key.get(JAVA_LONG, 0), value.get(JAVA_LONG, 0));
                }
                kept.set(JAVA_LONG, 0, key.get(JAVA_LONG, 0));
                before = kept;
            }
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** How many processors this machine may have: values per processor come for all of them. */
    private static int processors() {
        try {
            String possible = Files.readString(Path.of("/sys/devices/system/cpu/possible"))
                    .strip();
            return Integer.parseInt(
                            possible.substring(1 + Math.max(possible.lastIndexOf('-'), possible.lastIndexOf(','))))
                    + 1;
        } catch (IOException | NumberFormatException unknown) {
            return 8_192; // more than any kernel is built for: too much room harms nothing
        }
    }
}
