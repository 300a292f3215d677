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
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
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
final class Planner {
    private static final long LIST = 10;
    private static final long MAP = 30;
    private static final long MESSAGE = 40;

    /**
     * The server counts 1 where the types are not known before, whatever the call does; a text that doubles with every step would go
     * unnoticed. Calls that cost more than this cost it here.
     */
    private static final long DEAR = 10_000;

    private final Checked checked;
    private final Deque<Map<String, Integer>> scopes = new ArrayDeque<>();
    private int open;
    private int locals;

    /**
     * What to run.
     *
     * @param locals how many names of walks are in use at once at most
     */
    record Plan(Step root, int locals) {}

    /** A step whose value is known. */
    private record Constant(Object value) implements Step {
        @Override
        public Object run(Frame frame) {
            return value;
        }
    }

    Planner(Checked checked) {
        this.checked = checked;
    }

    Plan plan() throws Fault {
        Step root = step(checked.tree());
        return new Plan(root, locals);
    }

    private Step step(Tree tree) throws Fault {
        return switch (tree) {
            case Literal literal -> new Constant(literal.value());
            case Name name -> named(checked.meaning(name).orElseThrow());
            case Select select -> select(select);
            case Call call -> call(call);
            case Listing list -> listing(list);
            case Mapping map -> mapping(map);
            case Message message -> message(message);
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
            default -> ordinary(call);
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

    private Step[] steps(List<Tree> trees) throws Fault {
        Step[] steps = new Step[trees.size()];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = step(trees.get(i));
        }
        return steps;
    }

    private Step ordinary(Call call) throws Fault {
        List<Overload> overloads = checked.overloads(call);
        List<Tree> trees = new ArrayList<>();
        if (overloads.getFirst().isMember()) {
            trees.add(call.target().orElseThrow());
        }
        trees.addAll(call.arguments());
        Step[] arguments = steps(trees);
        Step step = overloads.size() == 1
                ? invocation(overloads.getFirst(), arguments)
                : dispatch(overloads.toArray(Overload[]::new), arguments);
        boolean isFolded = Conversions.NAMES.contains(overloads.getFirst().function())
                && arguments.length == 1
                && arguments[0] instanceof Constant;
        return isFolded ? folded(step) : step;
    }

    private static Constant folded(Step step) throws Fault {
        Budget budget = new Budget(Budget.USUAL_TIME);
        budget.begin();
        try {
            return new Constant(step.run(new Frame(Map.of(), 0, budget)));
        } finally {
            budget.end();
        }
    }

    private static Object[] values(Step[] arguments, Frame frame) throws Fault {
        Object[] values = new Object[arguments.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = arguments[i].run(frame);
        }
        return values;
    }

    private static Step invocation(Overload overload, Step... arguments) {
        return frame -> {
            Object[] values = values(arguments, frame);
            if (!overload.accepts(values)) {
                throw Fault.noOverload();
            }
            return applied(overload, values, frame);
        };
    }

    private static Object applied(Overload overload, Object[] values, Frame frame) throws Fault {
        frame.budget.spend(overload.cost().of(values));
        return overload.body().apply(values);
    }

    /** Which signature it is shows when the values are there; such a call counts 1, as on the server, unless it is dear. */
    private static Step dispatch(Overload[] overloads, Step... arguments) {
        return frame -> {
            Object[] values = values(arguments, frame);
            for (Overload overload : overloads) {
                if (overload.accepts(values)) {
                    long cost = overload.cost().of(values);
                    frame.budget.spend(cost > DEAR ? cost : 1);
                    return overload.body().apply(values);
                }
            }
            throw Fault.noOverload();
        };
    }

    private Step listing(Listing list) throws Fault {
        Step[] elements = new Step[list.elements().size()];
        boolean isConstant = true;
        for (int i = 0; i < elements.length; i++) {
            Element element = list.elements().get(i);
            elements[i] = step(element.value());
            isConstant &= elements[i] instanceof Constant && !element.isOptional();
        }
        if (isConstant) {
            List<Object> values = new ArrayList<>();
            for (Step element : elements) {
                values.add(((Constant) element).value());
            }
            return new Constant(values);
        }
        return frame -> {
            List<Object> values = new ArrayList<>(elements.length);
            for (int i = 0; i < elements.length; i++) {
                Object value = elements[i].run(frame);
                if (!list.elements().get(i).isOptional()) {
                    values.add(value);
                } else if (value instanceof Maybe maybe) {
                    maybe.value().ifPresent(values::add);
                } else {
                    throw Fault.noOverload();
                }
            }
            frame.budget.spend(LIST);
            return values;
        };
    }

    private Step mapping(Mapping map) throws Fault {
        int count = map.entries().size();
        Step[] keys = new Step[count];
        Step[] values = new Step[count];
        boolean isConstant = true;
        for (int i = 0; i < count; i++) {
            Entry entry = map.entries().get(i);
            keys[i] = step(entry.key());
            values[i] = step(entry.value());
            isConstant &= keys[i] instanceof Constant && values[i] instanceof Constant && !entry.isOptional();
        }
        Step step = frame -> {
            Map<Object, Object> built = LinkedHashMap.newLinkedHashMap(count);
            for (int i = 0; i < count; i++) {
                Object key = key(keys[i].run(frame));
                Object value = values[i].run(frame);
                if (!map.entries().get(i).isOptional()) {
                    built.put(key, value);
                } else if (value instanceof Maybe maybe) {
                    maybe.value().ifPresent(present -> built.put(key, present));
                } else {
                    throw Fault.noOverload();
                }
            }
            frame.budget.spend(MAP);
            return built;
        };
        return isConstant ? folded(step) : step;
    }

    private static Object key(Object key) throws Fault {
        return switch (key) {
            case String _, Long _, Unsigned _, Boolean _ -> key;
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p53 -> number.longValue();
            default ->
                throw new Fault("unsupported key type: " + Values.typeOf(key).name());
        };
    }

    private Step message(Message message) throws Fault {
        Map<String, Step> fields = new HashMap<>();
        for (FieldValue field : message.fields()) {
            fields.put(field.name(), step(field.value()));
        }
        Step seconds = fields.getOrDefault("seconds", new Constant(0L));
        Step nanos = fields.getOrDefault("nanos", new Constant(0L));
        boolean isDuration = message.name().equals(Type.DURATION.name());
        return frame -> {
            Object whole = seconds.run(frame);
            Object part = nanos.run(frame);
            frame.budget.spend(MESSAGE);
            if (!(whole instanceof Long one) || !(part instanceof Long other)) {
                throw Fault.noOverload();
            }
            try {
                Duration length = Duration.ofSeconds(one, other);
                return isDuration ? Operators.within(length) : Operators.within(java.time.Instant.EPOCH.plus(length));
            } catch (java.time.DateTimeException | ArithmeticException tooFar) {
                throw new Fault(isDuration ? "duration overflow" : "timestamp overflow");
            }
        };
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
