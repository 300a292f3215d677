package dev.holdfast.manifest.helm.functions;

import static dev.holdfast.manifest.template.FunctionTable.Parameter.INT;
import static dev.holdfast.manifest.template.FunctionTable.Parameter.STRING;

import dev.holdfast.core.text.BoundedText;
import dev.holdfast.manifest.template.Evaluation;
import dev.holdfast.manifest.template.FunctionTable;
import dev.holdfast.manifest.template.TemplateFault;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Regular expressions in Go's syntax, run by the JDK, which backtracks: one that looks at characters too often
 * is stopped.
 */
final class RegexFunctions {
    /** Looks at characters in one search; honest expressions look at each a few times. */
    private static final long MOST_LOOKS = 5_000_000;

    private RegexFunctions() {}

    static void addTo(FunctionTable table) {
        table.add("regexMatch", (a, _) -> isFound(Given.text(a, 0), Given.text(a, 1)), STRING, STRING);
        table.add(
                "mustRegexMatch",
                (a, _) -> matcher(Given.text(a, 0), Given.text(a, 1)).find(),
                STRING,
                STRING);
        both(table, "regexFind", (a, _) -> first(Given.text(a, 0), Given.text(a, 1)), STRING, STRING);
        both(
                table,
                "regexFindAll",
                (a, e) -> all(Given.text(a, 0), Given.text(a, 1), Given.number(a, 2), e),
                STRING,
                STRING,
                INT);
        both(table, "regexReplaceAll", (a, e) -> replaced(a, false, e), STRING, STRING, STRING);
        both(table, "regexReplaceAllLiteral", (a, e) -> replaced(a, true, e), STRING, STRING, STRING);
        both(
                table,
                "regexSplit",
                (a, e) -> split(Given.text(a, 0), Given.text(a, 1), Given.number(a, 2), e),
                STRING,
                STRING,
                INT);
        table.add("regexQuoteMeta", (a, _) -> Given.text(a, 0).replaceAll("[\\\\.+*?()|\\[\\]{}^$]", "\\\\$0"), STRING);
    }

    private static void both(
            FunctionTable table, String name, FunctionTable.Body body, FunctionTable.Parameter... parameters) {
        table.add(name, guarded(body), parameters);
        table.alias("must" + Character.toUpperCase(name.charAt(0)) + name.substring(1), name);
    }

    /** The matcher has no other way to stop than an unchecked exception; it ends here. */
    private static FunctionTable.Body guarded(FunctionTable.Body body) {
        return (List<@Nullable Object> arguments, Evaluation evaluation) -> {
            try {
                return body.call(arguments, evaluation);
            } catch (BoundedText.Exhausted _) {
                throw new TemplateFault(TemplateFault.Kind.LIMIT, "a regular expression that searches without end");
            } catch (StackOverflowError _) {
                throw new TemplateFault(TemplateFault.Kind.LIMIT, "a regular expression that nests too deep");
            }
        };
    }

    private static boolean isFound(String expression, String text) throws TemplateFault {
        try {
            return matcher(expression, text).find();
        } catch (TemplateFault wrong) {
            return false; // sprig drops the error
        } catch (BoundedText.Exhausted | StackOverflowError _) {
            throw new TemplateFault(TemplateFault.Kind.LIMIT, "a regular expression that searches without end");
        }
    }

    private static Matcher matcher(String expression, String text) throws TemplateFault {
        try {
            String ours =
                    expression.replace("(?P<", "(?<").replace("[[:", "[\\p{").replace("\\z", "\\z");
            ours = ours.contains("[\\p{") ? posix(expression) : ours;
            return Pattern.compile(ours).matcher(new BoundedText(text, MOST_LOOKS));
        } catch (PatternSyntaxException wrong) {
            throw TemplateFault.of(
                    "regexp: Compile(`" + expression + "`): error parsing regexp: " + wrong.getDescription());
        }
    }

