package dev.holdfast.manifest.template;

import java.util.ArrayList;
import java.util.List;

/** A template that cannot be read or run, with the places that lead to the fault. */
public final class TemplateFault extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of wrong. */
    public enum Kind {
        /** The text is no template. */
        SYNTAX,
        /** It stopped where it ran. */
        EXECUTION,
        /** It wanted more steps, memory, depth or time than anybody needs; nothing else of the same chart is run. */
        LIMIT
    }

    /**
     * A place in a template.
     *
     * @param template the template's file
     * @param line from 1
     * @param column from 1
     */
    public record Spot(String template, int line, int column) {
        @Override
        public String toString() {
            return template + ":" + line + ":" + column;
        }
    }

    private final Kind kind;
    private final String problem;
    private final transient List<Spot> spots = new ArrayList<>();

    public TemplateFault(Kind kind, String problem) {
        super(problem, null, false, false);
        this.kind = kind;
        this.problem = problem;
    }

    /** A function or value that refuses what it was given. */
    public static TemplateFault of(String problem) {
        return new TemplateFault(Kind.EXECUTION, problem);
    }

    /** Says where it was met; the innermost place comes first. */
    TemplateFault in(Spot spot) {
        if (!spots.contains(spot)) {
            spots.add(spot);
        }
        return this;
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }

    /** Where it was met: the innermost place first, then what included it. */
    public List<Spot> spots() {
        return List.copyOf(spots);
    }

    @Override
    public String getMessage() {
        return spots.isEmpty() ? problem : spots.getFirst() + ": " + problem;
    }
}
