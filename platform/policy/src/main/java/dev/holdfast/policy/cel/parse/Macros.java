package dev.holdfast.policy.cel.parse;

import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.parse.Tree.Literal;
import dev.holdfast.policy.cel.parse.Tree.Macro;
import dev.holdfast.policy.cel.parse.Tree.Name;
import dev.holdfast.policy.cel.parse.Tree.OptionalMap;
import dev.holdfast.policy.cel.parse.Tree.Select;
import dev.holdfast.policy.cel.parse.Tree.Walk;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Calls that are no calls: {@code has(a.b)}, {@code list.all(x, …)} and their kin. A call with another number of arguments is left a call. */
public final class Macros {
    private static final Map<String, Macro> WALKS = Map.of(
            "all", Macro.ALL,
            "exists", Macro.EXISTS,
            "exists_one", Macro.EXISTS_ONE,
            "existsOne", Macro.EXISTS_ONE,
            "map", Macro.MAP,
            "filter", Macro.FILTER,
            "transformList", Macro.TRANSFORM_LIST,
            "transformMap", Macro.TRANSFORM_MAP,
            "transformMapEntry", Macro.TRANSFORM_MAP_ENTRY,
            "sortBy", Macro.SORT_BY);

    /** Takes what is wrong. */
    @FunctionalInterface
    interface Complaint {
        void wrong(int at, String message);
    }

    private Macros() {}

    static Tree unfold(Optional<Tree> target, String function, List<Tree> arguments, int at, Complaint complaint) {
        Tree call = new Call(target, function, arguments, at);
        if (target.isEmpty()) {
            return function.equals("has") && arguments.size() == 1
                    ? presence(arguments.getFirst(), at, call, complaint)
                    : call;
        }
        boolean isOptional = function.equals("optMap") || function.equals("optFlatMap");
        if (isOptional && arguments.size() == 2) {
            return name(arguments.getFirst(), complaint)
                    .<Tree>map(name ->
                            new OptionalMap(target.get(), name, arguments.get(1), function.equals("optFlatMap"), at))
                    .orElse(call);
        }
        Macro macro = WALKS.get(function);
        return macro == null ? call : walk(macro, target.get(), arguments, call, complaint);
    }

    private static Tree presence(Tree argument, int at, Tree call, Complaint complaint) {
        if (argument instanceof Select select) {
            return new Select(select.operand(), select.field(), true, at);
        }
        complaint.wrong(argument.at(), "invalid argument to has() macro");
        return call;
    }

    private static Optional<String> name(Tree argument, Complaint complaint) {
        if (argument instanceof Name name && !name.name().startsWith(".")) {
            return Optional.of(name.name());
        }
        complaint.wrong(argument.at(), "argument must be a simple name");
        return Optional.empty();
    }

    private static Tree walk(Macro macro, Tree range, List<Tree> arguments, Tree call, Complaint complaint) {
        int count = arguments.size();
        boolean isPair = switch (macro) {
            case ALL, EXISTS, EXISTS_ONE -> count == 3;
            case TRANSFORM_LIST, TRANSFORM_MAP, TRANSFORM_MAP_ENTRY -> true;
            case MAP, FILTER, SORT_BY -> false;
        };
        boolean isAllowed = switch (macro) {
            case ALL, EXISTS, EXISTS_ONE -> count == 2 || count == 3;
            case MAP -> count == 2 || count == 3;
            case FILTER, SORT_BY -> count == 2;
            case TRANSFORM_LIST, TRANSFORM_MAP, TRANSFORM_MAP_ENTRY -> count == 3 || count == 4;
        };
        if (!isAllowed) {
            return call;
        }
        Optional<String> first = name(arguments.getFirst(), complaint);
        Optional<String> second = isPair ? name(arguments.get(1), complaint) : Optional.empty();
        if (first.isEmpty() || isPair && second.isEmpty()) {
            return call;
        }
        if (isPair && first.equals(second)) {
            complaint.wrong(arguments.get(1).at(), "duplicate variable name: " + first.get());
        }
        List<Tree> bodies = arguments.subList(isPair ? 2 : 1, count);
        boolean isAsking =
                macro == Macro.ALL || macro == Macro.EXISTS || macro == Macro.EXISTS_ONE || macro == Macro.FILTER;
        Optional<Tree> condition = isAsking || bodies.size() == 2 ? Optional.of(bodies.getFirst()) : Optional.empty();
        Optional<Tree> result = isAsking ? Optional.empty() : Optional.of(bodies.getLast());
        return new Walk(macro, range, first.get(), second, condition, result, call.at());
    }

    /** The constant of a tree that is one. */
    public static Optional<Object> constant(Tree tree) {
        return tree instanceof Literal literal ? Optional.of(literal.value()) : Optional.empty();
    }
}
