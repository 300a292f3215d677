package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.check.Checked;
import dev.holdfast.policy.cel.check.Checked.Meaning;
import dev.holdfast.policy.cel.function.standard.Operators;
import dev.holdfast.policy.cel.parse.Macros;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.parse.Tree.Listing;
import dev.holdfast.policy.cel.parse.Tree.Literal;
import dev.holdfast.policy.cel.parse.Tree.Mapping;
import dev.holdfast.policy.cel.parse.Tree.Message;
import dev.holdfast.policy.cel.parse.Tree.Name;
import dev.holdfast.policy.cel.parse.Tree.OptionalMap;
import dev.holdfast.policy.cel.parse.Tree.Select;
import dev.holdfast.policy.cel.parse.Tree.Walk;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Fields;
import dev.holdfast.policy.cel.value.Maybe;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns a checked tree into steps. Constants are folded where cel-go folds them, because a conversion that fails is then refused at once:
 * lists, maps and conversions of constants.
 *
 * <p>Each step spends what cel-go's own count of costs says: 1 for a variable, a field, an index and an ordinary call, 10 for a list, 30 for a
 * map, 40 for a message; nothing for literals, {@code &&}, {@code ||}, {@code ?:} and {@code has} itself.
 */
public final class Planner {
    private final Checked checked;
    private final CallPlanner calls;
    private final ConstructionPlanner constructions;
    private final Deque<Map<String, Integer>> scopes = new ArrayDeque<>();
    private int open;
    private int locals;

    private Planner(Checked checked) {
        this.checked = checked;
        this.calls = new CallPlanner(this, checked);
        this.constructions = new ConstructionPlanner(this);
    }

    /** @throws Fault when a constant part has no value */
    public static Program plan(Checked checked) throws Fault {
        Planner planner = new Planner(checked);
        Step root = planner.step(checked.tree());
        return new Program(root, planner.locals);
    }

    Step step(Tree tree) throws Fault {
        return switch (tree) {
            case Literal literal -> new Constant(literal.value());
            case Name name -> named(checked.meaning(name).orElseThrow());
            case Select select -> select(select);
            case Call call -> call(call);
            case Listing list -> constructions.listing(list);
            case Mapping map -> constructions.mapping(map);
            case Message message -> constructions.message(message);
            case Walk walk -> walk(walk);
            case OptionalMap map -> optionalMap(map);
        };
    }

    private Step named(Meaning meaning) {
        return switch (meaning) {
            case Meaning.OfType type -> new Constant(type.type());
            case Meaning.Local local -> {
                int slot = slot(local.name());
                yield frame -> {
                    frame.budget.spend(1);
                    return frame.locals[slot];
                };
            }
            case Meaning.Variable variable -> {
                String name = variable.name();
                yield frame -> {
                    frame.budget.spend(1);
                    Object value = frame.variables.get(name);
                    if (value == null) {
                        throw new Fault("no such attribute(s): " + name);
                    }
                    return value;
                };
            }
        };
    }

    private int slot(String name) {
        for (Map<String, Integer> scope : scopes) {
            Integer slot = scope.get(name);
            if (slot != null) {
                return slot;
            }
        }
        throw new IllegalStateException("no name " + name);
    }

    private Step select(Select select) throws Fault {
        Optional<Meaning> whole = checked.meaning(select);
        if (whole.isPresent()) {
            return named(whole.get());
        }
        Step operand = step(select.operand());
        String field = select.field();
        if (select.isTest()) {
            return frame -> has(operand.run(frame), field);
        }
        return frame -> {
            Object value = operand.run(frame);
            frame.budget.spend(1);
            return field(value, field);
        };
    }

    private static Object has(Object value, String field) {
        return switch (value) {
            case Map<?, ?> map -> map.containsKey(field);
            case Maybe maybe ->
                maybe.value().isPresent() && (Boolean) has(maybe.value().get(), field);
            default -> false;
        };
    }

