package dev.holdfast.watch.host;

import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.SyscallFields.Reader;
import java.util.Map;
import java.util.Set;

/**
 * What a call that opens files asks for. The bits of the parameters {@code flags} and {@code mode} are the same on every system: those that
 * Falco's captures use, not those of Linux.
 */
public final class OpenFlags {
    public static final long READ = 1;
    public static final long WRITE = 1 << 1;
    public static final long CREATE = 1 << 2;
    public static final long DIRECTORY = 1 << 10;
    public static final long TEMPORARY = 1 << 13;
    /** The call made the file. */
    public static final long CREATED = 1 << 14;
    /** The file lies in the writable layer of an overlay. */
    public static final long UPPER_LAYER = 1 << 15;

    public static final long LOWER_LAYER = 1 << 16;

    /** Anybody may execute the file. */
    private static final long EXECUTABLE = 0111;

    private static final Set<String> OPENS = Set.of("open", "openat", "openat2", "open_by_handle_at");

    private OpenFlags() {}

    static void addTo(Map<String, Reader> fields) {
        fields.put("evt.is_open_read", (event, use, into) -> flag(event, READ, into));
        fields.put("evt.is_open_write", (event, use, into) -> flag(event, WRITE, into));
        fields.put("evt.is_open_create", (event, use, into) -> flag(event, CREATED, into));
        fields.put("evt.is_open_exec", (event, use, into) -> executable(event, into));
    }

    private static boolean isReturnOfOpen(SyscallEvent event) {
        return !event.head().isEntry() && OPENS.contains(event.type().name());
    }

    private static void flag(SyscallEvent event, long flag, Value into) {
        into.set(isReturnOfOpen(event) && (event.arguments().number("flags", 0) & flag) != 0);
    }

    /** A new file that can be executed. */
    private static void executable(SyscallEvent event, Value into) {
        boolean makes = (isReturnOfOpen(event) && (event.arguments().number("flags", 0) & (CREATE | TEMPORARY)) != 0)
                || (!event.head().isEntry() && event.type().name().equals("creat"));
        into.set(makes && (event.arguments().number("mode", 0) & EXECUTABLE) != 0);
    }
}
