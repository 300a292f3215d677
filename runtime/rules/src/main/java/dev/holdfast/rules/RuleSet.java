package dev.holdfast.rules;

import dev.holdfast.rules.event.FieldCatalogue;
import java.util.List;
import java.util.Optional;

/**
 * Rules in the order in which they are asked.
 *
 * @param catalogue the fields that their conditions were checked against
 */
public record RuleSet(List<Rule> rules, FieldCatalogue catalogue) {
    public RuleSet {
        rules = List.copyOf(rules);
    }

    /** The rule of this name. */
    public Optional<Rule> rule(String name) {
        return rules.stream().filter(rule -> rule.name().equals(name)).findFirst();
    }
}
