package dev.holdfast.secrets;

import dev.holdfast.core.Gap;
import dev.holdfast.core.Gaps;
import dev.holdfast.core.Limits;
import dev.holdfast.secrets.catalogue.Catalogue;
import dev.holdfast.secrets.search.ByteScan;
import dev.holdfast.secrets.unfold.Entries;
import dev.holdfast.secrets.unfold.Fold;
import dev.holdfast.secrets.unfold.Unfolding;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes the bytes of one file after another and hands over what is found in them. Archives are unfolded on the way, into a scan one deeper.
 * Owned by one thread.
 */
public final class FileScan {
    /** Archives in archives in archives in archives: a Boot application in an image has two. */
    private static final int DEEPEST = 4;

    private enum Mode {
        UNDECIDED,
        BYTES,
        FOLDED
    }

    private final Catalogue catalogue;
    private final Fingerprint fingerprint;
    private final Limits limits;
    private final Gaps gaps;
    private final Consumer<Secret> found;
    private final int depth;
    private final ByteScan bytes;
    private final Unfolding unfolding;

    private String path = "";
    private Mode mode = Mode.UNDECIDED;
    private @Nullable FileScan inner;

    FileScan(
            Catalogue catalogue, Fingerprint fingerprint, Limits limits, Gaps gaps, Consumer<Secret> found, int depth) {
        this.catalogue = catalogue;
        this.fingerprint = fingerprint;
        this.limits = limits;
        this.gaps = gaps;
        this.found = found;
        this.depth = depth;
        this.bytes = new ByteScan(catalogue, gaps, value -> found.accept(Secret.of(value, path, fingerprint)));
        this.unfolding = new Unfolding(new Inside(), limits);
    }

    /** A file begins; one before it that did not end is forgotten. */
    public void begin(String nextPath) {
        path = nextPath;
        bytes.begin(nextPath);
        mode = Mode.UNDECIDED;
    }

    /** Some of its bytes. */
    public void content(byte[] content, int offset, int length) {
        int at = offset;
        int end = offset + length;
        if (mode == Mode.UNDECIDED) {
            at = bytes.takeHead(content, at, end);
            if (!bytes.hasHead()) {
                return;
            }
            decide();
        }
        if (mode == Mode.BYTES) {
            bytes.content(content, at, end);
        } else if (at < end) {
            unfolding.accept(content, at, end - at);
        }
    }

    /** Whether nothing that follows in this file matters. */
    boolean hasEnough() {
        return mode == Mode.BYTES && bytes.hasEnough();
    }

    /** The file is complete. */
    public void end() {
        if (mode == Mode.UNDECIDED) {
            decide();
        }
        if (mode == Mode.FOLDED) {
            unfolding
                    .finish()
                    .ifPresent(why ->
                            gaps.add(Gap.Code.UNREADABLE, path, "not looked through for secrets to its end: " + why));
        } else {
            bytes.end();
        }
    }

    /** Tells from the first bytes what the file is. */
    private void decide() {
        mode = Mode.BYTES;
        Fold fold = Fold.of(path, bytes.head(), bytes.headLength());
        boolean isPublic = bytes.origin().isVendored() && fold != Fold.ZIP; // a manual page of a distribution
        if (fold == Fold.NONE || isPublic) {
            bytes.decide();
        } else if (depth == DEEPEST) {
            gaps.add(Gap.Code.LIMIT, path, "an archive " + DEEPEST + " deep in others: not looked through for secrets");
        } else {
            mode = Mode.FOLDED;
            unfolding.begin(fold, path, bytes.head(), bytes.headLength());
        }
    }

    /** Shows the entries of an archive to the scan inside this one. */
    private final class Inside implements Entries {
        @Override
        public void begin(String name) {
            scan().begin(path + " ▸ " + name);
        }

        @Override
        public void content(byte[] content, int offset, int length) {
            scan().content(content, offset, length);
        }

        @Override
        public boolean hasEnough() {
            return scan().hasEnough();
        }

        @Override
        public void end() {
            scan().end();
        }

        private FileScan scan() {
            FileScan known = inner;
            if (known == null) {
                known = new FileScan(catalogue, fingerprint, limits, gaps, found, depth + 1);
                inner = known;
            }
            return known;
        }
    }

    /** Gives back what unfolding took outside the heap. */
    public void close() {
        unfolding.close();
        FileScan deeper = inner;
        if (deeper != null) {
            deeper.close();
        }
    }
}
