package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.check.Checked;
import dev.holdfast.policy.cel.check.Checker;
import dev.holdfast.policy.cel.check.Declarations;
import dev.holdfast.policy.cel.check.Literalness;
import dev.holdfast.policy.cel.check.Structures;
import dev.holdfast.policy.cel.evaluate.Planner;
import dev.holdfast.policy.cel.function.kubernetes.KubernetesLibrary;
import dev.holdfast.policy.cel.parse.Parser;
import dev.holdfast.policy.cel.parse.RefusedExpression;
import dev.holdfast.policy.cel.parse.Tree;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Type;
import java.util.Map;

/** The variables that an expression may use, and their types. Immutable. */
public final class Environment {
    private final Declarations declarations;

    private Environment(Declarations declarations) {
        this.declarations = declarations;
    }

    /** No variables at all. */
    public static Environment empty() {
        return new Environment(Declarations.of(KubernetesLibrary.FUNCTIONS));
    }

    /** This environment with one more variable; its name may have dots. */
    public Environment with(String name, Type type) {
        return new Environment(declarations.withVariable(name, type));
    }

    /** This environment with a structure of these fields, or with other fields than before. */
    public Environment withStructure(String name, Map<String, Type> fields) {
        return new Environment(declarations.withStructure(name, fields));
    }

    /** This environment with structures that are known elsewhere. */
    public Environment withStructures(Structures known) {
        return new Environment(declarations.withStructures(known));
    }

    /** The type of an expression, which need not be one that can be run. */
    public Type check(String source) throws RefusedExpression {
        return checked(source).type();
    }

    private Checked checked(String source) throws RefusedExpression {
        Tree tree = Parser.parse(source);
        Checked checked = Checker.check(source, tree, declarations);
        Literalness.validate(source, checked);
        return checked;
    }

    /** Compiles an expression. */
    public Expression compile(String source) throws RefusedExpression {
        Checked checked = checked(source);
        try {
            return new Expression(source, checked.type(), Planner.plan(checked));
        } catch (Fault fault) {
            throw RefusedExpression.of(fault);
        }
    }
}
