package dev.holdfast.server.admission;

import dev.holdfast.server.admission.AdmissionSettings.Mode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What speaks against a request, gathered while it is judged. */
final class Objections {
    private final List<String> denials = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> annotations = new TreeMap<>();
    private final Set<String> unknownImages = new LinkedHashSet<>();

    void deny(String reason) {
        denials.add(reason);
    }

    void warn(String reason) {
        warnings.add(reason);
    }

    void annotate(String key, String value) {
        annotations.merge(key, value, (before, more) -> before + "; " + more);
    }

    /** Somebody should scan it. */
    void want(String image) {
        unknownImages.add(image);
    }

    AdmissionAnswer answer(Mode mode) {
        if (denials.isEmpty() && warnings.isEmpty() && annotations.isEmpty() && unknownImages.isEmpty()) {
            return AdmissionAnswer.allowed();
        }
        annotations.put("mode", mode.word());
        List<String> told = new ArrayList<>();
        if (mode != Mode.ENFORCE) {
            told.addAll(denials);
        }
        told.addAll(warnings);
        boolean isDenied = mode == Mode.ENFORCE && !denials.isEmpty();
        return new AdmissionAnswer(
                !isDenied,
                isDenied ? String.join("; ", denials) : "",
                mode == Mode.AUDIT ? List.of() : told,
                annotations,
                "",
                List.copyOf(unknownImages));
    }
}
