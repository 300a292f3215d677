package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.function.standard.Regexes;
import dev.holdfast.policy.cel.function.standard.TextFormat;
import dev.holdfast.policy.cel.function.standard.Times;
import dev.holdfast.policy.cel.parse.Issue;
import dev.holdfast.policy.cel.parse.Macros;
import dev.holdfast.policy.cel.parse.RefusedExpression;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.parse.Tree.Element;
import dev.holdfast.policy.cel.parse.Tree.Entry;
import dev.holdfast.policy.cel.parse.Tree.Listing;
import dev.holdfast.policy.cel.parse.Tree.Literal;
import dev.holdfast.policy.cel.parse.Tree.Mapping;
import dev.holdfast.policy.cel.parse.Tree.Message;
import dev.holdfast.policy.cel.parse.Tree.Name;
import dev.holdfast.policy.cel.parse.Tree.OptionalMap;
import dev.holdfast.policy.cel.parse.Tree.Select;
import dev.holdfast.policy.cel.parse.Tree.Walk;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Refuses what the types allow and the API server does not: constants that can have no value (durations, moments, regular expressions, format
 * strings), and lists and maps of several types, save what is handed to {@code format}.
 */
public final class Literalness {
    private final Checked checked;
    private final List<Issue> issues = new ArrayList<>();

    private Literalness(Checked checked) {
        this.checked = checked;
    }

    public static void validate(String source, Checked checked) throws RefusedExpression {
        Literalness literalness = new Literalness(checked);
        literalness.visit(checked.tree(), false);
        if (!literalness.issues.isEmpty()) {
            throw RefusedExpression.of(source, literalness.issues);
        }
    }

    private void visit(Tree tree, boolean isMixtureAllowed) {
        switch (tree) {
            case Literal _, Name _ -> {}
            case Select select -> visit(select.operand(), isMixtureAllowed);
            case Call call -> {
                boolean isFormat = isMixtureAllowed || call.function().equals("format");
                call.target().ifPresent(target -> visit(target, isFormat));
                call.arguments().forEach(argument -> visit(argument, isFormat));
                call(call);
            }
            case Listing list -> {
                list.elements().forEach(element -> visit(element.value(), isMixtureAllowed));
                if (!isMixtureAllowed) {
                    listing(list);
                }
            }
            case Mapping map -> {
                map.entries().forEach(entry -> {
                    visit(entry.key(), isMixtureAllowed);
                    visit(entry.value(), isMixtureAllowed);
                });
                if (!isMixtureAllowed) {
                    mapping(map);
                }
            }
            case Message message -> message.fields().forEach(field -> visit(field.value(), isMixtureAllowed));
            case Walk walk -> {
                visit(walk.range(), isMixtureAllowed);
                walk.condition().ifPresent(condition -> visit(condition, isMixtureAllowed));
                walk.result().ifPresent(result -> visit(result, isMixtureAllowed));
            }
            case OptionalMap map -> {
                visit(map.target(), isMixtureAllowed);
                visit(map.result(), isMixtureAllowed);
            }
        }
    }

    /** The first element of another type than the first one is told. */
    private void listing(Listing list) {
        for (Element element : list.elements()) {
            Element first = list.elements().getFirst();
            if (mismatches(type(first.value(), first.isOptional()), element.value(), element.isOptional())) {
                return;
            }
        }
    }

    private void mapping(Mapping map) {
        for (Entry entry : map.entries()) {
            Entry first = map.entries().getFirst();
            mismatches(type(first.key(), false), entry.key(), false);
            mismatches(type(first.value(), first.isOptional()), entry.value(), entry.isOptional());
        }
    }

    private Type type(Tree tree, boolean isOptional) {
        Type type = checked.typeOf(tree);
        return isOptional && type.kind() == Type.Kind.OPTIONAL ? type.first() : type;
    }

    private boolean mismatches(Type wanted, Tree tree, boolean isOptional) {
        Type found = type(tree, isOptional);
        if (found.equals(wanted)) {
            return false;
        }
        issues.add(new Issue(tree.at(), "expected type '" + wanted.shown() + "' but found '" + found.shown() + "'"));
        return true;
    }

    private void call(Call call) {
        List<Tree> arguments = new ArrayList<>();
        call.target().ifPresent(arguments::add);
        arguments.addAll(call.arguments());
        switch (call.function()) {
            case "duration" ->
                requireText(arguments, 0, 1, text -> Times.duration(text).isPresent(), "duration");
            case "timestamp" ->
                requireText(arguments, 0, 1, text -> Times.moment(text).isPresent(), "timestamp");
            case "matches" -> requireText(arguments, 1, 2, Literalness::isRegex, "matches");
            case "format" -> format(call);
            default -> {}
        }
    }

    private void requireText(List<Tree> arguments, int place, int count, Predicate<String> isRight, String function) {
        if (arguments.size() == count
                && arguments.get(place) instanceof Literal literal
                && literal.value() instanceof String text
                && !isRight.test(text)) {
            issues.add(new Issue(literal.at(), "invalid " + function + " argument"));
        }
    }

    private static boolean isRegex(String text) {
        try {
            Regexes.compiled(text, "");
            return true;
        } catch (Fault wrong) {
            return false;
        }
    }

    /** A format string and its list, both written out: each clause has its argument, and one that it takes. */
    private void format(Call call) {
        boolean isWritten = call.target().isPresent()
                && call.target().get() instanceof Literal literal
                && literal.value() instanceof String
                && call.arguments().size() == 1
                && call.arguments().getFirst() instanceof Listing;
        if (!isWritten) {
            return;
        }
        String text = Macros.constant(call.target().orElseThrow()).orElseThrow().toString();
        List<Element> arguments = ((Listing) call.arguments().getFirst()).elements();
        int[] place = {call.at()};
        int[] used = {0};
        try {
            TextFormat.walk(text, (verb, precision, index) -> {
                used[0] = index + 1;
                if (index >= arguments.size()) {
                    throw new Fault("index " + index + " out of range");
                }
                TextFormat.requireTakes(
                        verb,
                        checked.typeOf(arguments.get(index).value()),
                        () -> place[0] = arguments.get(index).value().at());
                return "";
            });
            if (used[0] < arguments.size()) {
                throw new Fault("too many arguments supplied to string.format (expected " + used[0] + ", got "
                        + arguments.size() + ")");
            }
        } catch (Fault wrong) {
            issues.add(new Issue(place[0], wrong.getMessage()));
        }
    }
}
