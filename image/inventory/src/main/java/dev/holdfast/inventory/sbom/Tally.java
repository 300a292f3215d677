package dev.holdfast.inventory.sbom;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts what is wrong in the same way many times, so that ten thousand bad entries are one gap with examples. */
final class Tally {
    /** So many examples are named. */
    private static final int SHOWN = 6;

    private final String document;
    private final Map<Reason, Examples> counted = new LinkedHashMap<>();

    Tally(String document) {
        this.document = document;
    }

    private record Reason(Gap.Code code, String what) {}

    private static final class Examples {
        private final StringBuilder text = new StringBuilder();
        private int count;
    }

    /** @param what is wrong with a component, as the end of a sentence: {@code without a package URL} */
    void add(Gap.Code code, String what, Claim claim) {
        Examples examples = counted.computeIfAbsent(new Reason(code, what), first -> new Examples());
        if (examples.count < SHOWN) {
            examples.text.append(examples.count == 0 ? "" : ", ").append(claim.label());
            if (claim.line() > 0) {
                examples.text.append(" (line ").append(claim.line()).append(')');
            }
        }
        examples.count++;
    }

    void report(Gaps gaps) {
        counted.forEach((reason, examples) -> {
            String more = examples.count > SHOWN ? " and " + (examples.count - SHOWN) + " more" : "";
            String noun = examples.count == 1 ? " component " : " components ";
            gaps.add(reason.code, document, examples.count + noun + reason.what + ": " + examples.text + more);
        });
    }
}
