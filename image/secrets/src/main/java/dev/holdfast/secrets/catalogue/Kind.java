package dev.holdfast.secrets.catalogue;

import dev.holdfast.core.Severity;
import java.util.List;
import java.util.Optional;

/**
 * One kind of credential, as the catalogue describes it.
 *
 * @param id as reports name it
 * @param severity how bad it is that others can read one
 * @param title what it is, for a person
 * @param lead what stands before the anchor of {@code shape} and belongs to the value
 * @param shape what the value looks like
 * @param names of what holds it, in small letters without separators: one of them must be in the name that the value is given to. Empty
 *     when the shape alone tells the kind
 * @param proof what else must hold of the value
 * @param entropy the least bits of Shannon entropy a character
 * @param yes texts in which it must be found; {@code {}} stands for a value made from the shape
 * @param no texts in which nothing may be found; {@code {short}} stands for a value without its last characters, {@code {x}} for one
 *     that is filled with the letter x, {@code {wrong}} for one whose proof fails
 */
public record Kind(
        String id,
        Severity severity,
        String title,
        Optional<Shape> lead,
        Shape shape,
        List<String> names,
        Proof proof,
        double entropy,
        List<String> yes,
        List<String> no) {
    public Kind {
        names = List.copyOf(names);
        yes = List.copyOf(yes);
        no = List.copyOf(no);
    }

    /** Whether the kind is told by the name that its value is given to, and not by the value alone. */
    boolean isNamed() {
        return !names.isEmpty();
    }
}
