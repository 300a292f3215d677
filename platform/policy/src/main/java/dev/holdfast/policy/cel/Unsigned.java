package dev.holdfast.policy.cel;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A {@code uint}: 64 bits without a sign. */
record Unsigned(long bits) implements Comparable<Unsigned> {
    static final double LIMIT = 0x1p64;

    static Unsigned parse(String digits, int radix) {
        return new Unsigned(Long.parseUnsignedLong(digits, radix));
    }

    boolean fitsLong() {
        return bits >= 0;
    }

    double toDouble() {
        return bits >= 0 ? (double) bits : new BigDecimal(exact()).doubleValue();
    }

    BigInteger exact() {
        return new BigInteger(Long.toUnsignedString(bits));
    }

    @Override
    public int compareTo(Unsigned other) {
        return Long.compareUnsigned(bits, other.bits);
    }

    @Override
    public String toString() {
        return Long.toUnsignedString(bits);
    }
}
