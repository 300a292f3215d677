package dev.holdfast.manifest.template;

import java.util.Arrays;
import java.util.Optional;

/** The text of a template. */
public final class Source {
    private final String name;
    private final String text;
    private final Optional<Trace> origins;
    /** The offsets at which lines begin, once somebody asks for a place. */
    private int[] starts = {};

    public Source(String name, String text) {
        this(name, text, Optional.empty());
    }

    /**
     * A text that a template made, as {@code tpl} does.
     *
     * @param name the file, as faults name it
     * @param origins where the text itself came from; empty for a file
     */
    Source(String name, String text, Optional<Trace> origins) {
        this.name = name;
        this.text = text;
        this.origins = origins;
    }

    public String name() {
        return name;
    }

    String text() {
        return text;
    }

    Optional<Trace> origins() {
        return origins;
    }

    /** The place of an offset. */
    public TemplateFault.Spot spot(int offset) {
        if (starts.length == 0) {
            starts = lineStarts(text);
        }
        int at = Math.clamp(offset, 0, text.length());
        int found = Arrays.binarySearch(starts, at);
        int line = found >= 0 ? found : -found - 2;
        return new TemplateFault.Spot(name, line + 1, text.codePointCount(starts[line], at) + 1);
    }

    /** The offsets at which the lines of a text begin. */
    public static int[] lineStarts(String text) {
        int[] starts = new int[16];
        int count = 1;
        for (int at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
            if (count == starts.length) {
                starts = Arrays.copyOf(starts, count * 2);
            }
            starts[count++] = at + 1;
        }
        return Arrays.copyOf(starts, count);
    }
}
