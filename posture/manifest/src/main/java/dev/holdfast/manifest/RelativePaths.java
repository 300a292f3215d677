package dev.holdfast.manifest;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Paths inside of a root, as text with slashes; none leads out of it. */
public final class RelativePaths {
    private RelativePaths() {}

    /** The folder of a file; empty at the root. */
    public static String folder(String file) {
        int slash = file.lastIndexOf('/');
        return slash < 0 ? "" : file.substring(0, slash);
    }

    /** A path as it stands in a file of that folder; empty when it is absolute or leads out of the root. */
    public static Optional<String> join(String folder, String path) {
        String forward = path.replace('\\', '/');
        if (forward.startsWith("/") || forward.startsWith("~") || forward.isEmpty() || forward.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        Deque<String> steps = new ArrayDeque<>();
        for (String step : (folder + "/" + forward).split("/")) {
            if (step.equals("..")) {
                if (steps.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!step.isEmpty() && !step.equals(".")) {
                steps.addLast(step);
            }
        }
        return steps.isEmpty() ? Optional.empty() : Optional.of(String.join("/", steps));
    }
}
