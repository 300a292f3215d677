package dev.holdfast.rules;

import dev.holdfast.rules.text.Glob;
import java.util.List;
import java.util.Set;

/**
 * Which rules are asked.
 *
 * @param disabled names, or patterns with {@code *}, or parts of names of rules that are not asked
 * @param tags when there are any, rules with one of them are asked, whatever else they say, and no others
 * @param disabledTags rules with one of them are not asked
 * @param leastUrgent rules that are less urgent are not asked
 */
public record RuleSelection(List<String> disabled, Set<String> tags, Set<String> disabledTags, Priority leastUrgent) {
    /** All rules that are enabled in their files. */
    public static final RuleSelection ALL = new RuleSelection(List.of(), Set.of(), Set.of(), Priority.DEBUG);

    public RuleSelection {
        disabled = List.copyOf(disabled);
        tags = Set.copyOf(tags);
        disabledTags = Set.copyOf(disabledTags);
    }

    /** Whether the rule is asked. */
    public boolean takes(Rule rule) {
        boolean isEnabled =
                tags.isEmpty() ? rule.isEnabled() : rule.tags().stream().anyMatch(tags::contains);
        return isEnabled
                && rule.tags().stream().noneMatch(disabledTags::contains)
                && disabled.stream().noneMatch(pattern -> isMeant(rule.name(), pattern))
                && rule.priority().isAtLeast(leastUrgent);
    }

    private static boolean isMeant(String name, String pattern) {
        return pattern.indexOf('*') >= 0 ? new Glob(pattern, false).matches(name) : name.contains(pattern);
    }
}
