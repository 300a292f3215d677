package dev.holdfast.sensor.network;

import dev.holdfast.core.InputException;
import dev.holdfast.core.text.AddressText;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * Addresses that begin alike, as {@code 10.0.0.0/8}, {@code 2001:db8::/32}, or one alone.
 *
 * @param address in hexadecimal digits, 8 or 32 of them
 * @param bits how many of them count
 */
public record AddressPrefix(String address, int bits) implements Comparable<AddressPrefix> {
    private static final Pattern IPV4 = Pattern.compile("[0-9]{1,3}(\\.[0-9]{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9a-fA-F:]*:[0-9a-fA-F:.]*");
    private static final HexFormat HEX = HexFormat.of();

    /** {@code struct peer}: u32 bits with the family's, u32 family, the address in 16 bytes. */
    static final int KEY_BYTES = 24;

    private static final int FAMILY_BITS = 32;

    /** Reads a prefix. Names are not looked up: who decides what a name means may be the attacker. */
    public static AddressPrefix parse(String text) throws InputException {
        int slash = text.indexOf('/');
        byte[] address = literal(slash < 0 ? text : text.substring(0, slash), text);
        int bits = slash < 0 ? 8 * address.length : length(text.substring(slash + 1), 8 * address.length, text);
        byte[] first = masked(address, bits);
        if (!Arrays.equals(first, address)) {
            throw wrong(text + " has bits behind its /" + bits + "; " + new AddressPrefix(HEX.formatHex(first), bits)
                    + " is what begins so");
        }
        return new AddressPrefix(HEX.formatHex(address), bits);
    }

    private static byte[] literal(String word, String text) throws InputException {
        boolean isLiteral = IPV4.matcher(word).matches() || IPV6.matcher(word).matches();
        try {
            InetAddress address = isLiteral ? InetAddress.ofLiteral(word) : null;
            boolean isMapped = address instanceof Inet4Address && word.indexOf(':') >= 0;
            if (address != null && !isMapped) {
                return address.getAddress();
            }
        } catch (IllegalArgumentException broken) {
            // told below
        }
        throw wrong(text + " is no address; 10.0.0.0/8, 192.0.2.7 and 2001:db8::/32 are");
    }

    private static int length(String digits, int most, String text) throws InputException {
        if (!digits.matches("[0-9]{1,3}") || Integer.parseInt(digits) > most) {
            throw wrong(text + ": the number behind the slash is 0 to " + most);
        }
        return Integer.parseInt(digits);
    }

    private static byte[] masked(byte[] address, int bits) {
        byte[] masked = address.clone();
        for (int i = 0; i < masked.length; i++) {
            int kept = Math.clamp(bits - 8L * i, 0, 8);
            masked[i] &= (byte) (0xff00 >> kept);
        }
        return masked;
    }

    private static InputException wrong(String message) {
        return new InputException(InputException.Code.USAGE, message);
    }

    public boolean isIpv6() {
        return address.length() == 32;
    }

    /** The key of the kernel's table. */
    byte[] key() {
        return ByteBuffer.allocate(KEY_BYTES)
                .order(ByteOrder.nativeOrder())
                .putInt(FAMILY_BITS + bits)
                .putInt(isIpv6() ? 6 : 4)
                .put(HEX.parseHex(address))
                .array();
    }

    /** What a key of the kernel's table stands for. */
    static AddressPrefix ofKey(byte[] key) {
        ByteBuffer bytes = ByteBuffer.wrap(key).order(ByteOrder.nativeOrder());
        int bits = bytes.getInt() - FAMILY_BITS;
        byte[] address = new byte[bytes.getInt() == 4 ? 4 : 16];
        bytes.get(address);
        return new AddressPrefix(HEX.formatHex(address), bits);
    }

    @Override
    public int compareTo(AddressPrefix other) {
        int byFamily = Integer.compare(address.length(), other.address.length());
        int byAddress = byFamily != 0 ? byFamily : address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(bits, other.bits);
    }

    @Override
    public String toString() {
        String text = isIpv6()
                ? AddressText.ipv6(
                        Long.parseUnsignedLong(address, 0, 16, 16), Long.parseUnsignedLong(address, 16, 32, 16))
                : AddressText.ipv4(Integer.parseUnsignedInt(address, 16));
        return text + "/" + bits;
    }
}
