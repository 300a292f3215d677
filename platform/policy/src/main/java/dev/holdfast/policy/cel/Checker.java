package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.Checked.Meaning;
import dev.holdfast.policy.cel.Tree.Call;
import dev.holdfast.policy.cel.Tree.Element;
import dev.holdfast.policy.cel.Tree.Entry;
import dev.holdfast.policy.cel.Tree.FieldValue;
import dev.holdfast.policy.cel.Tree.Listing;
import dev.holdfast.policy.cel.Tree.Literal;
import dev.holdfast.policy.cel.Tree.Mapping;
import dev.holdfast.policy.cel.Tree.Message;
import dev.holdfast.policy.cel.Tree.Name;
import dev.holdfast.policy.cel.Tree.OptionalMap;
import dev.holdfast.policy.cel.Tree.Select;
import dev.holdfast.policy.cel.Tree.Walk;
import dev.holdfast.policy.cel.Type.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds the type of every part of an expression, and the signatures that each call may mean. Part of the expression that is wrong has the type
 * {@link Type#ERROR}, which agrees with everything, so that one mistake is told once.
 */
final class Checker {
    private static final Map<String, Map<String, Type>> MESSAGES = Map.of(
            "google.protobuf.Duration", Map.of("seconds", Type.INT, "nanos", Type.INT),
            "google.protobuf.Timestamp", Map.of("seconds", Type.INT, "nanos", Type.INT));

    private final Environment environment;
    private final Substitutions substitutions = new Substitutions();
    private final List<Issue> issues = new ArrayList<>();
    private final Deque<Map<String, Type>> scopes = new ArrayDeque<>();
    private final Map<Tree, List<Overload>> calls = Checked.emptyCalls();
    private final Map<Tree, Meaning> names = Checked.emptyNames();
    private final Map<Tree, Type> types = Checked.emptyTypes();

    private Checker(Environment environment) {
        this.environment = environment;
    }

    static Checked check(String source, Tree tree, Environment environment) throws RefusedExpression {
        Checker checker = new Checker(environment);
        Type type = checker.type(tree);
        if (!checker.issues.isEmpty()) {
            throw RefusedExpression.of(source, checker.issues);
        }
        checker.types.replaceAll((_, found) -> checker.substitutions.apply(found, true));
        return new Checked(tree, checker.substitutions.apply(type, true), checker.calls, checker.names, checker.types);
    }

    private Type type(Tree tree) {
        Type type = found(tree);
        types.put(tree, type);
        return type;
    }

    private Type found(Tree tree) {
        return switch (tree) {
            case Literal literal -> literal(literal.value());
            case Name name -> name(name);
            case Select select -> select(select);
            case Call call -> call(call);
            case Listing list -> listing(list);
            case Mapping map -> mapping(map);
            case Message message -> message(message);
            case Walk walk -> walk(walk);
            case OptionalMap map -> optionalMap(map);
        };
    }

    private static Type literal(Object value) {
        return switch (value) {
            case Boolean _ -> Type.BOOL;
            case Long _ -> Type.INT;
            case Unsigned _ -> Type.UINT;
            case Double _ -> Type.DOUBLE;
            case String _ -> Type.STRING;
            case Bytes _ -> Type.BYTES;
            case Instant _ -> Type.TIMESTAMP;
            case Duration _ -> Type.DURATION;
            default -> Type.NULL;
        };
    }

    private Type name(Name name) {
        return lookUp(name, name.name()).orElseGet(() -> {
            undeclared(name.at(), name.name());
            return Type.ERROR;
        });
    }

    private void undeclared(int at, String name) {
        issues.add(new Issue(at, "undeclared reference to '" + name + "' (in container '')"));
    }

    /** What a dotted name means, if it means something as a whole. */
    private Optional<Type> lookUp(Tree tree, String written) {
        String name = written.startsWith(".") ? written.substring(1) : written;
        if (!written.startsWith(".")) {
            for (Map<String, Type> scope : scopes) {
                Type local = scope.get(name);
                if (local != null) {
                    names.put(tree, new Meaning.Local(name));
                    return Optional.of(local);
                }
            }
        }
        Optional<Type> variable = environment.variable(name);
        if (variable.isPresent()) {
            names.put(tree, new Meaning.Variable(name));
            return variable;
        }
        Optional<Type> type = environment.typeNamed(name);
        type.ifPresent(found -> names.put(tree, new Meaning.OfType(found)));
        return type.map(Type::type);
    }

    /** The dotted name that a tree spells; empty when it is more than a name. */
    private static Optional<String> dotted(Tree tree) {
        return switch (tree) {
            case Name name -> Optional.of(name.name());
            case Select select
            when !select.isTest() -> dotted(select.operand()).map(operand -> operand + "." + select.field());
            case Select _, Literal _, Call _, Listing _, Mapping _, Message _, Walk _, OptionalMap _ ->
                Optional.empty();
        };
    }

    private Type select(Select select) {
        if (!select.isTest()) {
            Optional<Type> whole = dotted(select).flatMap(name -> lookUp(select, name));
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
            case STRUCT -> fieldOf(target, field, at);
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

    private Type fieldOf(Type structure, String field, int at) {
        Optional<Map<String, Type>> fields = environment.fields(structure.name());
        if (fields.isEmpty()) {
            issues.add(new Issue(at, "unexpected failed resolution of '" + structure.name() + "'"));
            return Type.ERROR;
        }
        Type type = fields.get().get(field);
        if (type == null) {
            issues.add(new Issue(at, "undefined field '" + field + "'"));
            return Type.ERROR;
        }
        return type;
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
        Optional<String> qualified = dotted(target).map(name -> name + "." + call.function());
        if (qualified.isPresent()
                && !Library.KUBERNETES.overloads(qualified.get()).isEmpty()) {
            return global(call, qualified.get(), arguments);
        }
        Type receiver = type(target);
        List<Overload> overloads = Library.KUBERNETES.overloads(call.function());
        if (overloads.isEmpty()) {
            undeclared(call.at(), call.function());
            return Type.ERROR;
        }
        List<Type> all = new ArrayList<>(List.of(receiver));
        all.addAll(arguments);
        return resolve(call, call.function(), overloads, true, all);
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
        List<Overload> overloads = Library.KUBERNETES.overloads(function);
        if (overloads.isEmpty()) {
            undeclared(call.at(), function);
            return Type.ERROR;
        }
        return resolve(call, function, overloads, false, arguments);
    }

    private Type junction(Call call, List<Type> arguments) {
        Type result = Type.BOOL;
        for (int i = 0; i < arguments.size(); i++) {
            if (!substitutions.isAssignable(arguments.get(i), Type.BOOL)) {
                mismatch(call.arguments().get(i).at(), Type.BOOL, arguments.get(i));
                result = Type.ERROR;
            }
        }
        return result;
    }

    private void mismatch(int at, Type expected, Type found) {
        issues.add(new Issue(
                at,
                "expected type '" + substitutions.apply(expected, true).shown() + "' but found '"
                        + substitutions.apply(found, true).shown() + "'"));
    }

    private Type resolve(Tree call, String function, List<Overload> overloads, boolean isMember, List<Type> given) {
        List<Overload> possible = new ArrayList<>();
        Type result = Type.ERROR;
        for (Overload overload : overloads) {
            if (overload.isMember() != isMember) {
                continue;
            }
            Map<String, Type> parameters = new HashMap<>();
            List<Type> wanted = new ArrayList<>(overload.arguments().size());
            for (Type argument : overload.arguments()) {
                wanted.add(instance(argument, parameters));
            }
            Type returned = instance(overload.result(), parameters);
            if (substitutions.areAssignable(given, wanted)) {
                Type type = substitutions.apply(returned, false);
                boolean isSame = possible.isEmpty() || type.equals(result) || result.kind() == Kind.DYN;
                result = possible.isEmpty() ? type : isSame ? result : Type.DYN;
                possible.add(overload);
            }
        }
        if (possible.isEmpty()) {
            noOverload(call.at(), function, given, isMember);
            return Type.ERROR;
        }
        calls.put(call, possible);
        return result;
    }

    private Type instance(Type type, Map<String, Type> parameters) {
        if (type.kind() == Kind.PARAMETER) {
            return parameters.computeIfAbsent(type.name(), _ -> substitutions.fresh());
        }
        if (type.parameters().isEmpty()) {
            return type;
        }
        List<Type> instances = new ArrayList<>();
        for (Type parameter : type.parameters()) {
            instances.add(instance(parameter, parameters));
        }
        return new Type(type.kind(), type.name(), instances);
    }

    private void noOverload(int at, String function, List<Type> given, boolean isMember) {
        List<String> shown = new ArrayList<>();
        for (Type type : given) {
            shown.add(substitutions.apply(type, true).shown());
        }
        String signature = isMember
                ? shown.getFirst()
                        + shown.subList(1, shown.size()).stream().collect(Collectors.joining(", ", ".(", ")"))
                : shown.stream().collect(Collectors.joining(", ", "(", ")"));
        issues.add(new Issue(at, "found no matching overload for '" + function + "' applied to '" + signature + "'"));
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
            mismatch(tree.at(), Type.optional(type), type);
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
            undeclared(message.at(), message.name());
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

    private Type walk(Walk walk) {
        Type range = substitutions.apply(type(walk.range()), false);
        Type first = Type.DYN;
        Type second = Type.DYN;
        switch (range.kind()) {
            case LIST -> {
                first = walk.second().isPresent() ? Type.INT : range.first();
                second = range.first();
            }
            case MAP -> {
                first = range.first();
                second = range.parameters().get(1);
            }
            case PARAMETER -> substitutions.isAssignable(Type.DYN, range);
            case DYN, ERROR -> {}
            case NULL, BOOL, INT, UINT, DOUBLE, STRING, BYTES, TIMESTAMP, DURATION, TYPE, STRUCT, OPTIONAL ->
                issues.add(new Issue(
                        walk.range().at(),
                        "expression of type '" + range.shown()
                                + "' cannot be range of a comprehension (must be list, map, or dynamic)"));
        }
        Map<String, Type> scope = new HashMap<>();
        scope.put(walk.first(), first);
        if (walk.second().isPresent()) {
            scope.put(walk.second().get(), second);
        }
        scopes.push(scope);
        Type result = walked(walk, first);
        scopes.pop();
        return result;
    }

    private Type walked(Walk walk, Type first) {
        if (walk.condition().isPresent()) {
            condition(walk, walk.condition().get(), first);
        }
        Type result = walk.result().map(this::type).orElse(Type.BOOL);
        return switch (walk.macro()) {
            case ALL, EXISTS, EXISTS_ONE -> Type.BOOL;
            case FILTER, SORT_BY -> Type.list(first);
            case MAP, TRANSFORM_LIST -> Type.list(result);
            case TRANSFORM_MAP -> Type.map(first, result);
            case TRANSFORM_MAP_ENTRY -> {
                Type entry = substitutions.apply(result, false);
                yield entry.kind() == Kind.MAP ? entry : Type.map(Type.DYN, Type.DYN);
            }
        };
    }

    private void condition(Walk walk, Tree tree, Type first) {
        Type type = type(tree);
        if (substitutions.isAssignable(type, Type.BOOL)) {
            return;
        }
        switch (walk.macro()) {
            case ALL, EXISTS -> mismatch(tree.at(), Type.BOOL, type);
            case EXISTS_ONE -> noOverload(walk.at(), "_?_:_", List.of(type, Type.INT, Type.INT), false);
            case MAP, FILTER, TRANSFORM_LIST, TRANSFORM_MAP, TRANSFORM_MAP_ENTRY, SORT_BY ->
                noOverload(walk.at(), "_?_:_", List.of(type, Type.list(first), Type.list(first)), false);
        }
    }

    private Type optionalMap(OptionalMap map) {
        Type given = substitutions.apply(type(map.target()), false);
        boolean isOptional = given.kind() == Kind.OPTIONAL;
        if (!isOptional && !given.isDynamic() && given.kind() != Kind.PARAMETER) {
            noOverload(map.at(), "hasValue", List.of(given), true);
        }
        scopes.push(Map.of(map.name(), isOptional ? given.first() : Type.DYN));
        Type result = type(map.result());
        scopes.pop();
        if (!map.isFlat()) {
            return Type.optional(result);
        }
        Type flat = substitutions.apply(result, false);
        if (flat.kind() != Kind.OPTIONAL && !flat.isDynamic() && flat.kind() != Kind.PARAMETER) {
            noOverload(map.at(), "_?_:_", List.of(Type.BOOL, flat, Type.optional(Type.DYN)), false);
        }
        return flat.kind() == Kind.OPTIONAL ? flat : Type.optional(Type.DYN);
    }
}
