package dev.holdfast.advisory.base;

/** CVE identifiers as numbers: year × 2^24 + number. */
final class Cve {
    private static final int NUMBER_BITS = 24;

    private Cve() {}

    /** The number of {@code CVE-YYYY-N…} with four or more digits, none of them needless; -1 of anything else. */
    static long number(String id) {
        int length = id.length();
        if (length < 13 || length > 17 || !id.startsWith("CVE-") || id.charAt(8) != '-') {
            return -1;
        }
        if (length > 13 && id.charAt(9) == '0') {
            return -1;
        }
        int year = digits(id, 4, 8);
        int number = digits(id, 9, length);
        return year < 0 || number < 0 || number >= 1 << NUMBER_BITS ? -1 : (long) year << NUMBER_BITS | number;
    }

    /** The year of a CVE identifier; 0 of anything else. */
    static int year(String id) {
        long number = number(id);
        return number < 0 ? 0 : (int) (number >>> NUMBER_BITS);
    }

    static String text(long number) {
        String year = Long.toString(number >>> NUMBER_BITS);
        String rest = Long.toString(number & (1 << NUMBER_BITS) - 1);
        return "CVE-" + "0".repeat(Math.max(0, 4 - year.length())) + year + "-"
                + "0".repeat(Math.max(0, 4 - rest.length())) + rest;
    }

    private static int digits(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = value * 10 + digit;
        }
        return value;
    }
}
