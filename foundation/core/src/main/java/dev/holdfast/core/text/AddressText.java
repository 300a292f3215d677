package dev.holdfast.core.text;

/** Addresses of IPv4 and IPv6 as people write them. */
public final class AddressText {
    private static final int GROUPS = 8;

    private AddressText() {}

    /** Four numbers with dots. */
    public static String ipv4(int address) {
        return (address >>> 24) + "." + (address >>> 16 & 0xff) + "." + (address >>> 8 & 0xff) + "." + (address & 0xff);
    }

    /**
     * The canonical form (RFC 5952): eight groups of small hexadecimal digits, the first of the longest runs of at least two zero groups as
     * {@code ::}; an address of IPv4 in it with dots.
     *
     * @param high the first eight bytes
     * @param low the last eight bytes
     */
    public static String ipv6(long high, long low) {
        if (high == 0 && low >>> 32 == 0xffffL) {
            return "::ffff:" + ipv4((int) low);
        }
        int start = -1;
        int length = 1; // a single zero is written
        for (int i = 0; i < GROUPS; i++) {
            int end = i;
            while (end < GROUPS && group(high, low, end) == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder(39);
        for (int i = 0; i < GROUPS; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i > 0 && i != start + length ? ":" : "").append(Integer.toHexString(group(high, low, i)));
            }
        }
        return text.toString();
    }

    private static int group(long high, long low, int index) {
        return (int) ((index < GROUPS / 2 ? high : low) >>> 48 - 16 * (index % (GROUPS / 2))) & 0xffff;
    }
}
