package dev.holdfast.access.audit;

import dev.holdfast.access.rbac.Binding;
import dev.holdfast.access.rbac.Role;
import dev.holdfast.access.rbac.Rule;
import dev.holdfast.access.rbac.Subject;
import java.util.List;

/**
 * What is granted, beside what a log shows of its use.
 *
 * @param events how many allowed requests were seen
 * @param first when the first of them came, RFC 3339; empty when there was none
 * @param last when the last one came
 */
public record UsageReport(long events, String first, String last, List<BindingUse> bindings) {
    public UsageReport {
        bindings = List.copyOf(bindings);
    }

    /**
     * One binding.
     *
     * @param idle the subjects that used nothing of it
     */
    public record BindingUse(Binding binding, Role role, List<Subject> idle, List<RuleUse> rules) {
        public BindingUse {
            idle = List.copyOf(idle);
            rules = List.copyOf(rules);
        }

        /** Whether nobody used anything of it. */
        public boolean isUnused() {
            return rules.stream().allMatch(rule -> rule.used().isEmpty());
        }
    }

    /**
     * One rule.
     *
     * @param used what was done with it, as {@code create pods}: what a wildcard may be narrowed to
     * @param unused its single rights under which nothing was done
     */
    public record RuleUse(Rule rule, List<String> used, List<String> unused) {
        public RuleUse {
            used = List.copyOf(used);
            unused = List.copyOf(unused);
        }
    }

    /** The bindings of which something was not used. */
    public List<BindingUse> withUnused() {
        return bindings.stream()
                .filter(binding -> !binding.idle().isEmpty()
                        || binding.rules().stream()
                                .anyMatch(rule -> !rule.unused().isEmpty()))
                .toList();
    }
}
