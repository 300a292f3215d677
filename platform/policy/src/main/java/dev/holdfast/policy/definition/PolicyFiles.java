package dev.holdfast.policy.definition;

import dev.holdfast.core.InputException;
import dev.holdfast.core.Limits;
import dev.holdfast.policy.request.TextFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Reads the policies of files, and of all YAML and JSON files of folders. */
public final class PolicyFiles {
    private PolicyFiles() {}

    public static PolicySet read(List<Path> paths, Limits limits) throws InputException, IOException {
        PolicySet policies = PolicySet.NONE;
        for (Path path : paths) {
            for (Path file : files(path, limits)) {
                policies = policies.and(PolicyReader.read(TextFile.read(file), file.toString(), limits));
            }
        }
        return policies;
    }

    private static List<Path> files(Path path, Limits limits) throws IOException {
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> files = Files.walk(path, limits.depth())) {
            return new ArrayList<>(files.filter(file -> isPolicyName(String.valueOf(file.getFileName())))
                    .filter(Files::isRegularFile)
                    .limit(limits.entries())
                    .sorted()
                    .toList());
        }
    }

    private static boolean isPolicyName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".yaml") || lower.endsWith(".yml") || lower.endsWith(".json");
    }
}
