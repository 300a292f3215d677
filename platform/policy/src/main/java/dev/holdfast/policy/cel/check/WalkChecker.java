package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.parse.Tree.OptionalMap;
import dev.holdfast.policy.cel.parse.Tree.Walk;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Type.Kind;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the types of macros, whose parts may use names that nothing outside of them knows. */
final class WalkChecker {
    private final Checker checker;
    private final Names names;
    private final OverloadChoice overloads;
    private final Substitutions substitutions;

    WalkChecker(Checker checker, Names names, OverloadChoice overloads, Substitutions substitutions) {
        this.checker = checker;
        this.names = names;
        this.overloads = overloads;
        this.substitutions = substitutions;
    }

    /** A macro that walks: the names that it gives, its condition, its result. */
    Type walk(Walk walk) {
        Type range = substitutions.apply(checker.type(walk.range()), false);
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
                checker.wrong(
                        walk.range().at(),
                        "expression of type '" + range.shown()
                                + "' cannot be range of a comprehension (must be list, map, or dynamic)");
        }
        Map<String, Type> scope = new HashMap<>();
        scope.put(walk.first(), first);
        if (walk.second().isPresent()) {
            scope.put(walk.second().get(), second);
        }
        names.open(scope);
        Type result = walked(walk, first);
        names.close();
        return result;
    }

    private Type walked(Walk walk, Type first) {
        if (walk.condition().isPresent()) {
            condition(walk, walk.condition().get(), first);
        }
        Type result = walk.result().map(checker::type).orElse(Type.BOOL);
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
        Type type = checker.type(tree);
        if (substitutions.isAssignable(type, Type.BOOL)) {
            return;
        }
        switch (walk.macro()) {
            case ALL, EXISTS -> overloads.mismatch(tree.at(), Type.BOOL, type);
            case EXISTS_ONE -> overloads.noOverload(walk.at(), "_?_:_", List.of(type, Type.INT, Type.INT), false);
            case MAP, FILTER, TRANSFORM_LIST, TRANSFORM_MAP, TRANSFORM_MAP_ENTRY, SORT_BY ->
                overloads.noOverload(walk.at(), "_?_:_", List.of(type, Type.list(first), Type.list(first)), false);
        }
    }

    /** {@code target.optMap(name, result)}. */
    Type optionalMap(OptionalMap map) {
        Type given = substitutions.apply(checker.type(map.target()), false);
        boolean isOptional = given.kind() == Kind.OPTIONAL;
        if (!isOptional && !given.isDynamic() && given.kind() != Kind.PARAMETER) {
            overloads.noOverload(map.at(), "hasValue", List.of(given), true);
        }
        names.open(Map.of(map.name(), isOptional ? given.first() : Type.DYN));
        Type result = checker.type(map.result());
        names.close();
        if (!map.isFlat()) {
            return Type.optional(result);
        }
        Type flat = substitutions.apply(result, false);
        if (flat.kind() != Kind.OPTIONAL && !flat.isDynamic() && flat.kind() != Kind.PARAMETER) {
            overloads.noOverload(map.at(), "_?_:_", List.of(Type.BOOL, flat, Type.optional(Type.DYN)), false);
        }
        return flat.kind() == Kind.OPTIONAL ? flat : Type.optional(Type.DYN);
    }
}
