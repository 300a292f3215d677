package dev.holdfast.access.paths;

import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import dev.holdfast.access.rbac.Subject;
import java.util.List;

/** One change of a file. */
public sealed interface Edit {
    /**
     * Take rights out of a rule; the rule's other rights stay.
     *
     * @param rights as {@code create pods/exec}, in order
     */
    record NarrowRule(Role role, Rule rule, List<String> rights) implements Edit {
        public NarrowRule {
            rights = List.copyOf(rights);
        }
    }

    /** Take somebody out of a binding. */
    record Unbind(Binding binding, Subject subject) implements Edit {}
}
