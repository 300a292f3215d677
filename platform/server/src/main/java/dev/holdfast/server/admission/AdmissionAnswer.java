package dev.holdfast.server.admission;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What we answer.
 *
 * @param message why not; empty when it is allowed
 * @param warnings for the one who asked, in the order of their weight
 * @param annotations for the audit log: names without our prefix, which the server puts in front
 */
public record AdmissionAnswer(
        boolean isAllowed, String message, List<String> warnings, Map<String, String> annotations) {
    public AdmissionAnswer {
        warnings = List.copyOf(warnings);
        annotations = java.util.Collections.unmodifiableMap(new TreeMap<>(annotations));
    }

    static AdmissionAnswer allowed() {
        return new AdmissionAnswer(true, "", List.of(), Map.of());
    }
}
