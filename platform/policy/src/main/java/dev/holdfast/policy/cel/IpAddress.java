package dev.holdfast.policy.cel;

import dev.holdfast.policy.cel.Overload.Cost;
import java.util.Arrays;

/**
 * An IP address as Go's net/netip reads it: four decimal numbers without leading zeros, or IPv6 with {@code ::} and four numbers at the end
 * allowed. Zones and IPv4 written as IPv6 are refused.
 */
final class IpAddress implements Named {
    static final String TYPE = "net.IP";

    private final byte[] octets;

    IpAddress(byte[] octets) {
        this.octets = octets.clone();
    }

    static void addTo(Library library) {
        Cost walk = arguments -> Values.walking(Values.size(arguments[0]));
        library.global("ip", "string", TYPE, walk, a -> parse((String) a[0]))
                .global("isIP", "string", "bool", walk, a -> isAddress((String) a[0]))
                .global("ip.isCanonical", "string", "bool", walk, a -> {
                    String text = (String) a[0];
                    return parse(text).toString().equals(text);
                })
                .global("string", TYPE, "string", Cost.ONE, a -> a[0].toString());
        library.member("family", TYPE, "int", Cost.ONE, a -> of(a[0]).octets.length == 4 ? 4L : 6L)
                .member("isUnspecified", TYPE, "bool", Cost.ONE, a -> of(a[0]).isUnspecified())
                .member("isLoopback", TYPE, "bool", Cost.ONE, a -> of(a[0]).isLoopback())
                .member("isLinkLocalMulticast", TYPE, "bool", Cost.ONE, a -> of(a[0]).isLinkLocalMulticast())
                .member("isLinkLocalUnicast", TYPE, "bool", Cost.ONE, a -> of(a[0]).isLinkLocalUnicast())
                .member("isGlobalUnicast", TYPE, "bool", Cost.ONE, a -> of(a[0]).isGlobalUnicast());
    }

    private static IpAddress of(Object value) {
        return (IpAddress) value;
    }

    static boolean isAddress(String text) {
        try {
            parse(text);
            return true;
        } catch (Fault wrong) {
            return false;
        }
    }

    static IpAddress parse(String text) throws Fault {
        String zoneless = text;
        int zone = text.indexOf('%');
        if (zone >= 0 && text.lastIndexOf(':', zone) >= 0) {
            if (zone == text.length() - 1) {
                throw unreadable(text, "zone must be a non-empty string", "");
            }
            zoneless = text.substring(0, zone);
        }
        byte[] octets = netip(
                zoneless, text, "IP Address " + Texts.goQuote(text) + " parse error during conversion from string: ");
        if (zone >= 0 && zoneless.length() < text.length()) {
            throw new Fault("IP address " + Texts.goQuote(text) + " with zone value is not allowed");
        }
        if (octets.length == 16 && isMapped(octets)) {
            throw new Fault("IPv4-mapped IPv6 address " + Texts.goQuote(text) + " is not allowed");
        }
        return new IpAddress(octets);
    }

    private static Fault unreadable(String text, String why, String at) {
        return new Fault("IP Address " + Texts.goQuote(text) + " parse error during conversion from string: "
                + addressError(text, why, at));
    }

    private static String addressError(String text, String why, String at) {
        return "ParseAddr(" + Texts.goQuote(text) + "): " + why
                + (at.isEmpty() ? "" : " (at " + Texts.goQuote(at) + ")");
    }

