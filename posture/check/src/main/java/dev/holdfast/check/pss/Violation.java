package dev.holdfast.check.pss;

import dev.holdfast.manifest.tree.Place;

/**
 * A control that a pod does not meet.
 *
 * @param reason the server's words for the control
 * @param detail the server's words for what breaks it
 * @param place the first value that does, or where it is missing the parent that should hold it
 */
public record Violation(String reason, String detail, Place place) {
    /** As the server's message holds it. */
    public String text() {
        return reason + " (" + detail + ")";
    }
}
