package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.function.standard.Lists;
import dev.holdfast.policy.cel.parse.Tree.Macro;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Values;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A walk over a list or a map. The costs of one round are those of the loop that cel-go makes of the macro: it reads its result so far, asks
 * whether to go on, and puts the new result together.
 */
final class Walking implements Step {
    private static final Step NONE = frame -> true;

    private final Macro macro;
    private final Step range;
    private final int first;
    private final int second;
    private final Step condition;
    private final Step result;

    /**
     * @param first the place of the first name
     * @param second the place of the second name, or -1
     */
    Walking(Macro macro, Step range, int first, int second, Optional<Step> condition, Optional<Step> result) {
        this.macro = macro;
        this.range = range;
        this.first = first;
        this.second = second;
        this.condition = condition.orElse(NONE);
        this.result = result.orElse(NONE);
    }

    @Override
    public Object run(Frame frame) throws Fault {
        Round round = round();
        Object over = range.run(frame);
        switch (over) {
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    Object element = Values.list(list).get(i);
                    set(frame, second < 0 ? element : (Object) (long) i, element);
                    if (!round.goesOn(frame)) {
                        break;
                    }
                }
            }
            case Map<?, ?> map -> {
                for (Map.Entry<?, ?> entry : map.entrySet()) {
                    set(frame, entry.getKey(), entry.getValue());
                    if (!round.goesOn(frame)) {
                        break;
                    }
                }
            }
            default -> throw Fault.noOverload();
        }
        frame.budget.spend(1);
        return round.result();
    }

    private void set(Frame frame, Object one, Object other) {
        frame.locals[first] = one;
        if (second >= 0) {
            frame.locals[second] = other;
        }
    }

    private Round round() {
        return switch (macro) {
            case ALL -> new Search(false, 3);
            case EXISTS -> new Search(true, 4);
            case EXISTS_ONE -> new Count();
            case MAP, TRANSFORM_LIST, FILTER, SORT_BY -> new Gathering();
            case TRANSFORM_MAP, TRANSFORM_MAP_ENTRY -> new Mapping();
        };
    }

    private boolean holds(Frame frame) throws Fault {
        if (!(condition.run(frame) instanceof Boolean bool)) {
            throw Fault.noOverload();
        }
        return bool;
    }

    /** What is done with each element. */
    private interface Round {
        boolean goesOn(Frame frame) throws Fault;

        Object result() throws Fault;
    }

    /** {@code all} and {@code exists}: a fault counts only when no element decides. */
    private final class Search implements Round {
        private final boolean decisive;
        private final long cost;
        private Optional<Fault> fault = Optional.empty();
        private boolean isDecided;

        private Search(boolean decisive, long cost) {
            this.decisive = decisive;
            this.cost = cost;
        }

        @Override
        public boolean goesOn(Frame frame) throws Fault {
            frame.budget.spend(cost);
            try {
                isDecided = holds(frame) == decisive;
            } catch (Fault wrong) {
                if (wrong.isFinal()) {
                    throw wrong;
                }
                fault = fault.isEmpty() ? Optional.of(wrong) : fault;
            }
            return !isDecided;
        }

        @Override
        public Object result() throws Fault {
            if (!isDecided && fault.isPresent()) {
                throw fault.get();
            }
            return isDecided == decisive;
        }
    }

    private final class Count implements Round {
        private long count;

        @Override
        public boolean goesOn(Frame frame) throws Fault {
            boolean counts = holds(frame);
            count += counts ? 1 : 0;
            frame.budget.spend(counts ? 2 : 1);
            return true;
        }

        @Override
        public Object result() {
            return count == 1;
        }
    }

    /** {@code map}, {@code filter} and their kin. */
    private final class Gathering implements Round {
        private static final long COST = 12;
        private final List<Object> gathered = new ArrayList<>();
        private final List<Object> keys = new ArrayList<>();

        @Override
        public boolean goesOn(Frame frame) throws Fault {
            if (!holds(frame)) {
                frame.budget.spend(1);
                return true;
            }
            boolean isKept = macro == Macro.FILTER || macro == Macro.SORT_BY;
            Object element = isKept ? frame.locals[first] : result.run(frame);
            if (macro == Macro.SORT_BY) {
                keys.add(result.run(frame));
            }
            frame.budget.spend(isKept ? COST + 1 : COST);
            gathered.add(element);
            return true;
        }

        @Override
        public Object result() throws Fault {
            return macro == Macro.SORT_BY ? Lists.sorted(gathered, keys) : gathered;
        }
    }

    private final class Mapping implements Round {
        private final Map<Object, Object> gathered = new LinkedHashMap<>();

        @Override
        public boolean goesOn(Frame frame) throws Fault {
            if (!holds(frame)) {
                frame.budget.spend(1);
                return true;
            }
            Object value = result.run(frame);
            frame.budget.spend(2);
            if (macro == Macro.TRANSFORM_MAP) {
                gathered.put(frame.locals[first], value);
                return true;
            }
            if (!(value instanceof Map<?, ?> entries)) {
                throw Fault.noOverload();
            }
            for (Map.Entry<?, ?> entry : entries.entrySet()) {
                if (gathered.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
                    throw new Fault("insert failed: key " + entry.getKey() + " already exists");
                }
            }
            return true;
        }

        @Override
        public Object result() {
            return gathered;
        }
    }
}
