package dev.holdfast.sensor.libbpf;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * A folder that is held open: whatever becomes of its path, {@link #path} names this very folder. So what is written into a control group
 * never reaches another one that was made under the same name.
 */
public final class HeldFolder implements AutoCloseable {
    /** O_PATH is not enough to attach programs; O_DIRECTORY differs between processors and the folder is looked at later anyway. */
    private static final int O_RDONLY_CLOEXEC = 02000000;

    private static final int ENOENT = 2;

    private final int descriptor;

    private HeldFolder(int descriptor) {
        this.descriptor = descriptor;
    }

    public static HeldFolder open(Path folder) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(SystemCalls.CALL_STATE);
            int descriptor =
                    (int) SystemCalls.OPEN.invokeExact(state, arena.allocateFrom(folder.toString()), O_RDONLY_CLOEXEC);
            if (descriptor >= 0) {
                return new HeldFolder(descriptor);
            }
            int errno = SystemCalls.errno(state);
            throw errno == ENOENT
                    ? new NoSuchFileException(folder.toString())
                    : new IOException(folder + " cannot be opened: " + SystemCalls.text(errno));
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw SystemCalls.broken(failed);
        }
    }

    /** A path that leads to the folder while it is held; the dot makes it a folder for those who do not follow links. */
    public Path path() {
        return Path.of("/proc/self/fd/" + descriptor + "/.");
    }

    int descriptor() {
        return descriptor;
    }

    @Override
    public void close() {
        SystemCalls.close(descriptor);
    }
}
