package dev.holdfast.server.admission;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What we answer.
 *
 * @param message why not; empty when it is allowed
 * @param warnings for the one who asked, in the order of their weight
 * @param annotations for the audit log: names without our prefix, which the server puts in front
 * @param patch a JSON Patch (RFC 6902) as text; empty when nothing is changed
 * @param unknownImages images that somebody should scan: nobody has, or too long ago
 */
public record AdmissionAnswer(
        boolean isAllowed,
        String message,
        List<String> warnings,
        Map<String, String> annotations,
        String patch,
        List<String> unknownImages) {
    private static final AdmissionAnswer ALLOWED = new AdmissionAnswer(true, "", List.of(), Map.of(), "", List.of());

    public AdmissionAnswer {
        warnings = List.copyOf(warnings);
        annotations = annotations.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(annotations));
        unknownImages = List.copyOf(unknownImages);
    }

    /** Admitted without a word. */
    static AdmissionAnswer allowed() {
        return ALLOWED;
    }

    /** One word for metrics and the journal. */
    public String outcome() {
        if (!isAllowed) {
            return "denied";
        }
        return !patch.isEmpty() ? "changed" : warnings.isEmpty() ? "allowed" : "warned";
    }

    /** In which mode it was judged; empty when there was nothing to say. */
    public String mode() {
        return annotations.getOrDefault("mode", "");
    }
}
