package dev.holdfast.policy.cel.check;

import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload;
import dev.holdfast.policy.cel.parse.Issue;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Type.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the overloads of a function that a call may mean by the types of its arguments, and tells which types do not fit. */
final class OverloadChoice {
    private final Library library;
    private final Substitutions substitutions;
    private final List<Issue> issues;
    private final Map<Tree, List<Overload>> chosen = Checked.emptyCalls();

    OverloadChoice(Library library, Substitutions substitutions, List<Issue> issues) {
        this.library = library;
        this.substitutions = substitutions;
        this.issues = issues;
    }

    /** What each call may mean. */
    Map<Tree, List<Overload>> chosen() {
        return chosen;
    }

    /** Chooses for a call, and gives the type of its result: dynamic where several overloads fit that differ in it. */
    Type choose(Tree call, String function, boolean isMember, List<Type> given) {
        List<Overload> possible = new ArrayList<>();
        Type result = Type.ERROR;
        for (Overload overload : library.overloads(function)) {
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
        chosen.put(call, possible);
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

    void noOverload(int at, String function, List<Type> given, boolean isMember) {
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

    void mismatch(int at, Type expected, Type found) {
        issues.add(new Issue(
                at,
                "expected type '" + substitutions.apply(expected, true).shown() + "' but found '"
                        + substitutions.apply(found, true).shown() + "'"));
    }
}
