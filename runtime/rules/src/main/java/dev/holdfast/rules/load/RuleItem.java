package dev.holdfast.rules.load;

import dev.holdfast.rules.Priority;
import dev.holdfast.rules.Problem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A rule as collected so far. */
final class RuleItem {
    final String name;
    final String source;
    final boolean isSourceKnown;
    final Problem.Place place;

    GatheredText condition;
    GatheredText output;
    String description;
    Priority priority;
    Set<String> tags = new LinkedHashSet<>();
    List<ExceptionItem> exceptions = new ArrayList<>();
    boolean isEnabled = true;
    boolean warnsEventTypes = true;
    boolean skipsUnknown;

    RuleItem(
            String name,
            String source,
            boolean isSourceKnown,
            Problem.Place place,
            GatheredText condition,
            GatheredText output,
            String description,
            Priority priority) {
        this.name = name;
        this.source = source;
        this.isSourceKnown = isSourceKnown;
        this.place = place;
        this.condition = condition;
        this.output = output;
        this.description = description;
        this.priority = priority;
    }
}
