package dev.holdfast.manifest.template;

import java.time.Duration;

/**
 * What rendering may cost. The largest charts known take some hundred thousand steps and write some million characters; a template that loops
 * meets one of these bounds within a second or two. Owned by one thread.
 */
public final class Budget {
    /** Values looked up, functions called, pieces written. */
    private static final long MOST_STEPS = 20_000_000;

    /** Characters of all texts that functions and templates make together, and elements of lists, weighed the same. */
    private static final long MOST_TEXT = 256L << 20;

    /** One text, such as the output of one template. */
    private static final int MOST_AT_ONCE = 32 << 20;

    /** Templates that call templates; Helm itself stops at 1,000 of one name. */
    private static final int DEEPEST = 1_000;

    /** How often the clock is looked at. */
    private static final int STEPS_A_LOOK = 4_096;

    private final long deadline;
    private final Duration time;
    private long steps;
    private long text;
    private int depth;

    public Budget(Duration time) {
        this.time = time;
        this.deadline = System.nanoTime() + time.toNanos();
    }

    /** One step more. */
    void step() throws TemplateFault {
        steps++;
        if (steps > MOST_STEPS) {
            throw limit("it takes more than " + MOST_STEPS + " steps");
        }
        if (steps % STEPS_A_LOOK == 0) {
            look();
        }
    }

    /** Work that is done at once, such as looking at many characters. */
    public void steps(long more) throws TemplateFault {
        steps += more / 16;
        step();
        look();
    }

    private void look() throws TemplateFault {
        if (System.nanoTime() - deadline > 0) {
            throw limit("it takes longer than " + time.toSeconds() + " s");
        }
    }

    /** A text or list of this length is about to be made. */
    public void make(long length) throws TemplateFault {
        text += length;
        if (length > MOST_AT_ONCE) {
            throw limit("a text or list of " + length + " characters or elements");
        }
        if (text > MOST_TEXT) {
            throw limit("it makes more than " + MOST_TEXT + " characters");
        }
    }

    void enter() throws TemplateFault {
        depth++;
        if (depth > DEEPEST) {
            throw limit("templates call each other deeper than " + DEEPEST);
        }
    }

    void leave() {
        depth--;
    }

    private static TemplateFault limit(String what) {
        return new TemplateFault(TemplateFault.Kind.LIMIT, what);
    }
}
