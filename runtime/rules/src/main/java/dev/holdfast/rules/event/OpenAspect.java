package dev.holdfast.rules.event;

import java.util.Set;

/**
 * What is known of a file that was opened before any of its fields is read: whether it is read, whether it is written, whether opening it
 * failed, whether it is a folder. Most rules about files ask just this first, so that they are sorted by it once instead of being asked for
 * every event. An aspect is a number; 0 says that nothing is known.
 */
public final class OpenAspect {
    /** Nothing is known. */
    public static final int UNKNOWN = 0;

    /** How many numbers there are. */
    public static final int COUNT = 17;

    private static final int READS = 1;
    private static final int WRITES = 2;
    private static final int FAILED = 4;
    private static final int FOLDER = 8;
    private static final Set<String> TYPES = Set.of("open", "openat", "openat2", "creat", "open_by_handle_at");

    private OpenAspect() {}

    /** The number of an aspect. */
    public static int of(boolean reads, boolean writes, boolean hasFailed, boolean isFolder) {
        return 1 + (reads ? READS : 0) + (writes ? WRITES : 0) + (hasFailed ? FAILED : 0) + (isFolder ? FOLDER : 0);
    }

    /** Whether events of this type open files. */
    public static boolean isOf(EventType type) {
        return TYPES.contains(type.name());
    }

    /**
     * Writes what a field of such an event is at least and at most, which is the same for most; false when that is not known. A source that
     * tells aspects gives its fields values that fit.
     *
     * @param aspect not {@link #UNKNOWN}
     */
    public static boolean read(int aspect, String field, Value least, Value most) {
        int bits = aspect - 1;
        boolean hasFailed = (bits & FAILED) != 0;
        return switch (field) {
            case "evt.is_open_read" -> truth((bits & READS) != 0, least, most);
            case "evt.is_open_write" -> truth((bits & WRITES) != 0, least, most);
            case "evt.failed" -> truth(hasFailed, least, most);
            case "fd.typechar" -> text((bits & FOLDER) != 0 ? "d" : "f", least, most);
            case "fd.type" -> text((bits & FOLDER) != 0 ? "directory" : "file", least, most);
            case "fd.num" -> hasFailed ? numbers(-1, -1, least, most) : numbers(0, Long.MAX_VALUE, least, most);
            case "evt.rawres" ->
                hasFailed ? numbers(Long.MIN_VALUE, -1, least, most) : numbers(0, Long.MAX_VALUE, least, most);
            // counted from 1: rules say "never" and "always" by it
            case "evt.num" -> numbers(1, Long.MAX_VALUE, least, most);
            case "evt.res" -> !hasFailed && text("SUCCESS", least, most);
            default -> false;
        };
    }

    private static boolean truth(boolean truth, Value least, Value most) {
        least.set(truth);
        most.set(truth);
        return true;
    }

    private static boolean text(String text, Value least, Value most) {
        least.set(text);
        most.set(text);
        return true;
    }

    private static boolean numbers(long lowest, long highest, Value least, Value most) {
        least.set(lowest);
        most.set(highest);
        return true;
    }
}
