package dev.holdfast.policy.cel.evaluate;

import dev.holdfast.policy.cel.value.Budget;
import java.util.Map;

/** One evaluation: the values of the variables, those of the names of walks, and the budget. Owned by one thread. */
final class Frame {
    final Map<String, Object> variables;
    final Object[] locals;
    final Budget budget;

    Frame(Map<String, Object> variables, int locals, Budget budget) {
        this.variables = variables;
        this.locals = new Object[locals];
        this.budget = budget;
    }
}
