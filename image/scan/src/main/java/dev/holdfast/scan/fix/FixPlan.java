package dev.holdfast.scan.fix;

import java.util.List;

/**
 * A plan for one target.
 *
 * @param target what it is called
 * @param findings how many findings there are
 * @param removed how many of them the steps remove
 * @param steps what to do, most effective first
 * @param rest what stays, the largest group first
 */
public record FixPlan(String target, int findings, int removed, List<Step> steps, List<Rest> rest) {
    public FixPlan {
        steps = List.copyOf(steps);
        rest = List.copyOf(rest);
    }

    /**
     * Findings that no step removes, for one reason.
     *
     * @param reason why, for a person
     * @param findings how many
     * @param packages of which packages, sorted
     */
    public record Rest(String reason, int findings, List<String> packages) {
        public Rest {
            packages = List.copyOf(packages);
        }
    }
}
