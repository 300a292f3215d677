package dev.holdfast.rules;

import java.util.Optional;

/**
 * Something wrong or doubtful in a rule file.
 *
 * @param message one line
 * @param itemType what kind of thing it is in: {@code rule}, {@code macro}, {@code list}, {@code exception}, {@code rules content}, …
 * @param itemName the name of that; empty when it has none
 * @param place where
 * @param excerpt what is written there; empty when nothing is
 */
public record Problem(
        ProblemCode code, String message, String itemType, String itemName, Place place, Optional<Excerpt> excerpt) {
    /**
     * A place in a file; line and column are from 1.
     */
    public record Place(String file, int line, int column) {}

    public Problem(ProblemCode code, String message, String itemType, String itemName, Place place) {
        this(code, message, itemType, itemName, place, Optional.empty());
    }

    public boolean isError() {
        return code.isError();
    }

    /** The same, with what is written at its place. */
    public Problem with(Excerpt found) {
        return new Problem(code, message, itemType, itemName, place, Optional.of(found));
    }

    /** The line that {@code holdfast rules check} prints. */
    @Override
    public String toString() {
        String subject = itemName.isEmpty() ? "" : itemType + " '" + itemName + "': ";
        return place.file() + ":" + place.line() + ":" + place.column() + ": " + (isError() ? "error" : "warning") + " "
                + code + ": " + subject + message;
    }
}
