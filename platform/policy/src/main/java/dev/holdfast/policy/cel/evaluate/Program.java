package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import java.util.Map;

/** A planned expression. Immutable. */
public final class Program {
    private final Step root;
    private final int locals;

    /** @param locals how many names of walks are in use at once at most */
    Program(Step root, int locals) {
        this.root = root;
        this.locals = locals;
    }

    /** The value, at the cost of a budget that has begun. */
    public Object run(Map<String, Object> variables, Budget budget) throws Fault {
        return root.run(new Frame(variables, locals, budget));
    }
}
