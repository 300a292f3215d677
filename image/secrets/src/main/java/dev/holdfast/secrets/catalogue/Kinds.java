package dev.holdfast.secrets.catalogue;

import dev.holdfast.core.Severity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The catalogue of kinds, {@code kinds.txt} beside this class. It is text so that a kind can be read and added by who knows the vendor and not
 * this program:
 *
 * <pre>
 * file    = { comment | kind }
 * comment = "#" …
 * kind    = "= " id " | " severity " | " title  { field }
 * field   = "lead " shape      what stands before the anchor and belongs to the value
 *         | "shape " shape     what the value looks like; its first five columns are the anchor
 *         | "names " words     what the name that holds the value contains, in small letters without separators
 *         | "proof " proof     one of {@link Proof}
 *         | "entropy " bits    least bits a character, {@value #ENTROPY} unless told
 *         | "yes " text        an example that must be found
 *         | "no " text         an example in which nothing may be found
 * </pre>
 */
public final class Kinds {
    /** Random hexadecimal text of 32 characters has 3.6 bits a character on average, and less than this once in millions. */
    private static final double ENTROPY = 2.7;

    private Kinds() {}

    /** Reads the catalogue. What is wrong with it is a bug. */
    public static List<Kind> all() {
        try (InputStream in = Kinds.class.getResourceAsStream("kinds.txt")) {
            if (in == null) {
                throw new IllegalStateException("kinds.txt is missing");
            }
            return parse(new String(in.readAllBytes(), StandardCharsets.US_ASCII));
        } catch (IOException broken) {
            throw new IllegalStateException("kinds.txt cannot be read", broken);
        }
    }

    private static List<Kind> parse(String text) {
        List<Kind> kinds = new ArrayList<>(320);
        Draft draft = null;
        int at = 0;
        while (at < text.length()) {
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end);
            at = end + 1;
            if (line.startsWith("= ")) {
                if (draft != null) {
                    kinds.add(draft.kind());
                }
                draft = new Draft(line.substring(2));
            } else if (draft != null && !line.isEmpty() && line.charAt(0) != '#') {
                int space = line.indexOf(' ');
                draft.take(line.substring(0, space), line.substring(space + 1).strip());
            }
        }
        if (draft != null) {
            kinds.add(draft.kind());
        }
        return kinds;
    }

    /** A kind of which not all fields were read. */
    private static final class Draft {
        private final String[] head;
        private Optional<Shape> lead = Optional.empty();
        private @Nullable Shape shape;
        private List<String> names = List.of();
        private Proof proof = Proof.NONE;
        private double entropy = ENTROPY;
        private final List<String> yes = new ArrayList<>(2);
        private final List<String> no = new ArrayList<>(2);

        Draft(String head) {
            this.head = head.split(" \\| ");
        }

        void take(String field, String value) {
            switch (field) {
                case "lead" -> lead = Optional.of(Shape.of(value));
                case "shape" -> shape = Shape.of(value);
                case "names" -> names = List.of(value.split(" "));
                case "proof" ->
                    proof = Proof.valueOf(value.toUpperCase(Locale.ROOT).replace('-', '_'));
                case "entropy" -> entropy = Double.parseDouble(value);
                case "yes" -> yes.add(value);
                case "no" -> no.add(value);
                default -> throw new IllegalArgumentException(head[0] + ": unknown field " + field);
            }
        }

        Kind kind() {
            Shape known = shape;
            if (known == null) {
                throw new IllegalArgumentException(head[0] + " has no shape");
            }
            return new Kind(
                    head[0],
                    Severity.ofWord(head[1]).orElseThrow(),
                    head[2],
                    lead,
                    known,
                    names,
                    proof,
                    entropy,
                    yes,
                    no);
        }
    }
}