    static Object field(Object value, String field) throws Fault {
        return switch (value) {
            case Map<?, ?> map -> {
                Object found = map.get(field);
                if (found == null) {
                    throw Fault.noKey(field);
                }
                yield found;
            }
            case Fields fields -> fields.field(field);
            case Maybe maybe ->
                maybe.value().isEmpty()
                        ? Maybe.NONE
                        : Operators.optionalIndex(maybe.value().get(), field);
            case List<?> _ -> throw new Fault("unsupported index type 'string' in list");
            default -> throw Fault.noKey(field);
        };
    }

    private Step call(Call call) throws Fault {
        return switch (call.function()) {
            case "_&&_" -> junction(call, false);
            case "_||_" -> junction(call, true);
            case "_?_:_" -> choice(call);
            case "_?._" -> optionalField(call);
            default -> calls.call(call);
        };
    }

    /** All sides or one: a fault counts only when no other side decides. */
    private Step junction(Call call, boolean decisive) throws Fault {
        Step[] sides = steps(call.arguments());
        return frame -> {
            Fault first = null;
            for (Step side : sides) {
                try {
                    Object value = side.run(frame);
                    if (!(value instanceof Boolean bool)) {
                        first = first == null ? Fault.noOverload() : first;
                    } else if (bool == decisive) {
                        return decisive;
                    }
                } catch (Fault fault) {
                    if (fault.isFinal()) {
                        throw fault;
                    }
                    first = first == null ? fault : first;
                }
            }
            if (first != null) {
                throw first;
            }
            return !decisive;
        };
    }

    private Step choice(Call call) throws Fault {
        Step condition = step(call.arguments().get(0));
        Step yes = step(call.arguments().get(1));
        Step no = step(call.arguments().get(2));
        return frame -> {
            if (!(condition.run(frame) instanceof Boolean bool)) {
                throw Fault.noOverload();
            }
            return bool ? yes.run(frame) : no.run(frame);
        };
    }

    private Step optionalField(Call call) throws Fault {
        Step operand = step(call.arguments().getFirst());
        String field = Macros.constant(call.arguments().get(1)).orElseThrow().toString();
        return frame -> {
            Object value = operand.run(frame);
            frame.budget.spend(1);
            return Operators.optionalIndex(value, field);
        };
    }

    Step[] steps(List<Tree> trees) throws Fault {
        Step[] steps = new Step[trees.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step(trees.get(i));
        }
        return steps;
    }

    private Step walk(Walk walk) throws Fault {
        Step range = step(walk.range());
        int first = open++;
        int second = walk.second().isPresent() ? open++ : -1;
        locals = Math.max(locals, open);
        Map<String, Integer> scope = new HashMap<>();
        scope.put(walk.first(), first);
        walk.second().ifPresent(name -> scope.put(name, second));
        scopes.push(scope);
        Optional<Step> condition =
                walk.condition().isPresent() ? Optional.of(step(walk.condition().get())) : Optional.empty();
        Optional<Step> result =
                walk.result().isPresent() ? Optional.of(step(walk.result().get())) : Optional.empty();
        scopes.pop();
        open = first;
        return new Walking(walk.macro(), range, first, second, condition, result);
    }

    private Step optionalMap(OptionalMap map) throws Fault {
        Step target = step(map.target());
        int slot = open++;
        locals = Math.max(locals, open);
        scopes.push(Map.of(map.name(), slot));
        Step result = step(map.result());
        scopes.pop();
        open = slot;
        boolean isFlat = map.isFlat();
        return frame -> {
            if (!(target.run(frame) instanceof Maybe maybe)) {
                throw Fault.noOverload();
            }
            frame.budget.spend(1);
            if (maybe.value().isEmpty()) {
                return Maybe.NONE;
            }
            frame.locals[slot] = maybe.value().get();
            Object value = result.run(frame);
            return isFlat ? value : Maybe.of(value);
        };
    }
}
