package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.check.Checked;
import dev.holdfast.policy.cel.function.Overload;
import dev.holdfast.policy.cel.function.standard.Conversions;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.parse.Tree.Call;
import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Plans calls of functions: at once where the types say which signature is meant, else when the values are there. */
final class CallPlanner {
    /**
     * The server counts 1 where the types are not known before, whatever the call does; a text that doubles with every step would go
     * unnoticed. Calls that cost more than this cost it here.
     */
    private static final long DEAR = 10_000;

    private final Planner planner;
    private final Checked checked;

    CallPlanner(Planner planner, Checked checked) {
        this.planner = planner;
        this.checked = checked;
    }

    /** A call of a function, whose arguments are evaluated before. */
    Step call(Call call) throws Fault {
        List<Overload> overloads = checked.overloads(call);
        List<Tree> trees = new ArrayList<>();
        if (overloads.getFirst().isMember()) {
            trees.add(call.target().orElseThrow());
        }
        trees.addAll(call.arguments());
        Step[] arguments = planner.steps(trees);
        Step step = overloads.size() == 1
                ? invocation(overloads.getFirst(), arguments)
                : dispatch(overloads.toArray(Overload[]::new), arguments);
        boolean isFolded = Conversions.NAMES.contains(overloads.getFirst().function())
                && arguments.length == 1
                && arguments[0] instanceof Constant;
        return isFolded ? folded(step) : step;
    }

    static Constant folded(Step step) throws Fault {
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
}
