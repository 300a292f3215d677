package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.evaluate.Program;
import dev.holdfast.policy.cel.value.Budget;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Type;
import java.util.Map;

/** A compiled expression. Immutable; may be evaluated by several threads at once. */
public final class Expression {
    private final String source;
    private final Type type;
    private final Program program;

    Expression(String source, Type type, Program program) {
        this.source = source;
        this.type = type;
        this.program = program;
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
            return program.run(variables, budget);
        } catch (StackOverflowError tooDeep) {
            throw new Fault.Exhausted("operation cancelled: values nest too deeply");
        } finally {
            budget.end();
        }
    }

    /** The value as part of another evaluation, whose budget it draws on. */
    Object evaluateWithin(Map<String, Object> variables, Budget budget) throws Fault {
        return program.run(variables, budget);
    }
}
