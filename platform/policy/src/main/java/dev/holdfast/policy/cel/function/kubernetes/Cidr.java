package dev.holdfast.policy.cel.function.kubernetes;

import dev.holdfast.core.text.GoText;
import dev.holdfast.policy.cel.function.Library;
import dev.holdfast.policy.cel.function.Overload.Cost;
import dev.holdfast.policy.cel.value.Fault;
import dev.holdfast.policy.cel.value.Named;
import dev.holdfast.policy.cel.value.Values;

/** A network: an address and how many of its leading bits count. */
record Cidr(IpAddress address, int length) implements Named {
    static final String TYPE = "net.CIDR";

    static void addTo(Library library) {
        Cost walk = arguments -> Values.walking(Values.size(arguments[0]));
        library.type(TYPE)
                .global("cidr", "string", TYPE, walk, a -> parse((String) a[0]))
                .global("isCIDR", "string", "bool", walk, a -> isNetwork((String) a[0]))
                .global("string", TYPE, "string", Cost.ONE, a -> a[0].toString());
        library.member(
                        "containsIP",
                        TYPE + "," + IpAddress.TYPE,
                        "bool",
                        Cost.ONE,
                        a -> of(a[0]).contains((IpAddress) a[1]))
                .member("containsIP", TYPE + ",string", "bool", Cost.ONE, a -> {
                    if (!IpAddress.isAddress((String) a[1])) {
                        throw Fault.noOverload();
                    }
                    return of(a[0]).contains(IpAddress.parse((String) a[1]));
                })
                .member("containsCIDR", TYPE + "," + TYPE, "bool", Cost.ONE, a -> of(a[0]).contains(of(a[1])))
                .member("containsCIDR", TYPE + ",string", "bool", Cost.ONE, a -> {
                    if (!isNetwork((String) a[1])) {
                        throw Fault.noOverload();
                    }
                    return of(a[0]).contains(parse((String) a[1]));
                });
        library.member("ip", TYPE, IpAddress.TYPE, Cost.ONE, a -> of(a[0]).address)
                .member("prefixLength", TYPE, "int", Cost.ONE, a -> (long) of(a[0]).length)
                .member("masked", TYPE, TYPE, Cost.ONE, a -> of(a[0]).masked());
    }

    private static Cidr of(Object value) {
        return (Cidr) value;
    }

    private static boolean isNetwork(String text) {
        try {
            parse(text);
            return true;
        } catch (Fault wrong) {
            return false;
        }
    }

    static Cidr parse(String text) throws Fault {
        String said = "network address parse error during conversion from string: ";
        String error = said + said + "netip.ParsePrefix(" + GoText.quoted(text) + "): ";
        int slash = text.lastIndexOf('/');
        if (slash < 0) {
            throw new Fault(error + "no '/'");
        }
        String before = text.substring(0, slash);
        if (before.indexOf('%') >= 0) {
            throw new Fault(error + "IPv6 zones cannot be present in a prefix");
        }
        byte[] octets = AddressReader.octets(before, before, error);
        String bits = text.substring(slash + 1);
        boolean isNumber = !bits.isEmpty() && bits.length() <= 3 && bits.chars().allMatch(c -> c >= '0' && c <= '9');
        boolean isCanonical = isNumber && (bits.length() == 1 || bits.charAt(0) != '0');
        if (!isCanonical) {
            throw new Fault(error + "bad bits after slash: " + GoText.quoted(bits));
        }
        int length = Integer.parseInt(bits);
        if (length > octets.length * 8) {
            throw new Fault(error + "prefix length out of range");
        }
        if (octets.length == 16 && IpAddress.isMapped(octets)) {
            throw new Fault(said + "IPv4-mapped IPv6 address " + GoText.quoted(text) + " is not allowed");
        }
        return new Cidr(new IpAddress(octets), length);
    }

    private boolean contains(IpAddress other) {
        byte[] mine = address.octets();
        byte[] theirs = other.octets();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < length; bit++) {
            int mask = 0x80 >> bit % 8;
            if (((mine[bit / 8] ^ theirs[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean contains(Cidr other) {
        return length <= other.length && contains(other.address);
    }

    private Cidr masked() {
        byte[] octets = address.octets();
        for (int bit = length; bit < octets.length * 8; bit++) {
            octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new Cidr(new IpAddress(octets), length);
    }

    @Override
    public String typeName() {
        return TYPE;
    }

    @Override
    public String toString() {
        return address + "/" + length;
    }
}
