package dev.holdfast.core;

/**
 * One link of the chain that leads to a finding: bytes → record → component → advisory → decision.
 *
 * @param step what kind of link
 * @param claim what is said, in a sentence that stands alone
 * @param source where it can be checked: a path, a digest, an advisory id, a feed's name; empty when the claim is arithmetic
 */
public record Evidence(Step step, String claim, String source) {
    /** The links, in the order of the chain. */
    public enum Step {
        FILE,
        COMPONENT,
        ADVISORY,
        COMPARISON,
        DECISION;

        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }
}
