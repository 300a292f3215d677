package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Field;

/**
 * An operand that is known to make sense.
 *
 * @param isList whether its value is a list of which each element counts
 * @param isAnyOf whether its value is a list that stands for one value of several
 * @param isEveryForInequality whether "is not" means none of the several values
 */
record TypedOperand(
        int slot,
        Field.Type type,
        String written,
        boolean isList,
        boolean isAnyOf,
        boolean isEveryForInequality,
        boolean isPort,
        boolean isAlone) {}
