package dev.holdfast.advisory.base;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/** Days as the file holds them: 1 is 1985-01-01, 65,535 is 2164-06-05, 0 is unknown. No advisory is older than the first. */
final class Day {
    private static final long ORIGIN = LocalDate.of(1984, 12, 31).toEpochDay();

    private Day() {}

    /** The number of a day that begins with {@code YYYY-MM-DD}; 0 when it does not, or is out of range. */
    static int number(String day) {
        if (day.length() < 10) {
            return 0;
        }
        try {
            long number = LocalDate.parse(day.substring(0, 10)).toEpochDay() - ORIGIN;
            return number < 1 || number > 0xffff ? 0 : (int) number;
        } catch (DateTimeParseException unknown) {
            return 0;
        }
    }

    /** {@code YYYY-MM-DD}, or nothing for 0. */
    static String text(int number) {
        return number == 0 ? "" : LocalDate.ofEpochDay(ORIGIN + number).toString();
    }
}
