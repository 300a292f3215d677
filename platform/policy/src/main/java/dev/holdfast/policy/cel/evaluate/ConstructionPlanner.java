package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.function.standard.Arithmetic;
import dev.holdfast.policy.cel.parse.Tree.Element;
import dev.holdfast.policy.cel.parse.Tree.Entry;
import dev.holdfast.policy.cel.parse.Tree.FieldValue;
import dev.holdfast.policy.cel.parse.Tree.Listing;
import dev.holdfast.policy.cel.parse.Tree.Mapping;
import dev.holdfast.policy.cel.parse.Tree.Message;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Maybe;
import dev.holdfast.policy.cel.value.Type;
import dev.holdfast.policy.cel.value.Unsigned;
import dev.holdfast.policy.cel.value.Values;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Plans what puts values together: lists, maps, messages. */
final class ConstructionPlanner {
    private static final long LIST = 10;
    private static final long MAP = 30;
    private static final long MESSAGE = 40;

    private final Planner planner;

    ConstructionPlanner(Planner planner) {
        this.planner = planner;
    }

    Step listing(Listing list) throws Fault {
        Step[] elements = new Step[list.elements().size()];
        boolean isConstant = true;
        for (int i = 0; i < elements.length; i++) {
            Element element = list.elements().get(i);
            elements[i] = planner.step(element.value());
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

    Step mapping(Mapping map) throws Fault {
        int count = map.entries().size();
        Step[] keys = new Step[count];
        Step[] values = new Step[count];
        boolean isConstant = true;
        for (int i = 0; i < count; i++) {
            Entry entry = map.entries().get(i);
            keys[i] = planner.step(entry.key());
            values[i] = planner.step(entry.value());
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
        return isConstant ? CallPlanner.folded(step) : step;
    }

    private static Object key(Object key) throws Fault {
        return switch (key) {
            case String _, Long _, Unsigned _, Boolean _ -> key;
            case Double number when number == Math.rint(number) && Math.abs(number) < 0x1p53 -> number.longValue();
            default ->
                throw new Fault("unsupported key type: " + Values.typeOf(key).name());
        };
    }

    Step message(Message message) throws Fault {
        Map<String, Step> fields = new HashMap<>();
        for (FieldValue field : message.fields()) {
            fields.put(field.name(), planner.step(field.value()));
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
                return isDuration ? Arithmetic.within(length) : Arithmetic.within(Instant.EPOCH.plus(length));
            } catch (java.time.DateTimeException | ArithmeticException tooFar) {
                throw new Fault(isDuration ? "duration overflow" : "timestamp overflow");
            }
        };
    }
}
