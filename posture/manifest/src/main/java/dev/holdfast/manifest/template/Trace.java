package dev.holdfast.manifest.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where each piece of a text comes from: marks by the offset at which they begin. */
public final class Trace {
    private final int[] starts;
    private final Mark[] marks;

    private Trace(int[] starts, Mark[] marks) {
        this.starts = starts;
        this.marks = marks;
    }

    public static Trace whole(Mark mark) {
        return new Trace(new int[] {0}, new Mark[] {mark});
    }

    /** The mark of a character. */
    public Mark at(int offset) {
        int found = Arrays.binarySearch(starts, offset);
        int run = Math.max(0, found >= 0 ? found : -found - 2);
        return marks[run].skip(offset - starts[run]);
    }

    /** The first value that any of it comes from. */
    public java.util.Optional<Origin> anyOrigin() {
        for (Mark mark : marks) {
            if (mark.origin().isPresent()) {
                return mark.origin();
            }
        }
        return java.util.Optional.empty();
    }

    /** Puts a trace together, in the order of the text. */
    public static final class Builder {
        /** Beyond this a text is traced as its beginning is; only hostile ones have more pieces. */
        private static final int MOST = 1 << 20;

        private int[] starts = new int[8];
        private final List<Mark> marks = new ArrayList<>();

        /** From this offset on, this mark holds. */
        public void mark(int start, Mark mark) {
            int count = marks.size();
            if (count > 0 && starts[count - 1] == start) {
                marks.set(count - 1, mark);
                return;
            }
            if (count >= MOST) {
                return;
            }
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count] = start;
            marks.add(mark);
        }

        /** Takes over the marks of a piece of another text. */
        public void copy(int start, Trace other, int from, int to) {
            int at = from;
            while (at < to) {
                mark(start + at - from, other.at(at));
                at = other.nextAfter(at, to);
            }
        }

        /** Takes over all marks of another text, written through an action. */
        void through(
                int start, int length, Trace other, Source caller, int action, java.util.Optional<Origin> condition) {
            int at = 0;
            while (at < length) {
                mark(start + at, other.at(at).through(caller, action, condition));
                at = other.nextAfter(at, length);
            }
        }

        public boolean isEmpty() {
            return marks.isEmpty();
        }

        public Trace build() {
            return new Trace(Arrays.copyOf(starts, marks.size()), marks.toArray(Mark[]::new));
        }
    }

    private int nextAfter(int offset, int end) {
        int found = Arrays.binarySearch(starts, offset);
        int run = Math.max(0, found >= 0 ? found : -found - 2);
        return run + 1 < starts.length ? Math.min(end, starts[run + 1]) : end;
    }
}
