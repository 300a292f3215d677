package dev.holdfast.policy;

import dev.holdfast.policy.request.Resource;
import java.util.Optional;

/**
 * What one validation of a policy came to for one object.
 *
 * @param isOfPod whether it is about the pod that the object makes
 * @param exemption why it does not count, if it does not
 */
public record Judged(Resource resource, boolean isOfPod, Ruling ruling, Optional<Exemption> exemption) {
    /** What it is about, for people. */
    public String subject() {
        return isOfPod ? "the pod of " + resource.subject() : resource.subject();
    }

    /** Whether it speaks against the object. */
    public boolean counts() {
        return exemption.isEmpty() && ruling.counts();
    }
}
