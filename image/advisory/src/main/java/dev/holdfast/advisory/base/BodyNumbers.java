package dev.holdfast.advisory.base;

import static dev.holdfast.advisory.base.StatementBodies.HAS_FROM;
import static dev.holdfast.advisory.base.StatementBodies.HAS_TO;

import java.util.function.IntConsumer;

/** Reads the numbers that {@link StatementBodies#body} gave, in their order. */
final class BodyNumbers {
    static final int RANGES = 1 << 3;
    static final int VERSIONS = 1 << 4;
    static final int FIXED = 1 << 5;
    static final int QUALIFIERS = 1 << 6;
    static final int RATING = 1 << 7;

    private static final int FIRST_LIST = 2;

    private final Tuple body;
    private int at;

    BodyNumbers(Tuple body) {
        this.body = body;
    }

    private int next() {
        return body.get(at++);
    }

    /** The first byte of the encoded body. */
    int head() {
        at = FIRST_LIST;
        int head = body.get(1);
        int ranges = next();
        head |= ranges > 0 ? RANGES : 0;
        for (int i = 0; i < ranges; i++) {
            at += Integer.bitCount(body.get(at) & (HAS_FROM | HAS_TO)) + 1;
        }
        int versions = next();
        head |= versions > 0 ? VERSIONS : 0;
        at += versions;
        int fixed = next();
        head |= fixed > 0 ? FIXED : 0;
        at += fixed;
        boolean qualified = next() != 0;
        qualified |= next() != 0;
        int architectures = next();
        head |= qualified || architectures > 0 ? QUALIFIERS : 0;
        at += architectures;
        return head | (next() != 0 ? RATING : 0);
    }

    void eachVersion(IntConsumer visitor) {
        at = FIRST_LIST;
        for (int ranges = next(); ranges > 0; ranges--) {
            for (int versions = Integer.bitCount(next() & (HAS_FROM | HAS_TO)); versions > 0; versions--) {
                visitor.accept(next());
            }
        }
        for (int list = 0; list < 2; list++) {
            for (int versions = next(); versions > 0; versions--) {
                visitor.accept(next());
            }
        }
    }

    /** Writes what follows the first byte and the source. */
    void write(Output out, int[] versionOffset, int[] textRank) {
        int head = head();
        at = FIRST_LIST;
        int ranges = next();
        if (ranges > 0) {
            out.v(ranges);
        }
        for (; ranges > 0; ranges--) {
            int flags = next();
            out.u8(flags);
            for (int versions = Integer.bitCount(flags & (HAS_FROM | HAS_TO)); versions > 0; versions--) {
                out.v(versionOffset[next()]);
            }
        }
        for (int list = 0; list < 2; list++) {
            int versions = next();
            if (versions > 0) {
                out.v(versions);
            }
            for (; versions > 0; versions--) {
                out.v(versionOffset[next()]);
            }
        }
        qualifiers(out, head, textRank);
        int rating = next();
        if (rating != 0) {
            out.v(textRank[rating - 1]);
        }
    }

    private void qualifiers(Output out, int head, int[] textRank) {
        int module = next();
        int repository = next();
        int architectures = next();
        if ((head & QUALIFIERS) == 0) {
            return;
        }
        out.v(module == 0 ? 0 : textRank[module - 1] + 1).v(repository == 0 ? 0 : textRank[repository - 1] + 1);
        int[] sorted = new int[architectures];
        for (int i = 0; i < architectures; i++) {
            sorted[i] = textRank[next()];
        }
        out.ascending(Ints.sortedSet(sorted));
    }
}
