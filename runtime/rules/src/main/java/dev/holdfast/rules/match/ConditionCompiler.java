package dev.holdfast.rules.match;

import dev.holdfast.rules.event.EventType;
import dev.holdfast.rules.event.Field;
import dev.holdfast.rules.syntax.Condition;
import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Operand;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.syntax.Right;
import dev.holdfast.rules.syntax.Word;
import dev.holdfast.rules.text.Nearest;
import java.util.List;

/** Makes predicates of conditions whose macros and lists are resolved. */
public final class ConditionCompiler {
    private final OperandCompiler operands;

    public ConditionCompiler(OperandCompiler operands) {
        this.operands = operands;
    }

    /**
     * The condition as a predicate.
     *
     * @throws CompileException when the source has no such field, or an operator or value does not fit a field's type
     */
    public Predicate compile(Condition condition) throws CompileException {
        return switch (condition) {
            case Condition.And and -> new Predicate.All(parts(and.parts()));
            case Condition.Or or -> new Predicate.Any(parts(or.parts()));
            case Condition.Not not -> new Predicate.Not(compile(not.part()));
            case Condition.Macro macro -> {
                try {
                    yield compile(macro.body());
                } catch (CompileException wrong) {
                    throw wrong.inMacro(macro.name());
                }
            }
            case Condition.MacroName name -> throw new IllegalArgumentException("not resolved: " + name.name());
            case Condition.Exists exists ->
                new Predicate.Exists(operands.operand(exists.left()).slot());
            case Condition.Comparison comparison -> compare(comparison);
        };
    }

    private Predicate[] parts(List<Condition> conditions) throws CompileException {
        Predicate[] parts = new Predicate[conditions.size()];
        for (int i = 0; i < parts.length; i++) {
            parts[i] = compile(conditions.get(i));
        }
        return parts;
    }

    private Predicate compare(Condition.Comparison comparison) throws CompileException {
        TypedOperand left = operands.operand(comparison.left());
        Operator operator = comparison.operator();
        if (left.isList() && !isForLists(operator)) {
            throw new CompileException(
                    "list filter '" + left.written() + "' only supports operators 'exists', 'in' and 'intersects'",
                    comparison.at(),
                    false);
        }
        if (comparison.right() instanceof Right.Computed computed) {
            return twoFields(left, operator, computed);
        }
        checkEventTypes(comparison);
        ValueTest test = test(left, comparison);
        if (left.isList()) {
            return operator == Operator.IN
                    ? new Predicate.EveryElement(left.slot(), test)
                    : new Predicate.AnyElement(left.slot(), test);
        }
        if (left.isAnyOf()) {
            return operator == Operator.NOT_EQUAL && left.isEveryForInequality()
                    ? new Predicate.EveryElement(left.slot(), test)
                    : new Predicate.AnyElement(left.slot(), test);
        }
        return new Predicate.OneValue(left.slot(), test);
    }

    /** "contains" looks at each element: Falco refuses it since some version, and rule files from before still ask for it. */
    private static boolean isForLists(Operator operator) {
        return operator == Operator.IN || operator == Operator.INTERSECTS || operator == Operator.CONTAINS;
    }

    private Predicate twoFields(TypedOperand left, Operator operator, Right.Computed computed) throws CompileException {
        TypedOperand right = operands.operand(computed.operand());
        boolean areNumbers = isNumber(left.type()) && isNumber(right.type());
        if (left.type() != right.type()
                && !areNumbers
                && left.type() != Field.Type.DYNAMIC
                && right.type() != Field.Type.DYNAMIC) {
            throw new CompileException(
                    "fields '" + left.written() + "' and '" + right.written() + "' have types that cannot be compared",
                    computed.at(),
                    false);
        }
        if (left.isAlone() || right.isAlone()) {
            throw new CompileException(
                    "field '" + (right.isAlone() ? right : left).written() + "' cannot be compared with another field",
                    computed.at(),
                    false);
        }
        if (operator == Operator.PMATCH || operator == Operator.REGEX) {
            throw new CompileException(
                    "operator '" + operator.word() + "' doesn't support right-hand side fields", computed.at(), false);
        }
        if (operator.isNumeric() && !areNumbers && !isOrdered(left.type())) {
            throw new CompileException("'" + operator.word() + "' needs numbers or texts", computed.at(), false);
        }
        return new Predicate.TwoFields(left.slot(), operator, right.slot());
    }

    private static boolean isOrdered(Field.Type type) {
        return type == Field.Type.TEXT || type == Field.Type.DYNAMIC;
    }

    private static boolean isNumber(Field.Type type) {
        return type.isWhole() || type == Field.Type.DOUBLE;
    }

    private ValueTest test(TypedOperand left, Condition.Comparison comparison) throws CompileException {
        ValueTests tests = new ValueTests(left.written(), left.type(), left.isPort());
        return switch (comparison.right()) {
            case Right.One one -> tests.one(comparison.operator(), given(one.word()));
            case Right.Many many
            when comparison.modifier() == Modifier.NONE ->
                tests.several(
                        comparison.operator(),
                        many.words().stream().map(ConditionCompiler::given).toList(),
                        many.at());
            case Right.Many many -> {
                ValueTest[] each = new ValueTest[many.words().size()];
                for (int i = 0; i < each.length; i++) {
                    each[i] =
                            tests.one(comparison.operator(), given(many.words().get(i)));
                }
                yield new ValueTest.Counting(comparison.modifier(), each);
            }
            case Right.Computed computed -> throw new IllegalStateException("compared as two fields");
        };
    }

    private static ValueTests.Given given(Word word) {
        return new ValueTests.Given(word.text(), word.at());
    }

    /** A type that no event has would make a rule never match, and nobody would see why. */
    private static void checkEventTypes(Condition.Comparison comparison) throws CompileException {
        boolean isByName = switch (comparison.operator()) {
            case EQUAL, NOT_EQUAL, IN, INTERSECTS -> true;
            default -> false;
        };
        if (!isByName
                || !(comparison.left() instanceof Operand.Named named)
                || !named.name().equals("evt.type")) {
            return;
        }
        List<Word> words = switch (comparison.right()) {
            case Right.One one -> List.of(one.word());
            case Right.Many many -> many.words();
            case Right.Computed computed -> List.of();
        };
        for (Word word : words) {
            if (EventType.of(word.text()).isEmpty()) {
                throw new CompileException("unknown event type " + word.text() + hint(word.text()), word.at(), true);
            }
        }
    }

    private static String hint(String type) {
        return type.equals("<unknown>")
                ? "; only old versions of Falco had it, and no event has it: leave it out"
                : Nearest.hint(
                        type, EventType.all().stream().map(EventType::name).toList());
    }
}
