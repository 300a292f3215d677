package dev.holdfast.manifest.template;

import java.util.Optional;

/** What a template has written so far. */
final class Sheet {
    private final StringBuilder text = new StringBuilder();
    private final Trace.Builder trace = new Trace.Builder();
    private final Budget budget;

    Sheet(Budget budget) {
        this.budget = budget;
    }

    void write(String piece, Mark mark) throws TemplateFault {
        if (!piece.isEmpty()) {
            budget.make(piece.length());
            trace.mark(text.length(), mark);
            text.append(piece);
        }
    }

    /** Writes a text that another template made, through an action of this one. */
    void write(String piece, Trace of, Source source, int action, Optional<Origin> condition) throws TemplateFault {
        if (!piece.isEmpty()) {
            budget.make(piece.length());
            trace.through(text.length(), piece.length(), of, source, action, condition);
            text.append(piece);
        }
    }

    /** Writes a text whose pieces are known. */
    void write(String piece, Trace of) throws TemplateFault {
        if (!piece.isEmpty()) {
            budget.make(piece.length());
            trace.copy(text.length(), of, 0, piece.length());
            text.append(piece);
        }
    }

    /** What a value that is not there is written as, which Helm takes out of what it renders. */
    private static final String ABSENT = "<no value>";

    /** The text without the words for absent values. */
    Written finish() {
        int found = text.indexOf(ABSENT);
        if (trace.isEmpty()) {
            return new Written("", Optional.empty());
        }
        if (found < 0) {
            return new Written(text.toString(), Optional.of(trace.build()));
        }
        Trace whole = trace.build();
        Trace.Builder kept = new Trace.Builder();
        StringBuilder out = new StringBuilder(text.length());
        int at = 0;
        for (; found >= 0; found = text.indexOf(ABSENT, at)) {
            kept.copy(out.length(), whole, at, found);
            out.append(text, at, found);
            at = found + ABSENT.length();
        }
        kept.copy(out.length(), whole, at, text.length());
        out.append(text, at, text.length());
        return new Written(out.toString(), kept.isEmpty() ? Optional.empty() : Optional.of(kept.build()));
    }

    /** The text as it is, absent values included. */
    Written asIs() {
        return new Written(text.toString(), trace.isEmpty() ? Optional.empty() : Optional.of(trace.build()));
    }
}
