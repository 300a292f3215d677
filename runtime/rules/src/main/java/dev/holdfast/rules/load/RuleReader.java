package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.load.Collected.RuleUpdate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads the items that are rules. */
final class RuleReader {
    private static final Set<String> KEYS = Set.of(
            "rule",
            "condition",
            "output",
            "desc",
            "priority",
            "source",
            "tags",
            "enabled",
            "exceptions",
            "capture",
            "capture_duration",
            "capture_events",
            "capture_filesize",
            "warn_evttypes",
            "skip-if-unknown-filter",
            "append",
            "override");
    private static final Set<String> APPENDABLE = Set.of("condition", "output", "desc", "tags", "exceptions");
    private static final Set<String> REPLACEABLE = Set.of(
            "condition",
            "output",
            "desc",
            "priority",
            "tags",
            "exceptions",
            "enabled",
            "capture",
            "capture_duration",
            "capture_events",
            "capture_filesize",
            "warn_evttypes",
            "skip-if-unknown-filter");
    private static final List<String> CAPTURE_BOUNDS =
            List.of("capture_duration", "capture_events", "capture_filesize");
    private static final List<String> REQUIRED = List.of("condition", "output", "desc", "priority");

    private final Problems problems;
    private final Collected collected;
    private final Set<String> sources;
    private final ExceptionReader exceptions;

    RuleReader(Problems problems, Collected collected, Set<String> sources) {
        this.problems = problems;
        this.collected = collected;
        this.sources = sources;
        this.exceptions = new ExceptionReader(problems);
    }

    void read(Item item) throws LoadException {
        warnUnknownKeys(item, KEYS);
        Overrides overrides = Overrides.read(item, APPENDABLE, REPLACEABLE);
        boolean isAppended = isAppended(item, overrides);
        if (!overrides.isEmpty()) {
            override(item, overrides);
        } else if (isAppended) {
            RuleUpdate update = new RuleUpdate();
            if (item.has("condition")) {
                condition(item, update);
            }
            if (item.has("exceptions")) {
                exceptions(item, true, update);
            }
            collected.append(item, update, "append");
        } else if (REQUIRED.stream().noneMatch(item::has)) {
            checkEnables(item);
            problems.tell(
                    ProblemCode.LOAD_DEPRECATED_ITEM,
                    "The standalone 'enabled' key usage is deprecated. The correct approach requires also a 'replace' entry under"
                            + " the 'override' key (i.e. 'enabled: replace').",
                    item.subject(),
                    item.origin().place(item.node()));
            collected.enable(item, item.truth("enabled", true));
        } else {
            define(item);
        }
    }

    /** Without all that a rule has to have, the item switches one on or off, or somebody forgot to say that it changes one. */
    private static void checkEnables(Item item) throws LoadException {
        if (!item.has("enabled") && item.node().entries().size() > 1) {
            throw item.wrong(
                    "Item has no mapping for key 'enabled'; what changes a rule that stands elsewhere needs 'override'"
                            + " (e.g. 'exceptions: append')",
                    item.node());
        }
        item.text("enabled");
    }

    /** Warns of keys that mean nothing. */
    void warnUnknownKeys(Item item, Set<String> known) {
        for (Node.Entry entry : item.node().entries()) {
            if (!known.contains(entry.key().text())) {
                problems.tell(
                        ProblemCode.LOAD_UNKNOWN_KEY,
                        "Unknown key '" + entry.key().text() + "'",
                        item.subject(),
                        item.origin().place(entry.key()));
            }
        }
    }

    /** Whether the item appends in the old way. */
    boolean isAppended(Item item, Overrides overrides) throws LoadException {
        if (!item.truth("append", false)) {
            return false;
        }
        problems.tell(
                ProblemCode.LOAD_DEPRECATED_ITEM,
                "'append' key is deprecated. Add an 'append' entry (e.g. 'condition: append') under 'override' instead.",
                item.subject(),
                item.origin().place(item.value("append").orElse(item.node())));
        if (!overrides.isEmpty()) {
            throw item.wrong(
                    "Keys 'override' and 'append: true' cannot be used together. Add an 'append' entry (e.g. 'condition: append')"
                            + " under 'override' instead.",
                    item.node());
        }
        return true;
    }

