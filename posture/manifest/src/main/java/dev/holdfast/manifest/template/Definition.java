package dev.holdfast.manifest.template;

import java.util.List;

/**
 * A template by its name.
 *
 * @param source the text that it stands in
 */
record Definition(String name, List<Piece> body, Source source) {
    /** Whether it would write nothing but white space; such a one does not replace another. */
    boolean isEmpty() {
        for (Piece piece : body) {
            if (!(piece instanceof Piece.Literal literal) || !literal.text().isBlank()) {
                return false;
            }
        }
        return true;
    }
}
