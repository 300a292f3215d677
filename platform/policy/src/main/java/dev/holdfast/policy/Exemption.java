package dev.holdfast.policy;

import dev.holdfast.core.text.Wildcard;
import dev.holdfast.policy.definition.Policy;
import dev.holdfast.policy.request.Resource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * A decision that what policies say does not count somewhere; the words are those of the exceptions of scans.
 *
 * @param ids names of policies; empty: every policy within the scope
 * @param path pattern of files; empty: every file
 * @param target pattern of {@code Kind namespace/name} or of {@code namespace/name}; empty: every object
 * @param reason why
 * @param owner who answers for it; empty when nobody is named
 * @param expires the last day on which it holds; empty: for ever
 * @param place file and line of the rule
 */
public record Exemption(
        List<String> ids,
        String path,
        String target,
        String reason,
        String owner,
        Optional<LocalDate> expires,
        String place) {
    public Exemption {
        ids = List.copyOf(ids);
    }

    /** Whether it no longer holds on that day. */
    public boolean hasExpired(LocalDate day) {
        return expires.map(last -> last.isBefore(day)).orElse(false);
    }

    /** Whether it is about this policy and this object, whatever the day. */
    boolean isAbout(Policy policy, Resource resource) {
        String name = (resource.namespace().isEmpty() ? "" : resource.namespace() + "/") + resource.name();
        boolean isTarget =
                target.isEmpty() || Wildcard.matches(target, resource.subject()) || Wildcard.matches(target, name);
        return (ids.isEmpty() || ids.contains(policy.name()))
                && (path.isEmpty() || Wildcard.matches(path, resource.path()))
                && isTarget;
    }
}
