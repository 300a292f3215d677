package dev.holdfast.advisory.feed.range;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An operator and the version behind it, as all requirement syntaxes write them.
 *
 * @param operator {@code <}, {@code <=}, {@code >}, {@code >=}, {@code =}, {@code !=}, {@code ~}, {@code ~>} or {@code ^}; empty when
 *     there is none
 * @param version as written
 */
record Comparator(String operator, String version) {

    /**
     * Reads comparators that stand side by side, parted by blanks or commas: {@code >= 1.4.6 < 2.0.0}. Blanks may stand between an operator
     * and its version. Empty when an operator has no version.
     */
    static Optional<List<Comparator>> parse(String text) {
        List<Comparator> comparators = new ArrayList<>();
        String pending = "";
        for (String word : text.replace(',', ' ').strip().split("\\s+")) {
            String operator = operator(word);
            String version = word.substring(operator.length());
            if (!operator.isEmpty() && !pending.isEmpty()) {
                return Optional.empty();
            }
            String whole = pending.isEmpty() ? operator : pending;
            if (version.isEmpty()) {
                pending = whole;
            } else {
                comparators.add(new Comparator(plain(whole), version));
                pending = "";
            }
        }
        return pending.isEmpty() && !comparators.isEmpty() ? Optional.of(comparators) : Optional.empty();
    }

    private static String operator(String word) {
        int end = 0;
        while (end < word.length() && end < 3 && "<>=!~^".indexOf(word.charAt(end)) >= 0) {
            end++;
        }
        return word.substring(0, end);
    }

    private static String plain(String operator) {
        return switch (operator) {
            case "==", "===" -> "=";
            case "=<" -> "<=";
            case "=>" -> ">=";
            default -> operator;
        };
    }
}
