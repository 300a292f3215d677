package dev.holdfast.rules.load;

import dev.holdfast.rules.Problem;
import dev.holdfast.rules.ProblemCode;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.RuleSet;
import dev.holdfast.rules.event.Event;
import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.FieldCatalogue;
import dev.holdfast.rules.load.LoadException.Subject;
import dev.holdfast.rules.load.Resolver.UnresolvedException;
import dev.holdfast.rules.match.CompileException;
import dev.holdfast.rules.match.ConditionCompiler;
import dev.holdfast.rules.match.OperandCompiler;
import dev.holdfast.rules.match.Slots;
import dev.holdfast.rules.match.Specialisation;
import dev.holdfast.rules.output.OutputFormat;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.ConditionParser;
import dev.holdfast.rules.syntax.SyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes rules of the collected items. */
final class Compilation {
    /** More types than any rule means that restricts them. */
    private static final int MANY_TYPES = 100;

    private static final String CONTAINER_INFO = "%container.info";

    private final Collected collected;
    private final Problems problems;
    private final FieldCatalogue catalogue;
    private final Warnings warnings;
    private final Map<String, Condition> parsed = new LinkedHashMap<>();
    private final Resolver resolver;

    Compilation(Collected collected, Problems problems, FieldCatalogue catalogue) {
        this.collected = collected;
        this.problems = problems;
        this.catalogue = catalogue;
        this.warnings = new Warnings(collected, problems, catalogue);
        this.resolver = new Resolver(collected, parsed);
    }

    RuleSet compile() {
        lists();
        macros();
        List<Rule> rules = new ArrayList<>();
        for (RuleItem item : collected.rules.values()) {
            if (item.isSourceKnown) {
                rule(item).ifPresent(rules::add);
            }
        }
        unused();
        return new RuleSet(rules, catalogue);
    }

    private void lists() {
        for (ListItem list : collected.lists.values()) {
            try {
                resolver.list(list.name);
            } catch (UnresolvedException wrong) {
                problems.tell(
                        ProblemCode.LOAD_ERR_VALIDATE, wrong.getMessage(), new Subject("list", list.name), list.place);
                return;
            }
        }
    }

    private void macros() {
        for (MacroItem macro : collected.macros.values()) {
            try {
                parsed.put(macro.name, ConditionParser.parse(macro.condition.text()));
            } catch (SyntaxException wrong) {
                problems.tell(
                        ProblemCode.LOAD_ERR_COMPILE_CONDITION,
                        wrong.getMessage(),
                        new Subject("macro", macro.name),
                        macro.condition.place(wrong.at()));
            }
        }
        for (MacroItem macro : collected.macros.values()) {
            try {
                resolver.macro(macro.name);
            } catch (UnresolvedException wrong) {
                parsed.remove(macro.name);
                if (!wrong.isSilent()) {
                    problems.tell(
                            ProblemCode.LOAD_ERR_VALIDATE,
                            wrong.getMessage(),
                            new Subject("macro", macro.name),
                            macro.condition.place(wrong.at()));
                }
            } catch (SyntaxException wrong) {
                parsed.remove(macro.name);
                problems.tell(
                        ProblemCode.LOAD_ERR_COMPILE_CONDITION,
                        wrong.getMessage(),
                        new Subject("macro", macro.name),
                        macro.condition.place(wrong.at()));
            }
        }
    }

    private Optional<Rule> rule(RuleItem item) {
        Subject subject = new Subject("rule", item.name);
        Optional<OutputFormat> output = output(item, subject);
        Optional<Condition> condition = condition(item, subject);
        if (output.isEmpty() || condition.isEmpty()) {
            return Optional.empty();
        }
        List<EventType> types =
                item.source.equals(Event.SYSCALL) ? Specialisation.types(condition.get()) : EventType.all();
        boolean areMany = types.isEmpty() || types.size() > MANY_TYPES;
        if (item.source.equals(Event.SYSCALL) && areMany && item.warnsEventTypes) {
            problems.tell(
                    ProblemCode.LOAD_NO_EVTTYPE,
                    "Rule matches too many evt.type values. This has a significant performance penalty.",
                    subject,
                    item.condition.place(0));
        }
        return Optional.of(new Rule(
                item.name,
                item.description,
                item.source,
                item.priority,
                item.tags,
                item.isEnabled,
                output.get(),
                condition.get(),
                types,
                item.place));
    }

