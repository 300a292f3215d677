package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Value;
import dev.holdfast.rules.syntax.Operator;
import dev.holdfast.rules.text.Ascii;
import dev.holdfast.rules.text.Glob;

/** Compares values of one event with each other. Rules do that rarely; patterns are made anew each time. */
final class TwoValues {
    private TwoValues() {}

    /** Whether the comparison holds for two values, of which either may be a list. */
    static boolean hold(Value left, Operator operator, Value right) {
        if (left.kind() == Value.Kind.LIST) {
            for (int i = 0; i < left.size(); i++) {
                boolean holds = hold(left.element(i), operator, right);
                if (holds != (operator == Operator.IN)) {
                    return holds;
                }
            }
            return operator == Operator.IN && left.size() > 0;
        }
        if (right.kind() == Value.Kind.LIST) {
            for (int i = 0; i < right.size(); i++) {
                if (one(left, operator, right.element(i))) {
                    return true;
                }
            }
            return false;
        }
        return one(left, operator, right);
    }

    private static boolean one(Value left, Operator operator, Value right) {
        return switch (operator) {
            case EQUAL, IN, INTERSECTS -> isSame(left, right);
            case NOT_EQUAL -> !isSame(left, right);
            case LESS -> order(left, right, -1, -1);
            case LESS_OR_EQUAL -> order(left, right, -1, 0);
            case GREATER -> order(left, right, 1, 1);
            case GREATER_OR_EQUAL -> order(left, right, 1, 0);
            case CONTAINS, BCONTAINS -> left.toString().contains(right.toString());
            case ICONTAINS -> Ascii.containsIgnoringCase(left.toString(), Ascii.lower(right.toString()));
            case STARTS_WITH, BSTARTS_WITH -> left.toString().startsWith(right.toString());
            case ENDS_WITH -> left.toString().endsWith(right.toString());
            case GLOB -> new Glob(right.toString(), false).matches(left.toString());
            case IGLOB -> new Glob(right.toString(), true).matches(left.toString());
            case REGEX, PMATCH -> throw new IllegalStateException("patterns are written, not read from events");
        };
    }

    private static boolean isSame(Value left, Value right) {
        if (left.kind() != right.kind()) {
            return false;
        }
        return switch (left.kind()) {
            case ABSENT, LIST -> false;
            case TEXT -> left.text().equals(right.text());
            case LONG, BOOLEAN, IPV4 -> left.number() == right.number();
            case DOUBLE -> left.decimal() == right.decimal();
            case IPV6 -> left.high() == right.high() && left.low() == right.low();
        };
    }

    /** Whether the order of two numbers or texts is the one sign or the other one. */
    private static boolean order(Value left, Value right, int sign, int orSign) {
        int order;
        if (left.kind() == Value.Kind.LONG && right.kind() == Value.Kind.LONG) {
            order = Long.compare(left.number(), right.number());
        } else if (left.kind() == Value.Kind.TEXT && right.kind() == Value.Kind.TEXT) {
            order = ValueTest.TextOrder.order(left.text(), right.text());
        } else if (isNumber(left) && isNumber(right)) {
            order = Double.compare(decimal(left), decimal(right));
        } else {
            return false;
        }
        return Integer.signum(order) == sign || Integer.signum(order) == orSign;
    }

    private static boolean isNumber(Value value) {
        return value.kind() == Value.Kind.LONG || value.kind() == Value.Kind.DOUBLE;
    }

    private static double decimal(Value value) {
        return value.kind() == Value.Kind.LONG ? value.number() : value.decimal();
    }
}
