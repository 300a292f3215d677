package dev.holdfast.manifest.template;

import java.util.Optional;

/**
 * Where a piece of output comes from.
 *
 * @param source the template
 * @param offset where in it the text or action is that wrote the piece
 * @param isLiteral whether the piece is text of the template, so that what follows in one follows in the other
 * @param origin the value that it came from, or that decided that it is there
 * @param inner when a template called another one to write it: where that is
 */
public record Mark(Source source, int offset, boolean isLiteral, Optional<Origin> origin, Optional<Mark> inner) {
    /** The same piece when the text behind the first {@code skipped} characters is meant. */
    Mark skip(int skipped) {
        return isLiteral && skipped > 0 ? new Mark(source, offset + skipped, true, origin, inner) : this;
    }

    /** The same place, of which only the beginning is meant. */
    public Mark asStart() {
        return isLiteral ? new Mark(source, offset, false, origin, inner) : this;
    }

    Mark withOrigin(Origin other) {
        return new Mark(source, offset, isLiteral, Optional.of(other), inner);
    }

    /** The same piece, written by an action of another template. */
    Mark through(Source caller, int action, Optional<Origin> condition) {
        return new Mark(caller, action, false, origin.or(() -> condition), Optional.of(inner.orElse(this)));
    }
}
