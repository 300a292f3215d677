package dev.holdfast.version;

/** Arithmetic on decimal digits of any length. */
final class Digits {
    private Digits() {}

    /** The next number; text that is no number comes back as it is, for the reader of versions to refuse. */
    static String plusOne(String digits) {
        if (digits.isEmpty() || Ascii.endOfDigits(digits, 0) < digits.length()) {
            return digits;
        }
        char[] sum = ('0' + digits).toCharArray();
        int i = sum.length - 1;
        while (sum[i] == '9') {
            sum[i--] = '0';
        }
        sum[i]++;
        int start = sum[0] == '0' ? 1 : 0;
        return new String(sum, start, sum.length - start);
    }
}