    private void override(Item item, Overrides overrides) throws LoadException {
        if (!overrides.appended().isEmpty()) {
            collected.append(item, update(item, overrides.appended(), "append"), "override");
        }
        if (!overrides.replaced().isEmpty()) {
            collected.replace(item, update(item, overrides.replaced(), "replace"));
        }
        for (Node.Entry entry : item.node().entries()) {
            String key = entry.key().text();
            if (REPLACEABLE.contains(key)
                    && !overrides.appended().contains(key)
                    && !overrides.replaced().contains(key)) {
                throw item.wrong(
                        "Unexpected key '" + key + "': no corresponding entry under 'override' is defined.",
                        entry.key());
            }
        }
    }

    private RuleUpdate update(Item item, Set<String> keys, String operation) throws LoadException {
        RuleUpdate update = new RuleUpdate();
        for (String key : keys) {
            if (!item.has(key)) {
                throw item.wrong(
                        "An " + operation + " override for '" + key + "' was specified but '" + key
                                + "' is not defined",
                        item.node());
            }
            update(item, key, operation, update);
        }
        return update;
    }

    private void update(Item item, String key, String operation, RuleUpdate update) throws LoadException {
        update.isAnything = true;
        switch (key) {
            case "condition" -> condition(item, update);
            case "exceptions" -> exceptions(item, operation.equals("append"), update);
            case "output" -> update.output = Optional.of(item.scalar("output"));
            case "desc" -> update.description = Optional.of(item.text("desc"));
            case "tags" -> update.tags = Optional.of(tags(item));
            case "priority" -> update.priority = Optional.of(priority(item));
            case "enabled" -> update.isEnabled = Optional.of(item.truth("enabled", true));
            case "warn_evttypes" -> update.warnsEventTypes = Optional.of(item.truth("warn_evttypes", true));
            case "skip-if-unknown-filter" ->
                update.skipsUnknown = Optional.of(item.truth("skip-if-unknown-filter", false));
            default -> capture(item);
        }
    }

    /** Captures are not taken, but what asks for them has to be right. */
    private static void capture(Item item) throws LoadException {
        item.truth("capture", false);
        for (String key : CAPTURE_BOUNDS) {
            if (item.has(key) && !isUnsignedInt(item.text(key))) {
                throw item.wrong("Can't decode YAML scalar value", item.scalar(key));
            }
        }
    }

    private static boolean isUnsignedInt(String text) {
        return text.matches("[0-9]{1,10}") && Long.parseLong(text) <= 0xffff_ffffL;
    }

    private static void condition(Item item, RuleUpdate update) throws LoadException {
        update.condition = Optional.of(item.scalar("condition"));
        update.isAnything = true;
    }

    private void exceptions(Item item, boolean isAppended, RuleUpdate update) throws LoadException {
        update.exceptions = Optional.of(exceptions.read(item, isAppended));
        update.isAnything = true;
    }

    private void define(Item item) throws LoadException {
        Node.Scalar condition = item.scalar("condition");
        Node.Scalar output = item.scalar("output");
        String description = item.text("desc");
        Priority priority = priority(item);
        String source = item.has("source") ? item.text("source") : Event.SYSCALL;
        boolean isKnown = sources.contains(source);
        if (!isKnown) {
            problems.tell(
                    ProblemCode.LOAD_UNKNOWN_SOURCE,
                    "Unknown source " + source + ", skipping",
                    item.subject(),
                    item.origin().place(item.value("source").orElse(item.node())));
        }
        RuleItem rule = new RuleItem(
                item.subject().name(),
                source,
                isKnown,
                item.origin().place(item.node()),
                new GatheredText(condition, item.origin()),
                new GatheredText(output, item.origin()),
                description,
                priority);
        capture(item);
        rule.isEnabled = item.truth("enabled", true);
        rule.warnsEventTypes = item.truth("warn_evttypes", true);
        rule.skipsUnknown = item.truth("skip-if-unknown-filter", false);
        rule.tags = item.has("tags") ? tags(item) : new LinkedHashSet<>();
        rule.exceptions = exceptions.read(item, false);
        collected.define(item, rule);
    }

    private static Set<String> tags(Item item) throws LoadException {
        Set<String> tags = new LinkedHashSet<>();
        for (Node.Scalar tag : item.scalars("tags")) {
            tags.add(tag.text());
        }
        return tags;
    }

    private static Priority priority(Item item) throws LoadException {
        Node.Scalar scalar = item.scalar("priority");
        Optional<Priority> priority = Priority.of(scalar.text());
        if (priority.isEmpty()) {
            throw item.wrong(
                    "Invalid priority '" + scalar.text()
                            + "'; it is EMERGENCY, ALERT, CRITICAL, ERROR, WARNING, NOTICE,"
                            + " INFORMATIONAL (or INFO) or DEBUG",
                    scalar);
        }
        return priority.get();
    }
}
