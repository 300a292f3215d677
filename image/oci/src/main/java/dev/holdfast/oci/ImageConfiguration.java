package dev.holdfast.oci;

import java.util.List;
import java.util.Map;

/**
 * The parts of the OCI image configuration that judgement needs. Everything is as written; nothing is trusted.
 *
 * @param created RFC 3339, empty when absent
 * @param user the {@code User} field
 * @param environment {@code NAME=value} lines in order
 * @param entrypoint in order
 * @param command in order
 * @param workingDirectory the {@code WorkingDir} field
 * @param exposedPorts {@code port/protocol}, sorted
 * @param labels sorted by name
 * @param history oldest first, empty layers included
 */
public record ImageConfiguration(
        String created,
        String user,
        List<String> environment,
        List<String> entrypoint,
        List<String> command,
        String workingDirectory,
        List<String> exposedPorts,
        Map<String, String> labels,
        List<HistoryEntry> history) {

    /** What a root file system, which has no configuration, answers. */
    public static final ImageConfiguration NONE =
            new ImageConfiguration("", "", List.of(), List.of(), List.of(), "", List.of(), Map.of(), List.of());

    public ImageConfiguration {
        environment = List.copyOf(environment);
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        exposedPorts = List.copyOf(exposedPorts);
        labels = java.util.Collections.unmodifiableMap(new java.util.TreeMap<>(labels));
        history = List.copyOf(history);
    }

    /**
     * One step of the build.
     *
     * @param createdBy the instruction as the builder wrote it, empty when absent
     * @param created RFC 3339, empty when absent
     * @param emptyLayer whether the step made no layer
     */
    public record HistoryEntry(String createdBy, String created, boolean emptyLayer) {}
}
