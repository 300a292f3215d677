package dev.holdfast.policy.cel.function.standard;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Regular expressions with RE2's syntax, whose matching takes time linear in the text, whatever the pattern. */
public final class Regexes {
    private static final Cost MATCH =
            arguments -> Values.walking(1 + Values.size(arguments[0])) * ((Values.size(arguments[1]) + 3) / 4);

    /** A counted repetition of counted repetitions unfolds; more states than this are a bomb. */
    private static final long MOST_STATES = 100_000;

    private static final int MOST_REMEMBERED = 256;

    /** Patterns that were compiled of late; a policy asks the same ones again and again. */
    private static final Map<String, Pattern> COMPILED =
            java.util.Collections.synchronizedMap(new LinkedHashMap<>(MOST_REMEMBERED, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Pattern> eldest) {
                    return size() > MOST_REMEMBERED;
                }
            });

    private Regexes() {}

    static void addTo(Library library) {
        library.both(
                "matches",
                "string,string",
                "bool",
                MATCH,
                a -> compiled((String) a[1], "").matcher((String) a[0]).find());
        library.member("find", "string,string", "string", MATCH, a -> find((String) a[0], (String) a[1]))
                .member(
                        "findAll",
                        "string,string",
                        "list(string)",
                        MATCH,
                        a -> findAll((String) a[0], (String) a[1], -1))
                .member(
                        "findAll",
                        "string,string,int",
                        "list(string)",
                        MATCH,
                        a -> findAll((String) a[0], (String) a[1], (Long) a[2]));
    }

    public static Pattern compiled(String expression, String errorPrefix) throws Fault {
        Pattern known = COMPILED.get(expression);
        if (known != null) {
            return known;
        }
        if (states(expression) > MOST_STATES) {
            throw new Fault(errorPrefix + "error parsing regexp: expression too large");
        }
        try {
            Pattern pattern = Pattern.compile(expression);
            COMPILED.put(expression, pattern);
            return pattern;
        } catch (PatternSyntaxException wrong) {
            throw new Fault(errorPrefix + wrong.getMessage());
        } catch (StackOverflowError tooDeep) {
            throw new Fault(errorPrefix + "error parsing regexp: expression nests too deeply");
        }
    }

    /** About how many states an expression unfolds to: its length, times the counts of its repetitions, nested ones multiplied. */
    private static long states(String expression) {
        long product = 1;
        long sum = expression.length();
        for (int i = 0; i < expression.length(); i++) {
            if (expression.charAt(i) != '{') {
                continue;
            }
            long count = 0;
            long most = 0;
            int at = i + 1;
            while (at < expression.length() && "0123456789,".indexOf(expression.charAt(at)) >= 0) {
                count = expression.charAt(at) == ',' ? 0 : Math.min(100_000, count * 10 + expression.charAt(at) - '0');
                most = Math.max(most, count);
                at++;
            }
            boolean isRepeated = at < expression.length() && expression.charAt(at) == '}' && at > i + 1;
            if (isRepeated) {
                boolean isOfGroup = i > 0 && expression.charAt(i - 1) == ')';
                product = isOfGroup ? Math.min(MOST_STATES + 1, product * Math.max(1, most)) : product;
                sum += most;
            }
        }
        return Math.min(Long.MAX_VALUE / 2, product) > MOST_STATES ? product : product * sum;
    }

    private static String find(String text, String expression) throws Fault {
        Matcher matcher = compiled(expression, "Illegal regex: ").matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static List<Object> findAll(String text, String expression, long most) throws Fault {
        Matcher matcher = compiled(expression, "Illegal regex: ").matcher(text);
        List<Object> found = new ArrayList<>();
        while ((most < 0 || found.size() < most) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
