package dev.holdfast.rules;

import java.util.Locale;
import java.util.Optional;

/** How urgent what a rule tells is; the first one is the most urgent. */
public enum Priority {
    EMERGENCY,
    ALERT,
    CRITICAL,
    ERROR,
    WARNING,
    NOTICE,
    INFORMATIONAL,
    DEBUG;

    /** The priority of a word in letters of whatever case; {@code INFO} is short for the longest one. */
    public static Optional<Priority> of(String word) {
        String upper = word.toUpperCase(Locale.ROOT);
        for (Priority priority : values()) {
            if (priority.name().equals(upper)) {
                return Optional.of(priority);
            }
        }
        return upper.equals("INFO") ? Optional.of(INFORMATIONAL) : Optional.empty();
    }

    /** The word in alerts, such as {@code Warning}. */
    public String word() {
        return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
    }

    /** Whether this is as urgent as the other one, or more. */
    public boolean isAtLeast(Priority other) {
        return compareTo(other) <= 0;
    }
}
