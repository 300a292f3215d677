package dev.holdfast.rules.load;

import dev.holdfast.rules.syntax.Modifier;
import dev.holdfast.rules.syntax.Operator;
import java.util.Optional;

/** How an exception compares a field: an operator, and a modifier behind it or none, such as {@code startswith anyof}. */
record ComparisonWord(Operator operator, Modifier modifier) {
    /** Reads it; blanks around it mean nothing. */
    static Optional<ComparisonWord> of(String text) {
        String[] words = text.strip().split("[ \\t\\r\\n]+");
        Optional<Operator> operator = Operator.of(words[0]);
        if (operator.isEmpty() || words.length == 1) {
            return operator.map(one -> new ComparisonWord(one, Modifier.NONE));
        }
        boolean isOnTexts = !operator.get().takesList() && !operator.get().isNumeric();
        return words.length == 2 && isOnTexts
                ? Modifier.of(words[1]).map(modifier -> new ComparisonWord(operator.get(), modifier))
                : Optional.empty();
    }

    /** Whether what it compares with is a list. */
    boolean takesList() {
        return operator.takesList() || modifier != Modifier.NONE;
    }
}
