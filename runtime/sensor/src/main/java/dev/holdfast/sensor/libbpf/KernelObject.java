package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Compiled programs with their maps: opened, configured, loaded, attached. What is attached hangs on file descriptors of this process, so
 * that nothing stays behind however the process ends, unless it was attached for good. Owned by one thread.
 */
public final class KernelObject implements AutoCloseable {
    private static final int EPERM = 1;

    private final Arena arena;
    private final MemorySegment object;
    private final List<MemorySegment> links = new ArrayList<>();

    private KernelObject(Arena arena, MemorySegment object) {
        this.arena = arena;
        this.object = object;
    }

    /** Why no program can be loaded on this machine for want of the library, in a line; empty when it is there. */
    public static Optional<String> missingLibrary() {
        return Libbpf.missing();
    }

    /** The version of the library, such as {@code 1.1}. */
    public static String libraryVersion() {
        try {
            return (int) Libbpf.MAJOR.invokeExact() + "." + (int) Libbpf.MINOR.invokeExact();
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Opens an object file. {@link #missingLibrary} must have been asked. */
    public static KernelObject open(byte[] elf) throws IOException {
        KernelLog.hook();
        KernelLog.clear();
        Arena arena = Arena.ofShared();
        try {
            MemorySegment image = arena.allocate(elf.length, 8);
            MemorySegment.copy(elf, 0, image, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, elf.length);
            MemorySegment state = arena.allocate(Libbpf.CALL_STATE);
            MemorySegment object =
                    (MemorySegment) Libbpf.OPEN.invokeExact(state, image, (long) elf.length, MemorySegment.NULL);
            if (object.address() != 0) {
                return new KernelObject(arena, object);
            }
            arena.close();
            throw new IOException("the kernel programs cannot be opened: " + KernelLog.reason());
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Writes over the start of a section of settings ({@code .rodata}), before loading. */
    public void configure(String section, int... words) {
        try {
            MemorySegment size = arena.allocate(JAVA_LONG);
            MemorySegment start = (MemorySegment) Libbpf.INITIAL_VALUE.invokeExact(find(section), size);
            MemorySegment values = start.reinterpret(size.get(JAVA_LONG, 0));
            for (int i = 0; i < words.length; i++) {
                values.setAtIndex(JAVA_INT, i, words[i]);
            }
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Sets how many entries (for a ring: bytes) a map has, before loading. */
    public void size(String map, int entries) throws IOException {
        try {
            int outcome = (int) Libbpf.SET_MAP_ENTRIES.invokeExact(find(map), entries);
            if (outcome != 0) {
                throw Libbpf.failure("map " + map + " of " + entries + " entries", -outcome);
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Leaves a program out, before loading. */
    public void leaveOut(String program) {
        try {
            int outcome = (int) Libbpf.SET_AUTOLOAD.invokeExact(findProgram(program), 0);
            assert outcome == 0;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Hands the programs to the kernel, which verifies them. */
    public void load() throws IOException {
        KernelLog.clear();
        try {
            int outcome = (int) Libbpf.LOAD.invokeExact(object);
            if (outcome == -EPERM) {
                throw new IOException(
                        "the kernel does not let us load programs: run as root, or with CAP_BPF, CAP_PERFMON and CAP_SYS_RESOURCE");
            }
            if (outcome != 0) {
                throw new IOException(
                        "the kernel refuses our programs (" + Libbpf.text(-outcome) + "): " + KernelLog.reason());
            }
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Attaches a loaded program to the place that its section names. */
    public void attach(String program) throws IOException {
        try {
            MemorySegment state = arena.allocate(Libbpf.CALL_STATE);
            MemorySegment link = (MemorySegment) Libbpf.ATTACH.invokeExact(state, findProgram(program));
            if (link.address() == 0) {
                throw Libbpf.failure("the kernel does not attach " + program, (int) Libbpf.ERRNO.get(state, 0L));
            }
            links.add(link);
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /**
     * Attaches a loaded program to a control group and pins the link: unlike other programs it stays when this process ends, until the pin
     * is removed or the group ends. Programs that others attached to the group stay, and run too.
     */
    public void attachForGood(String program, HeldFolder group, Path pin) throws IOException {
        try {
            MemorySegment state = arena.allocate(Libbpf.CALL_STATE);
            MemorySegment link = (MemorySegment)
                    PinnedObject.ATTACH_TO_GROUP.invokeExact(state, findProgram(program), group.descriptor());
            if (link.address() == 0) {
                throw Libbpf.failure("the kernel does not attach " + program + " to the control group", (int)
                        Libbpf.ERRNO.get(state, 0L));
            }
            links.add(link);
            requirePinned((int) PinnedObject.PIN_LINK.invokeExact(link, arena.allocateFrom(pin.toString())), pin);
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Keeps a map of the loaded object in the file system of BPF. */
    public void pin(String map, Path pin) throws IOException {
        try {
            requirePinned((int) PinnedObject.PIN_MAP.invokeExact(find(map), arena.allocateFrom(pin.toString())), pin);
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    private static void requirePinned(int outcome, Path pin) throws IOException {
        if (outcome != 0) {
            throw Libbpf.failure(pin + " cannot be pinned", -outcome);
        }
    }

    /** A map of the loaded object. */
    public KernelMap map(String name) {
        return new KernelMap(descriptor(name));
    }

    /** A ring of the loaded object. To be closed before this. */
    public Ring ring(String name) throws IOException {
        try {
            return Ring.map(descriptor(name), (int) Libbpf.MAP_ENTRIES.invokeExact(find(name)));
        } catch (IOException | RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    private int descriptor(String name) {
        try {
            return (int) Libbpf.MAP_DESCRIPTOR.invokeExact(find(name));
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    private MemorySegment find(String map) {
        try {
            MemorySegment found = (MemorySegment) Libbpf.MAP.invokeExact(object, arena.allocateFrom(map));
            if (found.address() == 0) {
                throw new IllegalStateException("the object has no map " + map);
            }
            return found;
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    private MemorySegment findProgram(String program) {
        try {
            MemorySegment found = (MemorySegment) Libbpf.PROGRAM.invokeExact(object, arena.allocateFrom(program));
            if (found.address() == 0) {
                throw new IllegalStateException("the object has no program " + program);
            }
            return found;
        } catch (RuntimeException | Error failed) {
            throw failed;
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
    }

    /** Detaches everything and frees it. */
    @Override
    public void close() {
        try {
            for (MemorySegment link : links) {
                int outcome = (int) Libbpf.DETACH.invokeExact(link);
                assert outcome == 0;
            }
            links.clear();
            Libbpf.CLOSE.invokeExact(object);
        } catch (Throwable failed) {
            throw Libbpf.broken(failed);
        }
        arena.close();
    }
}