    /** Go's netip.ParseAddr without zones; four or sixteen octets. */
    static byte[] netip(String text, String shown, String errorPrefix) throws Fault {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '.' -> {
                    return four(text, shown, errorPrefix);
                }
                case ':' -> {
                    return six(text, shown, errorPrefix);
                }
                case '%' -> throw new Fault(errorPrefix + addressError(shown, "missing IPv6 address", ""));
                default -> {}
            }
        }
        throw new Fault(errorPrefix + addressError(shown, "unable to parse IP", ""));
    }

    private static byte[] four(String text, String shown, String prefix) throws Fault {
        byte[] octets = new byte[4];
        int place = 0;
        int value = 0;
        int digits = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            String why = "";
            String at = "";
            if (c >= '0' && c <= '9') {
                value = value * 10 + c - '0';
                why = digits == 1 && value < 10 && text.charAt(i - 1) == '0'
                        ? "IPv4 field has octet with leading zero"
                        : value > 255 ? "IPv4 field has value >255" : "";
                digits++;
            } else if (c == '.') {
                if (i == 0 || i == text.length() - 1 || text.charAt(i - 1) == '.') {
                    why = "IPv4 field must have at least one digit";
                    at = text.substring(i);
                } else if (place == 3) {
                    why = "IPv4 address too long";
                } else {
                    octets[place++] = (byte) value;
                    value = 0;
                    digits = 0;
                }
            } else {
                why = "unexpected character";
                at = text.substring(i);
            }
            if (!why.isEmpty()) {
                throw new Fault(prefix + addressError(shown, why, at));
            }
        }
        if (place < 3) {
            throw new Fault(prefix + addressError(shown, "IPv4 address too short", ""));
        }
        octets[3] = (byte) value;
        return octets;
    }

    private static byte[] six(String text, String shown, String prefix) throws Fault {
        byte[] octets = new byte[16];
        int filled = 0;
        int gap = -1;
        int at = 0;
        if (text.startsWith("::")) {
            gap = 0;
            at = 2;
        }
        while (filled < 16 && at < text.length()) {
            int end = at;
            int value = 0;
            while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0 && text.charAt(end) < 0x80) {
                value = value << 4 | Character.digit(text.charAt(end), 16);
                end++;
                requireSix(end - at <= 4, shown, "each group must have 4 or less digits", text.substring(at), prefix);
            }
            requireSix(
                    end > at,
                    shown,
                    "each colon-separated field must have at least one digit",
                    text.substring(at),
                    prefix);
            if (end < text.length() && text.charAt(end) == '.') {
                requireSix(
                        gap >= 0 || filled == 12,
                        shown,
                        "embedded IPv4 address must replace the final 2 fields of the address",
                        text.substring(at),
                        prefix);
                requireSix(
                        filled + 4 <= 16,
                        shown,
                        "too many hex fields to fit an embedded IPv4 at the end of the address",
                        text.substring(at),
                        prefix);
                byte[] last = four(text.substring(at), shown, prefix);
                System.arraycopy(last, 0, octets, filled, 4);
                filled += 4;
                at = text.length();
                break;
            }
            octets[filled] = (byte) (value >> 8);
            octets[filled + 1] = (byte) value;
            filled += 2;
            at = end;
            if (at == text.length()) {
                break;
            }
            requireSix(text.charAt(at) == ':', shown, "unexpected character, want colon", text.substring(at), prefix);
            requireSix(
                    at + 1 < text.length(),
                    shown,
                    "colon must be followed by more characters",
                    text.substring(at),
                    prefix);
            at++;
            if (text.charAt(at) == ':') {
                requireSix(gap < 0, shown, "multiple :: in address", text.substring(at), prefix);
                gap = filled;
                at++;
            }
        }
        requireSix(at == text.length(), shown, "trailing garbage after address", text.substring(at), prefix);
        if (filled < 16) {
            requireSix(gap >= 0, shown, "address string too short", "", prefix);
            byte[] whole = new byte[16];
            System.arraycopy(octets, 0, whole, 0, gap);
            System.arraycopy(octets, gap, whole, 16 - (filled - gap), filled - gap);
            return whole;
        }
        requireSix(gap < 0, shown, "the :: must expand to at least one field of zeros", "", prefix);
        return octets;
    }

    private static void requireSix(boolean holds, String shown, String why, String at, String prefix) throws Fault {
        if (!holds) {
            throw new Fault(prefix + addressError(shown, why, at));
        }
    }

    static boolean isMapped(byte[] octets) {
        for (int i = 0; i < 10; i++) {
            if (octets[i] != 0) {
                return false;
            }
        }
        return octets[10] == -1 && octets[11] == -1;
    }

    byte[] octets() {
        return octets.clone();
    }

    private boolean isUnspecified() {
        return Arrays.equals(octets, new byte[octets.length]);
    }

    private boolean isLoopback() {
        byte[] one = new byte[16];
        one[15] = 1;
        return octets.length == 4 ? octets[0] == 127 : Arrays.equals(octets, one);
    }

    private boolean isMulticast() {
        return octets.length == 4 ? (octets[0] & 0xF0) == 0xE0 : octets[0] == -1;
    }

    private boolean isLinkLocalMulticast() {
        return octets.length == 4
                ? octets[0] == (byte) 224 && octets[1] == 0 && octets[2] == 0
                : octets[0] == -1 && (octets[1] & 0x0F) == 0x02;
    }

    private boolean isLinkLocalUnicast() {
        return octets.length == 4
                ? octets[0] == (byte) 169 && octets[1] == (byte) 254
                : octets[0] == (byte) 0xFE && (octets[1] & 0xC0) == 0x80;
    }

    private boolean isGlobalUnicast() {
        boolean isBroadcast = octets.length == 4 && Arrays.equals(octets, new byte[] {-1, -1, -1, -1});
        return !isBroadcast && !isUnspecified() && !isLoopback() && !isMulticast() && !isLinkLocalUnicast();
    }

    @Override
    public String typeName() {
        return TYPE;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IpAddress address && Arrays.equals(octets, address.octets);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(octets);
    }

    /** The canonical form (RFC 5952): small letters, the longest run of at least two zero groups as {@code ::}. */
    @Override
    public String toString() {
        if (octets.length == 4) {
            return (octets[0] & 0xFF) + "." + (octets[1] & 0xFF) + "." + (octets[2] & 0xFF) + "." + (octets[3] & 0xFF);
        }
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (octets[2 * i] & 0xFF) << 8 | octets[2 * i + 1] & 0xFF;
        }
        int start = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                text.append(i > 0 && i != start + length ? ":" : "").append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
