package dev.holdfast.access.paths;

import dev.holdfast.access.rbac.Grant;
import dev.holdfast.access.rbac.Request;
import java.util.List;

/**
 * From one state to the next.
 *
 * @param needs the rights that it takes, all of them
 * @param condition what else must be so, which the objects do not show; empty when nothing
 */
public record Step(State from, State to, Technique technique, List<Need> needs, String condition) {
    public Step {
        needs = List.copyOf(needs);
    }

    /** A right that is used, and the chain that gives it. */
    public record Need(Grant grant, Request.OnResource request) {}

    /** Whether the objects alone prove it. */
    public boolean isCertain() {
        return condition.isEmpty();
    }

    /** What follows from a state without any right is shown with the step before it. */
    public boolean isFree() {
        return switch (technique) {
            case TAKE_ACCOUNT, TAKE_USER -> true;
            default -> false;
        };
    }
}
