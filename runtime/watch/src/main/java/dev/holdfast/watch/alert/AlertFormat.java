package dev.holdfast.watch.alert;

/** Writes an alert down. */
@FunctionalInterface
public interface AlertFormat {
    /** The alert as a text, without a line end behind it. */
    String print(Alert alert);
}
