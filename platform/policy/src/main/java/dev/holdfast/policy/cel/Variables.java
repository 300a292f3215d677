package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Fields;
import java.util.HashMap;
import java.util.Map;

/**
 * Values that are expressions themselves: each is evaluated when it is first asked for, at the cost of who asks, and then kept. Owned by one
 * thread.
 */
public final class Variables implements Fields {
    private final Map<String, Expression> expressions;
    private final Map<String, Object> variables;
    private final Budget budget;
    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Fault> faults = new HashMap<>();

    /** @param variables what the expressions may use; this object may be among them */
    public Variables(Map<String, Expression> expressions, Map<String, Object> variables, Budget budget) {
        this.expressions = expressions;
        this.variables = variables;
        this.budget = budget;
    }

    @Override
    public Object field(String name) throws Fault {
        Object known = values.get(name);
        if (known != null) {
            return known;
        }
        Fault before = faults.get(name);
        if (before != null) {
            throw before;
        }
        Expression expression = expressions.get(name);
        if (expression == null) {
            throw Fault.noKey(name);
        }
        try {
            Object value = expression.evaluateWithin(variables, budget);
            values.put(name, value);
            return value;
        } catch (Fault.Exhausted end) {
            throw end;
        } catch (Fault fault) {
            Fault told = new Fault("composited variable \"" + name + "\" fails to evaluate: " + fault.getMessage());
            faults.put(name, told);
            throw told;
        }
    }
}