    /** {@code [[:alpha:]]} as the JDK writes it. */
    private static String posix(String expression) {
        String ours = expression.replace("(?P<", "(?<");
        String[][] classes = {
            {"alnum", "Alnum"}, {"alpha", "Alpha"}, {"ascii", "ASCII"}, {"blank", "Blank"}, {"cntrl", "Cntrl"},
            {"digit", "Digit"}, {"graph", "Graph"}, {"lower", "Lower"}, {"print", "Print"}, {"punct", "Punct"},
            {"space", "Space"}, {"upper", "Upper"}, {"xdigit", "XDigit"}
        };
        for (String[] each : classes) {
            ours = ours.replace("[:" + each[0] + ":]", "\\p{" + each[1] + "}")
                    .replace("[:^" + each[0] + ":]", "\\P{" + each[1] + "}");
        }
        return ours.replace("[:word:]", "\\w");
    }

    private static String first(String expression, String text) throws TemplateFault {
        Matcher matcher = matcher(expression, text);
        return matcher.find() ? matcher.group() : "";
    }

    private static List<Object> all(String expression, String text, int most, Evaluation evaluation)
            throws TemplateFault {
        List<Object> found = new ArrayList<>();
        Matcher matcher = matcher(expression, text);
        int end = -1;
        while ((most < 0 || found.size() < most) && matcher.find()) {
            boolean isEmptyAfterMatch = matcher.end() == matcher.start() && matcher.start() == end;
            end = matcher.end();
            if (!isEmptyAfterMatch) {
                evaluation.budget().make(matcher.end() - matcher.start() + 1L);
                found.add(matcher.group());
            }
        }
        return found;
    }

    private static String replaced(List<@Nullable Object> arguments, boolean isLiteral, Evaluation evaluation)
            throws TemplateFault {
        String text = Given.text(arguments, 1);
        String with = Given.text(arguments, 2);
        Matcher matcher = matcher(Given.text(arguments, 0), text);
        StringBuilder out = new StringBuilder();
        int at = 0;
        int end = -1;
        while (matcher.find()) {
            if (matcher.end() == matcher.start() && matcher.start() == end) {
                continue;
            }
            end = matcher.end();
            out.append(text, at, matcher.start());
            out.append(isLiteral ? with : expanded(with, matcher));
            evaluation.budget().make(out.length() / 16L);
            at = matcher.end();
        }
        evaluation.budget().make(out.length());
        return at == 0 && out.isEmpty()
                ? text
                : out.append(text, at, text.length()).toString();
    }

    /** {@code $1}, {@code ${1}}, {@code ${name}} and {@code $$}; a name is as long as it can be. */
    private static String expanded(String with, Matcher matcher) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < with.length()) {
            char c = with.charAt(at);
            if (c != '$' || at + 1 >= with.length()) {
                out.append(c);
                at++;
                continue;
            }
            boolean isBraced = with.charAt(at + 1) == '{';
            int from = at + (isBraced ? 2 : 1);
            int to = from;
            while (to < with.length() && (Character.isLetterOrDigit(with.charAt(to)) || with.charAt(to) == '_')) {
                to++;
            }
            if (with.charAt(at + 1) == '$') {
                out.append('$');
                at += 2;
            } else if (to == from || isBraced && (to >= with.length() || with.charAt(to) != '}')) {
                out.append('$');
                at++;
            } else {
                out.append(group(with.substring(from, to), matcher));
                at = isBraced ? to + 1 : to;
            }
        }
        return out.toString();
    }

    private static String group(String name, Matcher matcher) {
        boolean isNumber = name.chars().allMatch(c -> c >= '0' && c <= '9') && name.length() < 4;
        String found;
        if (isNumber) {
            int number = Integer.parseInt(name);
            found = number <= matcher.groupCount() ? matcher.group(number) : "";
        } else {
            found = matcher.namedGroups().containsKey(name) ? matcher.group(name) : "";
        }
        return found == null ? "" : found;
    }

    private static List<Object> split(String expression, String text, int most, Evaluation evaluation)
            throws TemplateFault {
        List<Object> parts = new ArrayList<>();
        if (most == 0) {
            return parts;
        }
        if (!expression.isEmpty() && text.isEmpty()) {
            parts.add("");
            return parts;
        }
        Matcher matcher = matcher(expression, text);
        int at = 0;
        int end = 0;
        while (matcher.find()) {
            if (most > 0 && parts.size() == most - 1) {
                break;
            }
            end = matcher.start();
            if (matcher.end() != 0) {
                parts.add(text.substring(at, end));
                evaluation.budget().make(end - at + 1L);
            }
            at = matcher.end();
        }
        if (end != text.length()) {
            parts.add(text.substring(at));
        }
        return parts;
    }
}
