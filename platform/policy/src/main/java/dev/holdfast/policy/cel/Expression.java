package dev.holdfast.policy.cel;

import java.util.Map;

/** A compiled expression. Immutable; may be evaluated by several threads at once. */
public final class Expression {
    private final String source;
    private final Type type;
    private final Planner.Plan plan;

    Expression(String source, Type type, Planner.Plan plan) {
        this.source = source;
        this.type = type;
        this.plan = plan;
    }

    public String source() {
        return source;
    }

    /** The type of its value, as far as it is known before there is one. */
    public Type type() {
        return type;
    }

    /**
     * The value of the expression.
     *
     * @param variables the values of the environment's variables, in the types that the package names
     * @throws Fault when it has none, or the budget does not suffice
     */
    public Object evaluate(Map<String, Object> variables, Budget budget) throws Fault {
        budget.begin();
        try {
            return plan.root().run(new Frame(variables, plan.locals(), budget));
        } catch (StackOverflowError tooDeep) {
            throw new Fault.Exhausted("operation cancelled: values nest too deeply");
        } finally {
            budget.end();
        }
    }

    /** The value as part of another evaluation, whose budget it draws on. */
    Object evaluateWithin(Map<String, Object> variables, Budget budget) throws Fault {
        return plan.root().run(new Frame(variables, plan.locals(), budget));
    }
}
