package dev.holdfast.rules.event;

import java.util.Set;

/**
 * What is known of an execution before any of its fields is read: whether it failed. Then no program was started, and what an event says of
 * its process is said of the one that tried. Rules about programs that start say nothing of that, and would take it for one: so only those
 * are asked about an execution that failed whose condition looks at the outcome.
 */
public final class ExecutionAspect {
    /** It failed. Of all others nothing is known: {@link OpenAspect#UNKNOWN}. */
    public static final int FAILED = 1;

    /** How many numbers there are. */
    public static final int COUNT = 2;

    private static final Set<String> TYPES = Set.of("execve", "execveat");
    private static final Set<String> OUTCOMES = Set.of(
            "evt.failed",
            "evt.res",
            "evt.rawres",
            "evt.arg.res",
            "evt.arg.res_or_fd",
            "evt.rawarg.res",
            "evt.rawarg.res_or_fd");

    private ExecutionAspect() {}

    /** Whether events of this type execute programs. */
    public static boolean isOf(EventType type) {
        return TYPES.contains(type.name());
    }

    /** The aspect of an event of this type. */
    public static int of(EventType type, boolean hasFailed) {
        return hasFailed && isOf(type) ? FAILED : OpenAspect.UNKNOWN;
    }

    /** Whether a field, with its argument behind a dot when it has one, tells the outcome. */
    public static boolean isOutcome(String field) {
        return OUTCOMES.contains(field);
    }
}
