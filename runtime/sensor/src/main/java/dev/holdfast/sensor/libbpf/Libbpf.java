package dev.holdfast.sensor.libbpf;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.util.Optional;

/** The functions of libbpf 1.x and the C library that are called. Loading this class loads the library; ask {@link #missing} before. */
final class Libbpf {
    private static final String LIBRARY = "libbpf.so.1";
    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup FOUND = lookup();

    static final Linker.Option WITH_ERRNO = Linker.Option.captureCallState("errno");
    static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
    static final VarHandle ERRNO = CALL_STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    static final MethodHandle OPEN =
            function("bpf_object__open_mem", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, ADDRESS), WITH_ERRNO);
    static final MethodHandle LOAD = function("bpf_object__load", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle CLOSE = function("bpf_object__close", FunctionDescriptor.ofVoid(ADDRESS));
    static final MethodHandle PROGRAM =
            function("bpf_object__find_program_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle SET_AUTOLOAD =
            function("bpf_program__set_autoload", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle ATTACH =
            function("bpf_program__attach", FunctionDescriptor.of(ADDRESS, ADDRESS), WITH_ERRNO);
    static final MethodHandle DETACH = function("bpf_link__destroy", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle MAP =
            function("bpf_object__find_map_by_name", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle MAP_DESCRIPTOR = function("bpf_map__fd", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle MAP_ENTRIES = function("bpf_map__max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    static final MethodHandle SET_MAP_ENTRIES =
            function("bpf_map__set_max_entries", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT));
    static final MethodHandle INITIAL_VALUE =
            function("bpf_map__initial_value", FunctionDescriptor.of(ADDRESS, ADDRESS, ADDRESS));
    static final MethodHandle LOOKUP =
            function("bpf_map_lookup_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle UPDATE =
            function("bpf_map_update_elem", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG));
    static final MethodHandle NEXT_KEY =
            function("bpf_map_get_next_key", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
    static final MethodHandle SET_PRINT = function("libbpf_set_print", FunctionDescriptor.of(ADDRESS, ADDRESS));
    static final MethodHandle MAJOR = function("libbpf_major_version", FunctionDescriptor.of(JAVA_INT));
    static final MethodHandle MINOR = function("libbpf_minor_version", FunctionDescriptor.of(JAVA_INT));

    static final MethodHandle MAP_MEMORY = ofC(
            "mmap",
            FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            WITH_ERRNO);
    static final MethodHandle UNMAP_MEMORY = ofC("munmap", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    static final MethodHandle SYSTEM_VALUE = ofC("sysconf", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    static final MethodHandle POLL = ofC("poll", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT));
    static final MethodHandle ERROR_TEXT = ofC("strerror", FunctionDescriptor.of(ADDRESS, JAVA_INT));
    static final MethodHandle FORMAT =
            ofC("vsnprintf", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG, ADDRESS, ADDRESS));

    private Libbpf() {}

    /** Why libbpf cannot be used on this machine, in a line; empty when it can. */
    static Optional<String> missing() {
        try (Arena arena = Arena.ofConfined()) {
            SymbolLookup.libraryLookup(LIBRARY, arena);
            return Optional.empty();
        } catch (IllegalArgumentException absent) {
            return Optional.of(LIBRARY + " is not on this machine; install libbpf 1.0 or later"
                    + " (Debian and Ubuntu: libbpf1, Fedora and Alpine: libbpf)");
        }
    }

    private static SymbolLookup lookup() {
        return SymbolLookup.libraryLookup(LIBRARY, Arena.global());
    }

    static MethodHandle function(String name, FunctionDescriptor signature, Linker.Option... options) {
        return LINKER.downcallHandle(FOUND.findOrThrow(name), signature, options);
    }

    private static MethodHandle ofC(String name, FunctionDescriptor signature, Linker.Option... options) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), signature, options);
    }

    static MemorySegment upcall(MethodHandle target, FunctionDescriptor signature) {
        return LINKER.upcallStub(target, signature, Arena.global());
    }

    /** What the C library calls an error number. */
    static String text(int errno) {
        try {
            MemorySegment text = (MemorySegment) ERROR_TEXT.invokeExact(errno);
            return text.reinterpret(256).getString(0);
        } catch (Throwable failed) {
            throw broken(failed);
        }
    }

    static IOException failure(String what, int errno) {
        return new IOException(what + ": " + text(errno));
    }

    /** Method handles declare Throwable; a call with a checked signature throws nothing but errors of ours. */
    static IllegalStateException broken(Throwable failed) {
        return new IllegalStateException("call of a native function", failed);
    }
}
