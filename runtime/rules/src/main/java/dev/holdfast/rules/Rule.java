package dev.holdfast.rules;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.output.OutputFormat;
import dev.holdfast.rules.syntax.Condition;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A rule, checked.
 *
 * @param source which events it is for
 * @param tags in their written order
 * @param isEnabled as its file says; a {@link RuleSelection} may say otherwise
 * @param condition with all macros and lists resolved
 * @param eventTypes the types for which the condition can hold at all; every type when it restricts none
 * @param place where its first item begins
 */
public record Rule(
        String name,
        String description,
        String source,
        Priority priority,
        Set<String> tags,
        boolean isEnabled,
        OutputFormat output,
        Condition condition,
        List<EventType> eventTypes,
        Problem.Place place) {
    public Rule {
        tags = Collections.unmodifiableSet(new LinkedHashSet<>(tags));
        eventTypes = List.copyOf(eventTypes);
    }

    /** Whether any type of event may meet it. */
    public boolean isForAllTypes() {
        return eventTypes.size() == EventType.all().size();
    }
}
