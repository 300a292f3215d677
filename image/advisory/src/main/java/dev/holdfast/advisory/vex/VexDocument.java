package dev.holdfast.advisory.vex;

import java.util.List;

/**
 * A document as read.
 *
 * @param name what it is called in messages
 * @param format {@code OpenVEX}, {@code CSAF} or {@code CycloneDX}
 * @param statements in order
 * @param unusable statements that cannot count
 */
public record VexDocument(String name, String format, List<VexStatement> statements, List<Unusable> unusable) {
    public VexDocument {
        statements = List.copyOf(statements);
        unusable = List.copyOf(unusable);
    }

    /** A statement that cannot count: where it stands, and why. */
    public record Unusable(String place, String why) {}
}
