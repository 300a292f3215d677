package dev.holdfast.policy.cel.value;

import java.math.BigDecimal;
import java.math.BigInteger;

/** A {@code uint}: 64 bits without a sign. */
public record Unsigned(long bits) implements Comparable<Unsigned> {
    public static final double LIMIT = 0x1p64;

    public static Unsigned parse(String digits, int radix) {
        return new Unsigned(Long.parseUnsignedLong(digits, radix));
    }

    public boolean fitsLong() {
        return bits >= 0;
    }

    public double toDouble() {
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
