package dev.holdfast.rules.load;

import dev.holdfast.manifest.tree.Node;
import dev.holdfast.rules.Priority;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.load.ExceptionItem.Entry;
import dev.holdfast.rules.load.LoadException.Subject;
import dev.holdfast.rules.match.OperandCompiler;
import dev.holdfast.rules.syntax.ConditionParser;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items of all files, as later ones have changed earlier ones. */
final class Collected {
    private static final String OTHER_SOURCE = "Rule has been re-defined with a different source";

    /** What one item would change of a rule. Absent is left as it is. */
    static final class RuleUpdate {
        Optional<Node.Scalar> condition = Optional.empty();
        Optional<Node.Scalar> output = Optional.empty();
        Optional<String> description = Optional.empty();
        Optional<Set<String>> tags = Optional.empty();
        Optional<List<ExceptionItem>> exceptions = Optional.empty();
        Optional<Priority> priority = Optional.empty();
        Optional<Boolean> isEnabled = Optional.empty();
        Optional<Boolean> warnsEventTypes = Optional.empty();
        Optional<Boolean> skipsUnknown = Optional.empty();
        boolean isAnything;
    }

    final Map<String, ListItem> lists = new LinkedHashMap<>();
    final Map<String, MacroItem> macros = new LinkedHashMap<>();
    final Map<String, RuleItem> rules = new LinkedHashMap<>();
    /** Names of items that could not be read: what only follows from that is not told. */
    final Set<String> broken = new HashSet<>();

    private final FieldCatalogue catalogue;
    private int items;

    Collected(FieldCatalogue catalogue) {
        this.catalogue = catalogue;
    }

    static String key(Subject subject) {
        return subject.type() + " " + subject.name();
    }

    private static LoadException wrong(Item item, String message) {
        return new LoadException(
                ProblemCode.LOAD_ERR_VALIDATE,
                message,
                item.subject(),
                item.origin().place(item.node()));
    }

    /** Whether the item is to be passed over in silence, because the one it builds on is broken. */
    private boolean isHopeless(Item item) {
        return broken.contains(key(item.subject()));
    }

    void define(Item item, List<Node.Scalar> values) {
        ListItem previous = lists.get(item.subject().name());
        int number = items++;
        lists.put(
                item.subject().name(),
                new ListItem(
                        item.subject().name(),
                        item.origin().place(item.node()),
                        previous == null ? number : previous.index,
                        number,
                        values));
    }

    void append(Item item, List<Node.Scalar> values, String word) throws LoadException {
        ListItem previous = lists.get(item.subject().name());
        if (previous == null) {
            if (isHopeless(item)) {
                return;
            }
            throw wrong(item, noPrevious("List", word, "items", "list"));
        }
        previous.items.addAll(values);
        previous.visibility = items++;
    }

    void define(Item item, Node.Scalar condition) {
        MacroItem previous = macros.get(item.subject().name());
        int number = items++;
        macros.put(
                item.subject().name(),
                new MacroItem(
                        item.subject().name(),
                        item.origin().place(item.node()),
                        previous == null ? number : previous.index,
                        number,
                        new GatheredText(condition, item.origin())));
    }

    void append(Item item, Node.Scalar condition, String word) throws LoadException {
        MacroItem previous = macros.get(item.subject().name());
        if (previous == null) {
            if (isHopeless(item)) {
                return;
            }
            throw wrong(item, noPrevious("Macro", word, "condition", "macro"));
        }
        previous.condition.append(condition, item.origin());
        previous.visibility = items++;
    }

    private static String noPrevious(String kind, String word, String key, String lower) {
        return word.equals("append")
                ? kind + " has 'append' key but no " + lower + " by that name already exists"
                : kind + " uses 'override." + key + ": append' but no " + lower + " by that name already exists";
    }

    void define(Item item, RuleItem rule) throws LoadException {
        RuleItem previous = rules.get(rule.name);
        if (previous != null && !previous.source.equals(rule.source)) {
            throw wrong(item, OTHER_SOURCE);
        }
        List<ExceptionItem> checked = new ArrayList<>();
        for (ExceptionItem exception : rule.exceptions) {
            if (exception.fields().isEmpty()) {
                throw wrong(exception, "Rule exception item must have fields property with a list of fields");
            }
            checked.add(checked(rule, exception));
        }
        rule.exceptions = checked;
        items++;
        rules.put(rule.name, rule);
    }

    void enable(Item item, boolean isEnabled) throws LoadException {
        RuleItem previous = rules.get(item.subject().name());
        if (previous != null) {
            previous.isEnabled = isEnabled;
        } else if (!isHopeless(item)) {
            throw wrong(item, "Rule has 'enabled' key but no rule by that name already exists");
        }
    }

    void append(Item item, RuleUpdate update, String word) throws LoadException {
        RuleItem previous = rules.get(item.subject().name());
        checkSource(item, previous);
        if (previous == null) {
            if (isHopeless(item)) {
                return;
            }
            throw wrong(
                    item,
                    word.equals("append")
                            ? "Rule has 'append' key but no rule by that name already exists"
                            : "Rule uses 'override.<key>: append' but no rule by that name already exists");
        }
        if (!update.isAnything) {
            throw wrong(item, "Appended rule must have exceptions or condition property");
        }
        update.condition.ifPresent(text -> previous.condition.append(text, item.origin()));
        update.output.ifPresent(text -> previous.output.append(text, item.origin()));
        update.description.ifPresent(text -> previous.description += " " + text);
        update.tags.ifPresent(previous.tags::addAll);
        for (ExceptionItem exception : update.exceptions.orElse(List.of())) {
            append(previous, exception);
        }
        items++;
    }