    private Optional<OutputFormat> output(RuleItem item, Subject subject) {
        String text = item.output.text().strip();
        int leading = item.output.text().indexOf(text);
        if (text.contains(CONTAINER_INFO)) {
            problems.tell(
                    ProblemCode.LOAD_DEPRECATED_ITEM,
                    "%container.info is deprecated and prints nothing; name the fields that you want",
                    subject,
                    item.output.place(leading + text.indexOf(CONTAINER_INFO)));
            text = text.replace(CONTAINER_INFO, "");
        }
        try {
            OutputFormat output = OutputFormat.of(text, item.source, catalogue);
            warnings.look(item, output.names(), item.output.place(0));
            return Optional.of(output);
        } catch (SyntaxException wrong) {
            problems.tell(
                    ProblemCode.LOAD_ERR_COMPILE_OUTPUT,
                    wrong.getMessage(),
                    subject,
                    item.output.place(leading + wrong.at()));
        } catch (CompileException wrong) {
            problems.tell(
                    wrong.isUnknownName() && item.skipsUnknown
                            ? ProblemCode.LOAD_UNKNOWN_FILTER
                            : ProblemCode.LOAD_ERR_COMPILE_OUTPUT,
                    wrong.getMessage(),
                    subject,
                    item.output.place(leading + wrong.at()));
        }
        return Optional.empty();
    }

    private Optional<Condition> condition(RuleItem item, Subject subject) {
        try {
            Condition condition = ConditionParser.parse(item.condition.text());
            Condition resolved = resolver.resolve(withExceptions(item, condition));
            warnings.look(item, resolved);
            new ConditionCompiler(new OperandCompiler(catalogue, item.source, new Slots())).compile(resolved);
            return Optional.of(resolved);
        } catch (SyntaxException wrong) {
            problems.tell(
                    ProblemCode.LOAD_ERR_COMPILE_CONDITION,
                    wrong.getMessage(),
                    subject,
                    item.condition.place(wrong.at()));
        } catch (UnresolvedException wrong) {
            if (!wrong.isSilent()) {
                problems.tell(
                        ProblemCode.LOAD_ERR_VALIDATE, wrong.getMessage(), subject, item.condition.place(wrong.at()));
            }
        } catch (LoadException wrong) {
            problems.add(wrong.problem());
        } catch (CompileException wrong) {
            problems.tell(
                    wrong.isUnknownName() && item.skipsUnknown
                            ? ProblemCode.LOAD_UNKNOWN_FILTER
                            : ProblemCode.LOAD_ERR_COMPILE_CONDITION,
                    wrong.getMessage(),
                    subject,
                    place(item, wrong));
        }
        return Optional.empty();
    }

    /** Exceptions are parts with names, as macros are. */
    private static Condition withExceptions(RuleItem item, Condition condition) throws LoadException {
        List<Condition> parts = new ArrayList<>();
        parts.add(condition);
        for (ExceptionItem exception : item.exceptions) {
            Optional<Condition> holds = ExceptionCondition.of(exception);
            if (holds.isPresent()) {
                parts.add(new Condition.Not(new Condition.Macro(exception.partName(), holds.get(), 0), 0));
            }
        }
        return parts.size() == 1 ? condition : new Condition.And(parts, 0);
    }

    /** The place in the macro or exception that is wrong, or in the rule's own condition. */
    private Problem.Place place(RuleItem item, CompileException wrong) {
        for (ExceptionItem exception : item.exceptions) {
            if (exception.partName().equals(wrong.macro())) {
                return exception.place();
            }
        }
        MacroItem macro = collected.macros.get(wrong.macro());
        return (macro == null ? item.condition : macro.condition).place(wrong.at());
    }

    private void unused() {
        for (MacroItem macro : collected.macros.values()) {
            if (!resolver.isUsedMacro(macro.name) && !collected.broken.contains("macro " + macro.name)) {
                problems.tell(
                        ProblemCode.LOAD_UNUSED_MACRO,
                        "Macro not referred to by any other rule/macro",
                        new Subject("macro", macro.name),
                        macro.place);
            }
        }
        for (ListItem list : collected.lists.values()) {
            if (!resolver.isUsedList(list.name) && !collected.broken.contains("list " + list.name)) {
                problems.tell(
                        ProblemCode.LOAD_UNUSED_LIST,
                        "List not referred to by any other rule/macro",
                        new Subject("list", list.name),
                        list.place);
            }
        }
    }
}
