package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.core.text.AddressText;
import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Values;
import java.nio.ByteBuffer;
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
        library.type(TYPE)
                .global("ip", "string", TYPE, walk, a -> parse((String) a[0]))
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
        byte[] octets = AddressReader.octets(
                zoneless, text, "IP Address " + GoText.quoted(text) + " parse error during conversion from string: ");
        if (zone >= 0 && zoneless.length() < text.length()) {
            throw new Fault("IP address " + GoText.quoted(text) + " with zone value is not allowed");
        }
        if (octets.length == 16 && isMapped(octets)) {
            throw new Fault("IPv4-mapped IPv6 address " + GoText.quoted(text) + " is not allowed");
        }
        return new IpAddress(octets);
    }

    private static Fault unreadable(String text, String why, String at) {
        return new Fault("IP Address " + GoText.quoted(text) + " parse error during conversion from string: "
                + AddressReader.error(text, why, at));
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

    /** The canonical form. */
    @Override
    public String toString() {
        ByteBuffer bytes = ByteBuffer.wrap(octets);
        return octets.length == 4
                ? AddressText.ipv4(bytes.getInt())
                : AddressText.ipv6(bytes.getLong(), bytes.getLong());
    }
}
