package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.Problem;
import java.util.ArrayList;
import java.util.List;

/** A text that several items have written, one behind the other with a blank between, and that still knows which part is from where. */
final class GatheredText {
    private record Part(Node.Scalar scalar, Origin origin, int start) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();

    GatheredText(Node.Scalar scalar, Origin origin) {
        append(scalar, origin);
    }

    void append(Node.Scalar scalar, Origin origin) {
        if (!parts.isEmpty()) {
            text.append(' ');
        }
        parts.add(new Part(scalar, origin, text.length()));
        text.append(scalar.text());
    }

    String text() {
        return text.toString();
    }

    /** Where a character stands. */
    Problem.Place place(int offset) {
        Part found = parts.getFirst();
        for (Part part : parts) {
            if (part.start <= offset) {
                found = part;
            }
        }
        return found.origin.place(found.scalar, offset - found.start);
    }
}
