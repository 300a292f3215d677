package dev.holdfast.advisory.feed.range;

import dev.holdfast.advisory.fact.Statement.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A SemVer version that may leave out its last numbers, as ranges write them: {@code 1}, {@code 1.2}, {@code 1.x}, {@code v1.2.3-rc.1}.
 *
 * @param numbers the one to three numbers that are given, none for {@code *}
 * @param preRelease with its hyphen; empty when there is none
 */
record Partial(List<String> numbers, String preRelease) {
    /** Versions with longer numbers are not incremented; no package has come near. */
    private static final int MAX_DIGITS = 18;

    /** Empty when the text has another shape, such as four numbers. */
    static Optional<Partial> of(String text) {
        String version = text.startsWith("v") || text.startsWith("V") ? text.substring(1) : text;
        int build = version.indexOf('+');
        String plain = build < 0 ? version : version.substring(0, build);
        int hyphen = plain.indexOf('-');
        String preRelease = hyphen < 0 ? "" : plain.substring(hyphen);
        List<String> numbers = new ArrayList<>();
        boolean open = false;
        for (String part : (hyphen < 0 ? plain : plain.substring(0, hyphen)).split("\\.", -1)) {
            open |= part.equals("x") || part.equals("X") || part.equals("*");
            if (!open && !isNumber(part) || numbers.size() == 3) {
                return Optional.empty();
            }
            if (!open) {
                numbers.add(part);
            }
        }
        return Optional.of(new Partial(List.copyOf(numbers), preRelease));
    }

    static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= MAX_DIGITS;
    }

    /** The number after this one. */
    static Optional<String> next(String number) {
        return isNumber(number) ? Optional.of(String.valueOf(Long.parseLong(number) + 1)) : Optional.empty();
    }

    boolean isFull() {
        return numbers.size() == 3;
    }

    boolean isAny() {
        return numbers.isEmpty();
    }

    /** With zeros for what is left out. */
    String filled() {
        return number(0) + "." + number(1) + "." + number(2) + preRelease;
    }

    private String number(int index) {
        return index < numbers.size() ? numbers.get(index) : "0";
    }

    /** Every version that begins with the numbers given. */
    Range covered() {
        return numbers.isEmpty() ? Range.ALL : new Range(filled(), true, raised(numbers.size() - 1), false);
    }

    /** {@code ~}: the patch number may differ, or the minor one where it is left out. */
    Optional<Range> tilde() {
        if (isAny()) {
            return Optional.of(Range.ALL);
        }
        return Optional.of(new Range(filled(), true, raised(Math.min(1, numbers.size() - 1)), false));
    }

    /** {@code ^}: what is right of the first number that is not zero may differ. */
    Optional<Range> caret() {
        if (isAny()) {
            return Optional.of(Range.ALL);
        }
        int first = 0;
        while (first < numbers.size() - 1 && Long.parseLong(numbers.get(first)) == 0) {
            first++;
        }
        return Optional.of(new Range(filled(), true, raised(first), false));
    }

    /** The number at that place raised by one, zeros after it; below its pre-releases. */
    private String raised(int place) {
        StringBuilder raised = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            long number = i > place ? 0 : Long.parseLong(numbers.get(i)) + (i == place ? 1 : 0);
            raised.append(i == 0 ? "" : ".").append(number);
        }
        return raised.append("-0").toString();
    }
}
