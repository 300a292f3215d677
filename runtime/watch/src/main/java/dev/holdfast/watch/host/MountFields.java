package dev.holdfast.watch.host;

import dev.holdfast.rules.event.FieldUse;
import dev.holdfast.rules.event.Value;
import dev.holdfast.watch.host.Container.Mount;
import java.util.List;
import java.util.Optional;

/** The fields {@code container.mount[…]} and {@code container.mount.*[…]}: a mount is named by its number, or by a pattern for its other end. */
public final class MountFields {
    static final List<String> NAMES = List.of(
            "container.mount",
            "container.mount.source",
            "container.mount.dest",
            "container.mount.mode",
            "container.mount.rdwr",
            "container.mount.propagation");

    private MountFields() {}

    /** Reads one of these fields; leaves the value absent when there is no such mount. */
    public static void read(List<Mount> mounts, String field, FieldUse use, Value into) {
        find(mounts, use, field.equals("container.mount.source")).ifPresent(mount -> into.set(part(mount, field)));
    }

    private static String part(Mount mount, String field) {
        return switch (field) {
            case "container.mount.source" -> mount.source();
            case "container.mount.dest" -> mount.target();
            case "container.mount.mode" -> mount.mode();
            case "container.mount.rdwr" -> String.valueOf(mount.isWritable());
            case "container.mount.propagation" -> mount.propagation();
            default -> mount.print();
        };
    }

    private static Optional<Mount> find(List<Mount> mounts, FieldUse use, boolean byTarget) {
        if (use.index() >= 0) {
            return use.index() < mounts.size() ? Optional.of(mounts.get((int) use.index())) : Optional.empty();
        }
        String wanted = use.argument().orElse("");
        return mounts.stream()
                .filter(mount -> matches(wanted, byTarget ? mount.target() : mount.source()))
                .findFirst();
    }

    /** Whether a pattern with {@code *} and {@code ?} covers the whole text; in time that grows with their product at most. */
    private static boolean matches(String pattern, String text) {
        int at = 0;
        int star = -1;
        int retry = 0;
        int i = 0;
        while (i < text.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = i;
            } else if (at < pattern.length() && (pattern.charAt(at) == '?' || pattern.charAt(at) == text.charAt(i))) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }
}
