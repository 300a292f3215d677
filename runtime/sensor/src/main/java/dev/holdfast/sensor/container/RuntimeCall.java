package dev.holdfast.sensor.container;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The call of a runtime that makes a container: {@code runc --root FOLDER create --bundle FOLDER ID}. It is the process that makes the
 * container's control group (unless systemd does so for it), and tells where the container is described before any state has been written.
 */
public record RuntimeCall(String id, Path bundle) {
    private static final Set<String> VERBS = Set.of("create", "run", "restore");
    static final Set<String> BUNDLE = Set.of("--bundle", "-bundle", "-b");
    private static final Set<String> WITH_VALUE = Set.of(
            "--root",
            "--log",
            "--log-format",
            "--log-level",
            "--criu",
            "--rootless",
            "--pid-file",
            "--console-socket",
            "--preserve-fds",
            "--image-path",
            "--work-path",
            "--config",
            "--cgroup-manager");

    /** Reads the arguments of a process that runs in a folder; empty when it makes no container. */
    public static Optional<RuntimeCall> of(List<String> arguments, String folder) {
        boolean makes = false;
        String bundle = ".";
        String id = "";
        for (int i = 1; i < arguments.size(); i++) {
            String word = arguments.get(i);
            int equals = word.startsWith("-") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            if (equals >= 0) {
                bundle = BUNDLE.contains(option) ? word.substring(equals + 1) : bundle;
            } else if (BUNDLE.contains(word) && i + 1 < arguments.size()) {
                i++;
                bundle = arguments.get(i);
            } else if (WITH_VALUE.contains(word)) {
                i++;
            } else if (VERBS.contains(word) && !makes) {
                makes = true;
            } else if (!word.startsWith("-")) {
                id = word;
            }
        }
        if (!makes || !CgroupName.isId(id)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new RuntimeCall(id, Path.of(folder.isEmpty() ? "/" : folder).resolve(bundle)));
        } catch (InvalidPathException odd) {
            return Optional.empty();
        }
    }
}
