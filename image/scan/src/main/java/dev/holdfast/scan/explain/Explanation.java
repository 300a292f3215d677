package dev.holdfast.scan.explain;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Severity;
import dev.holdfast.oci.TargetDescription;
import java.util.List;
import java.util.Optional;

/**
 * Why an identifier is reported for a target, or why not.
 *
 * @param target what was asked about
 * @param id the identifier under which it is known
 * @param sentence the answer in one sentence
 * @param isReported whether a scan reports it for at least one component
 * @param cases one for each component that some statement is about, reported ones first
 * @param gaps what could not be seen and might change the answer
 */
public record Explanation(
        TargetDescription target, String id, String sentence, boolean isReported, List<Case> cases, List<Gap> gaps) {
    public Explanation {
        cases = List.copyOf(cases);
        gaps = List.copyOf(gaps);
    }

    /**
     * The answer about one component.
     *
     * @param sentence in one sentence
     * @param severity as a finding would have it; empty when it is not reported
     * @param lines what leads there, each with a short label: where, what, advisory, compare, against, fix
     */
    public record Case(String sentence, Optional<Severity> severity, List<Line> lines) {
        public Case {
            lines = List.copyOf(lines);
        }
    }

    /** One labelled line. */
    public record Line(String label, String text) {}
}
