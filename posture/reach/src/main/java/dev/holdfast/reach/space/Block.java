package dev.holdfast.reach.space;

import dev.holdfast.core.text.AddressText;
import java.math.BigInteger;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A range of addresses on one line, on which those of IPv4 come first and those of IPv6 begin at 2¹²⁸.
 *
 * @param from the first address
 * @param behind the one behind the last
 */
public record Block(BigInteger from, BigInteger behind) implements Comparable<Block> {
    private static final int BITS_4 = 32;
    private static final int BITS_6 = 128;
    private static final BigInteger START_6 = BigInteger.ONE.shiftLeft(BITS_6);

    /** All addresses of IPv4. */
    public static final Block ALL_4 = new Block(BigInteger.ZERO, BigInteger.ONE.shiftLeft(BITS_4));

    /** All addresses of IPv6. */
    public static final Block ALL_6 = new Block(START_6, START_6.shiftLeft(1));

    private static final Pattern DOTTED = Pattern.compile("(?:[0-9]{1,3}\\.){3}[0-9]{1,3}");
    private static final Pattern GROUPS = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,3}");

    /** A block as {@code 10.0.0.0/8} or {@code 2001:db8::/32}; bits behind the prefix do not count, as the server has it. Empty for anything else. */
    public static Optional<Block> parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0 || !LENGTH.matcher(text.substring(slash + 1)).matches()) {
            return Optional.empty();
        }
        int length = Integer.parseInt(text.substring(slash + 1));
        return address(text.substring(0, slash)).flatMap(address -> {
            int bits = address.bits();
            if (length > bits) {
                return Optional.empty();
            }
            BigInteger from = address.from().shiftRight(bits - length).shiftLeft(bits - length);
            return Optional.of(new Block(from, from.add(BigInteger.ONE.shiftLeft(bits - length))));
        });
    }

    /** A single address. Empty for anything else, also for the shortened forms of IPv4. */
    public static Optional<Block> address(String text) {
        if (!DOTTED.matcher(text).matches() && !GROUPS.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            InetAddress address = InetAddress.ofLiteral(text);
            BigInteger value = new BigInteger(1, address.getAddress());
            BigInteger from = address instanceof Inet6Address ? START_6.add(value) : value;
            return Optional.of(new Block(from, from.add(BigInteger.ONE)));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private int bits() {
        return isIpv6() ? BITS_6 : BITS_4;
    }

    public boolean isIpv6() {
        return from.compareTo(START_6) >= 0;
    }

    public boolean holds(Block other) {
        return from.compareTo(other.from) <= 0 && other.behind.compareTo(behind) <= 0;
    }

    /** The prefixes that make it up, the fewest there are. */
    public List<String> prefixes() {
        List<String> prefixes = new ArrayList<>();
        BigInteger at = from;
        while (at.compareTo(behind) < 0) {
            BigInteger within = isIpv6() ? at.subtract(START_6) : at;
            int size = Math.min(bits(), within.signum() == 0 ? bits() : within.getLowestSetBit());
            while (at.add(BigInteger.ONE.shiftLeft(size)).compareTo(behind) > 0) {
                size--;
            }
            prefixes.add(text(within) + "/" + (bits() - size));
            at = at.add(BigInteger.ONE.shiftLeft(size));
        }
        return prefixes;
    }

    private String text(BigInteger within) {
        return isIpv6()
                ? AddressText.ipv6(within.shiftRight(Long.SIZE).longValue(), within.longValue())
                : AddressText.ipv4(within.intValue());
    }

    @Override
    public int compareTo(Block other) {
        int byStart = from.compareTo(other.from);
        return byStart != 0 ? byStart : behind.compareTo(other.behind);
    }
}