    /** What changes a rule need not name its source, but may not name another one. */
    private static void checkSource(Item item, @Nullable RuleItem previous) throws LoadException {
        if (previous != null && item.has("source") && !item.text("source").equals(previous.source)) {
            throw wrong(item, OTHER_SOURCE);
        }
    }

    private void append(RuleItem rule, ExceptionItem exception) throws LoadException {
        Optional<ExceptionItem> previous = rule.exceptions.stream()
                .filter(one -> one.name().equals(exception.name()))
                .findFirst();
        if (previous.isPresent()) {
            if (exception.fields().isPresent()) {
                throw wrong(exception, "Can not append exception fields to existing exception, only values");
            }
            if (exception.comparisons().isPresent()) {
                throw wrong(exception, "Can not append exception comps to existing exception, only values");
            }
            previous.get().values().addAll(exception.values());
            return;
        }
        if (exception.fields().isEmpty()) {
            throw wrong(exception, "Rule exception must have fields property with a list of fields");
        }
        if (exception.values().isEmpty()) {
            throw wrong(exception, "Rule exception must have values property with a list of values");
        }
        rule.exceptions.add(checked(rule, exception));
    }

    void replace(Item item, RuleUpdate update) throws LoadException {
        RuleItem previous = rules.get(item.subject().name());
        checkSource(item, previous);
        if (previous == null) {
            if (isHopeless(item)) {
                return;
            }
            throw wrong(
                    item,
                    "An 'override.<key>: replace' to a rule was requested but no rule by that name already exists");
        }
        update.condition.ifPresent(text -> previous.condition = new GatheredText(text, item.origin()));
        update.output.ifPresent(text -> previous.output = new GatheredText(text, item.origin()));
        update.description.ifPresent(text -> previous.description = text);
        update.tags.ifPresent(tags -> previous.tags = tags);
        update.priority.ifPresent(priority -> previous.priority = priority);
        update.isEnabled.ifPresent(is -> previous.isEnabled = is);
        update.warnsEventTypes.ifPresent(does -> previous.warnsEventTypes = does);
        update.skipsUnknown.ifPresent(does -> previous.skipsUnknown = does);
        if (update.exceptions.isPresent()) {
            List<ExceptionItem> checked = new ArrayList<>();
            for (ExceptionItem exception : update.exceptions.get()) {
                if (exception.fields().isEmpty()) {
                    throw wrong(exception, "Rule exception must have fields property with a list of fields");
                }
                checked.add(checked(previous, exception));
            }
            previous.exceptions = checked;
        }
        items++;
    }

    /** The exception with its comparisons filled in, after a look at whether they fit the fields. */
    private ExceptionItem checked(RuleItem rule, ExceptionItem exception) throws LoadException {
        Entry fields = exception.fields().orElseThrow();
        Entry comparisons = exception.comparisons().orElseGet(() -> defaults(fields));
        if (fields.isList()) {
            if (fields.entries().size() != comparisons.entries().size()) {
                throw wrong(exception, "Fields and comps lists must have equal length");
            }
            for (Entry comparison : comparisons.entries()) {
                if (ComparisonWord.of(comparison.text()).isEmpty()) {
                    throw wrong(exception, "'" + comparison.text() + "' is not a supported comparison operator");
                }
            }
        } else {
            if (comparisons.isList()) {
                throw wrong(exception, "Fields and comps must both be strings");
            }
            if (ComparisonWord.of(comparisons.text())
                    .filter(ComparisonWord::takesList)
                    .isEmpty()) {
                throw wrong(
                        exception,
                        "When fields is a single value, comps must be one of (in, pmatch, intersects) or an operator on texts"
                                + " with a modifier (such as startswith anyof)");
            }
        }
        for (Entry field : fields.isList() ? fields.entries() : List.of(fields)) {
            if (rule.isSourceKnown && !isField(rule.source, field.text())) {
                throw wrong(exception, "'" + field.text() + "' is not a supported filter field");
            }
        }
        return exception.with(fields, comparisons);
    }

    private static Entry defaults(Entry fields) {
        return fields.isList()
                ? Entry.of(fields.entries().stream().map(field -> Entry.of("=")).toList())
                : Entry.of("in");
    }

    private boolean isField(String source, String text) {
        try {
            return isKnown(source, ConditionParser.parseOperand(text));
        } catch (SyntaxException none) {
            return false;
        }
    }

    private boolean isKnown(String source, Operand operand) {
        return switch (operand) {
            case Operand.Named named ->
                OperandCompiler.use(catalogue, source, named).isPresent();
            case Operand.Transformed transformed ->
                transformed.arguments().stream().allMatch(one -> isKnown(source, one));
            case Operand.Several several -> several.elements().stream().allMatch(one -> isKnown(source, one));
            case Operand.Constant constant -> true;
        };
    }

    private static LoadException wrong(ExceptionItem exception, String message) {
        return new LoadException(ProblemCode.LOAD_ERR_VALIDATE, message, exception.subject(), exception.place());
    }

    /** Where a list item's text may stand for a list that is visible to it. */
    boolean isVisible(String name, ListItem from) {
        ListItem list = lists.get(name);
        return list != null && list.index < from.visibility;
    }
}
