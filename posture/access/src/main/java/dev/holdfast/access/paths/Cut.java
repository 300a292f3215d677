package dev.holdfast.access.paths;

import java.util.List;

/**
 * Edits after which no way is left; each was tried.
 *
 * @param edits none when nothing can be edited
 * @param isSmallest whether it is proven that fewer do not suffice
 */
public record Cut(List<Edit> edits, boolean isSmallest) {
    public Cut {
        edits = List.copyOf(edits);
    }
}
