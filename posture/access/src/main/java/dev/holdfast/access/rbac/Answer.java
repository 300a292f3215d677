package dev.holdfast.access.rbac;

import java.util.List;

/**
 * What the server answers.
 *
 * @param isAllowed its decision, given these objects and no others
 * @param reason its words; empty where it gives none
 * @param grants every chain that allows the request; the reason names the first
 * @param missing bindings of the requester whose role is not among the objects: what they grant is not known
 */
public record Answer(boolean isAllowed, String reason, List<Grant> grants, List<Binding> missing) {
    public Answer {
        grants = List.copyOf(grants);
        missing = List.copyOf(missing);
    }

    /** Whether a role that was not given might change a "no". */
    public boolean isUncertain() {
        return !isAllowed && !missing.isEmpty();
    }
}
