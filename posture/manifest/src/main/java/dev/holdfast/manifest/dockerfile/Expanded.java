package dev.holdfast.manifest.dockerfile;

import java.util.Set;

/**
 * A text with its variables expanded.
 *
 * @param text with what could be expanded; what could not stands as it was written
 * @param unknown the variables that only a build could tell, in order
 * @param problem why BuildKit would refuse the text; empty when it would not
 */
public record Expanded(String text, Set<String> unknown, String problem) {
    /** Whether the text is what a build would see. */
    public boolean isKnown() {
        return unknown.isEmpty() && problem.isEmpty();
    }
}
