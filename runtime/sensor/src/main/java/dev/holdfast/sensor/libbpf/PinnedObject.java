package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.OptionalLong;

/** A map or a link that outlives the process that made it, opened by its path in the file system of BPF. */
public final class PinnedObject implements AutoCloseable {
    static final MethodHandle ATTACH_TO_GROUP = Libbpf.function(
            "bpf_program__attach_cgroup", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT), Libbpf.WITH_ERRNO);
    static final MethodHandle PIN_LINK =
            Libbpf.function("bpf_link__pin", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle PIN_MAP =
            Libbpf.function("bpf_map__pin", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS));
    private static final MethodHandle GET = Libbpf.function("bpf_obj_get", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle FACTS =
            Libbpf.function("bpf_obj_get_info_by_fd", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private static final int ENOENT = 2;
    private static final int LINK_TO_GROUP = 3; // BPF_LINK_TYPE_CGROUP

    /** More than {@code struct bpf_link_info} has in any kernel. */
    private static final int FACT_BYTES = 256;

    private final int descriptor;

    private PinnedObject(int descriptor) {
        this.descriptor = descriptor;
    }

    /** Opens what is pinned at a path. */
    public static PinnedObject open(Path pin) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            int descriptor = (int) GET.invokeExact(arena.allocateFrom(pin.toString()));
            if (descriptor >= 0) {
                return new PinnedObject(descriptor);
            }
            throw -descriptor == ENOENT
                    ? new NoSuchFileException(pin.toString())
                    : Libbpf.failure(pin + " cannot be opened", -descriptor);
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** What is pinned, as a map. */
    public KernelMap map() {
        return new KernelMap(descriptor);
    }

    /**
     * The id of the control group that a link attaches a program to: {@code struct bpf_link_info} is {@code u32 type, id, program},
     * four bytes of nothing, {@code u64 cgroup_id, u32 attach_type}. Empty when this is no such link; 0 when the group has ended.
     */
    public OptionalLong group() throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment facts = arena.allocate(FACT_BYTES, 8);
            MemorySegment size = arena.allocateFrom(JAVA_INT, FACT_BYTES);
            int outcome = (int) FACTS.invokeExact(descriptor, facts, size);
            if (outcome != 0) {
                throw Libbpf.failure("a pinned link cannot be read", -outcome);
            }
            return facts.get(JAVA_INT, 0) == LINK_TO_GROUP
                    ? OptionalLong.of(facts.get(JAVA_LONG, 16))
                    : OptionalLong.empty();
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    @Override
    public void close() {
        SystemCalls.close(descriptor);
    }
}
