package dev.holdfast.report.rules;

import dev.holdfast.core.SafeText;
import dev.holdfast.report.form.Columns;
import dev.holdfast.report.form.Ink;
import dev.holdfast.rules.Explanation;
import dev.holdfast.rules.LoadedRules;
import dev.holdfast.rules.Problem;
import dev.holdfast.rules.Rule;
import dev.holdfast.rules.given.RuleTest;
import java.util.List;
import java.util.Locale;

/** Writes what there is to say about rule files for a person. */
public final class TerminalRules {
    private static final int WIDTH = 100;
    private static final int PRIORITY_WIDTH = 14;
    private static final int NAME_WIDTH = 52;

    private TerminalRules() {}

    /** One line a problem, in the form that editors know; nothing when there is none. */
    public static String check(LoadedRules loaded) {
        StringBuilder text = new StringBuilder();
        for (Problem problem : loaded.problems()) {
            text.append(SafeText.of(problem.toString())).append('\n');
        }
        return text.toString();
    }

    /** The same for somebody who looks at it: with what the file says at each place below its line, and a word when there is nothing. */
    public static String checkWithExcerpts(LoadedRules loaded) {
        if (loaded.problems().isEmpty()) {
            return Columns.count(loaded.rules().rules().size(), "rule") + ", nothing wrong or doubtful\n";
        }
        StringBuilder text = new StringBuilder();
        for (Problem problem : loaded.problems()) {
            text.append(SafeText.of(problem.toString())).append('\n');
            problem.excerpt()
                    .ifPresent(found ->
                            text.append(CaretLines.of(found, problem.place().line(), WIDTH)));
        }
        return text.toString();
    }

    /** The rules by name, with priority, tags and whether they are enabled. */
    public static String list(List<Rule> rules, Ink ink) {
        StringBuilder text = new StringBuilder();
        for (Rule rule : rules) {
            String tags = String.join(", ", rule.tags());
            String line = padded(rule.priority().word(), PRIORITY_WIDTH)
                    + padded(SafeText.of(rule.name()), NAME_WIDTH)
                    + (rule.isEnabled() ? "" : "disabled  ")
                    + SafeText.of(tags);
            text.append(cut(line.stripTrailing())).append('\n');
        }
        long enabled = rules.stream().filter(Rule::isEnabled).count();
        return text.append('\n')
                .append(ink.bold(
                        rules.size() + (rules.size() == 1 ? " rule, " : " rules, ") + enabled + " of them enabled"))
                .append('\n')
                .toString();
    }

    private static String padded(String text, int width) {
        return text.length() < width ? text + " ".repeat(width - text.length()) : text + " ";
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }

    /** What the rule says, and the checks that decided, each with the value that the event has. */
    public static String explanation(Explanation explanation, Ink ink) {
        StringBuilder text = new StringBuilder();
        String name = SafeText.of(explanation.rule().name());
        if (!explanation.isSourceRight()) {
            return ink.bold(name + " does not hold") + ": it is for events of "
                    + SafeText.of(explanation.rule().source()) + "\n";
        }
        text.append(ink.bold(
                name + (explanation.holds() ? " holds" : " does not hold") + ", because of these checks:\n\n"));
        for (Explanation.Step step : explanation.decisive()) {
            String found = step.found().orElse("<NA>");
            text.append("  ")
                    .append(step.holds() ? ink.good("holds ") : ink.bad("fails "))
                    .append(SafeText.of(shortened(step.text())))
                    .append('\n')
                    .append("        ")
                    .append(ink.dim("the event has " + SafeText.of(shortened(found))))
                    .append('\n');
        }
        return text.toString();
    }

    /** Lists in conditions may have thousands of values. */
    private static String shortened(String text) {
        int most = WIDTH - 24;
        return text.length() <= most
                ? text
                : text.substring(0, most) + String.format(Locale.ROOT, "… (%,d characters)", text.length());
    }

    /** The tests that fail, each with its differences, and how many passed. */
    public static String tests(List<RuleTest.Outcome> outcomes, Ink ink) {
        StringBuilder text = new StringBuilder();
        int passed = 0;
        for (RuleTest.Outcome outcome : outcomes) {
            if (outcome.isPassed()) {
                passed++;
                continue;
            }
            text.append(ink.bad("FAIL  "))
                    .append(SafeText.of(outcome.test().name()))
                    .append(ink.dim("  " + SafeText.of(outcome.test().file()) + ":"
                            + outcome.test().line()))
                    .append('\n');
            for (String difference : outcome.differences()) {
                text.append("      ").append(SafeText.of(difference)).append('\n');
            }
        }
        return text.append(passed)
                .append(" of ")
                .append(outcomes.size())
                .append(" tests pass\n")
                .toString();
    }
}
