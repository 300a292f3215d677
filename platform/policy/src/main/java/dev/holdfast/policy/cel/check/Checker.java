package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.parse.Issue;
import dev.holdfast.policy.cel.parse.Macros;
import dev.holdfast.policy.cel.parse.RefusedExpression;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.parse.Tree.Element;
import dev.holdfast.policy.cel.parse.Tree.Entry;
import dev.holdfast.policy.cel.parse.Tree.FieldValue;
import dev.holdfast.policy.cel.parse.Tree.Listing;
import dev.holdfast.policy.cel.parse.Tree.Literal;
import dev.holdfast.policy.cel.parse.Tree.Mapping;
import dev.holdfast.policy.cel.parse.Tree.Message;
import dev.holdfast.policy.cel.parse.Tree.Name;
import dev.holdfast.policy.cel.parse.Tree.OptionalMap;
import dev.holdfast.policy.cel.parse.Tree.Select;
import dev.holdfast.policy.cel.parse.Tree.Walk;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Type.Kind;
import dev.holdfast.policy.cel.value.Values;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the type of every part of an expression, and the signatures that each call may mean. Part of the expression that is wrong has the type
 * {@link Type#ERROR}, which agrees with everything, so that one mistake is told once.
 */
public final class Checker {
    private static final Map<String, Map<String, Type>> MESSAGES = Map.of(
            "google.protobuf.Duration", Map.of("seconds", Type.INT, "nanos", Type.INT),
            "google.protobuf.Timestamp", Map.of("seconds", Type.INT, "nanos", Type.INT));

    private final Library library;
    private final Substitutions substitutions = new Substitutions();
    private final List<Issue> issues = new ArrayList<>();
    private final OverloadChoice overloads;
    private final Names names;
    private final WalkChecker walks;
    private final Map<Tree, Type> types = Checked.emptyTypes();

    private Checker(Declarations declarations) {
        this.library = declarations.library();
        this.overloads = new OverloadChoice(library, substitutions, issues);
        this.names = new Names(declarations, issues);
        this.walks = new WalkChecker(this, names, overloads, substitutions);
    }

    public static Checked check(String source, Tree tree, Declarations declarations) throws RefusedExpression {
        Checker checker = new Checker(declarations);
        Type type = checker.type(tree);
        if (!checker.issues.isEmpty()) {
            throw RefusedExpression.of(source, checker.issues);
        }
        checker.types.replaceAll((_, found) -> checker.substitutions.apply(found, true));
        return new Checked(
                tree,
                checker.substitutions.apply(type, true),
                checker.overloads.chosen(),
                checker.names.meanings(),
                checker.types);
    }

    /** The type of a part. */
    Type type(Tree tree) {
        Type type = found(tree);
        types.put(tree, type);
        return type;
    }

    void wrong(int at, String message) {
        issues.add(new Issue(at, message));
    }

    private Type found(Tree tree) {
        return switch (tree) {
            case Literal literal -> Values.typeOf(literal.value());
            case Name name -> name(name);
            case Select select -> select(select);
            case Call call -> call(call);
            case Listing list -> listing(list);
            case Mapping map -> mapping(map);
            case Message message -> message(message);
            case Walk walk -> walks.walk(walk);
            case OptionalMap map -> walks.optionalMap(map);
        };
    }

    private Type name(Name name) {
        return names.lookUp(name, name.name()).orElseGet(() -> {
            names.undeclared(name.at(), name.name());
            return Type.ERROR;
        });
    }

    private Type select(Select select) {
        if (!select.isTest()) {
            Optional<Type> whole = Names.dotted(select).flatMap(name -> names.lookUp(select, name));
            if (whole.isPresent()) {
                return whole.get();
            }
        }
        Type field = field(select.operand(), select.field(), select.at(), false);
        return select.isTest() ? Type.BOOL : field;
    }

    private Type field(Tree operand, String field, int at, boolean isOptional) {
        Type given = substitutions.apply(type(operand), false);
        boolean isChained = given.kind() == Kind.OPTIONAL;
        Type target = isChained ? given.first() : given;
        Type result = switch (target.kind()) {
            case MAP -> target.parameters().get(1);
            case STRUCT -> names.fieldOf(target, field, at);
            case PARAMETER -> {
                substitutions.isAssignable(Type.DYN, target);
                yield Type.DYN;
            }
            case DYN, ERROR -> Type.DYN;
            case NULL, BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION, LIST, TYPE, OPTIONAL -> {
                issues.add(new Issue(at, "type '" + target.shown() + "' does not support field selection"));
                yield Type.DYN;
            }
        };
        return isChained || isOptional ? Type.optional(result) : result;
    }

    private Type call(Call call) {
        if (call.function().equals("_?._")) {
            Tree operand = call.arguments().getFirst();
            String field = Macros.constant(call.arguments().get(1))
                    .map(Object::toString)
                    .orElse("");
            return field(operand, field, call.at(), true);
        }
        if (call.target().isEmpty()) {
            List<Type> arguments = types(call.arguments());
            String function = call.function().startsWith(".") ? call.function().substring(1) : call.function();
            return global(call, function, arguments);
        }
        Tree target = call.target().get();
        List<Type> arguments = types(call.arguments());
        Optional<String> qualified = Names.dotted(target).map(name -> name + "." + call.function());
        if (qualified.isPresent() && !library.overloads(qualified.get()).isEmpty()) {
            return global(call, qualified.get(), arguments);
        }
        Type receiver = type(target);
        if (library.overloads(call.function()).isEmpty()) {
            names.undeclared(call.at(), call.function());
            return Type.ERROR;
        }
        List<Type> all = new ArrayList<>(List.of(receiver));
        all.addAll(arguments);
        return overloads.choose(call, call.function(), true, all);
    }

    private List<Type> types(List<Tree> trees) {
        List<Type> types = new ArrayList<>(trees.size());
        for (Tree tree : trees) {
            types.add(type(tree));
        }
        return types;
    }

    private Type global(Call call, String function, List<Type> arguments) {
        if (function.equals("_&&_") || function.equals("_||_")) {
            return junction(call, arguments);
        }
        if (library.overloads(function).isEmpty()) {
            names.undeclared(call.at(), function);
            return Type.ERROR;
        }
        return overloads.choose(call, function, false, arguments);
    }

    private Type junction(Call call, List<Type> arguments) {
        Type result = Type.BOOL;
        for (int i = 0; i < arguments.size(); i++) {
            if (!substitutions.isAssignable(arguments.get(i), Type.BOOL)) {
                overloads.mismatch(call.arguments().get(i).at(), Type.BOOL, arguments.get(i));
                result = Type.ERROR;
            }
        }
        return result;
    }

    private Type listing(Listing list) {
        Optional<Type> elements = Optional.empty();
        for (Element element : list.elements()) {
            Type type = type(element.value());
            if (element.isOptional()) {
                type = unwrapped(element.value(), type);
            }
            elements = Optional.of(joined(elements, type));
        }
        return Type.list(elements.orElseGet(substitutions::fresh));
    }

    private Type unwrapped(Tree tree, Type given) {
        Type type = substitutions.apply(given, false);
        if (type.kind() == Kind.OPTIONAL) {
            return type.first();
        }
        if (!type.isDynamic()) {
            overloads.mismatch(tree.at(), Type.optional(type), type);
        }
        return type;
    }

    private Type joined(Optional<Type> before, Type type) {
        if (before.isEmpty()) {
            return type;
        }
        return substitutions.isAssignable(before.get(), type)
                ? Substitutions.mostGeneral(before.get(), type)
                : Type.DYN;
    }

    private Type mapping(Mapping map) {
        Optional<Type> keys = Optional.empty();
        Optional<Type> values = Optional.empty();
        for (Entry entry : map.entries()) {
            keys = Optional.of(joined(keys, type(entry.key())));
            Type type = type(entry.value());
            if (entry.isOptional()) {
                type = unwrapped(entry.value(), type);
            }
            values = Optional.of(joined(values, type));
        }
        return Type.map(keys.orElseGet(substitutions::fresh), values.orElseGet(substitutions::fresh));
    }

    private Type message(Message message) {
        Map<String, Type> fields = MESSAGES.get(message.name());
        if (fields == null) {
            names.undeclared(message.at(), message.name());
            return Type.ERROR;
        }
        for (FieldValue field : message.fields()) {
            Type value = type(field.value());
            Type wanted = fields.get(field.name());
            if (wanted == null) {
                issues.add(new Issue(field.at(), "undefined field '" + field.name() + "'"));
            } else if (!substitutions.isAssignable(value, wanted)) {
                issues.add(new Issue(
                        field.at(),
                        "expected type of field '" + field.name() + "' is '" + wanted.shown()
                                + "' but provided type is '"
                                + substitutions.apply(value, true).shown() + "'"));
            }
        }
        return message.name().equals(Type.DURATION.name()) ? Type.DURATION : Type.TIMESTAMP;
    }
}
