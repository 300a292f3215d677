package dev.holdfast.rules.match;

import dev.holdfast.rules.event.Addresses;
import dev.holdfast.rules.event.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Addresses and networks of both families, and the question whether an address is in one of them. */
final class Networks {
    private record Network(Value.Kind kind, long high, long highMask, long low, long lowMask) {
        private boolean contains(Value address) {
            return address.kind() == kind && (address.high() & highMask) == high && (address.low() & lowMask) == low;
        }
    }

    /** The single addresses of IPv4, sorted, because lists of them are long. */
    private final long[] addresses;

    private final Network[] networks;

    private Networks(long[] addresses, Network[] networks) {
        this.addresses = addresses;
        this.networks = networks;
    }

    /** The networks that are written; empty when one of them is none. */
    static Optional<Networks> of(List<String> texts) {
        long[] addresses = new long[texts.size()];
        int count = 0;
        List<Network> networks = new ArrayList<>();
        for (String text : texts) {
            Value address = new Value();
            int slash = text.indexOf('/');
            if (!Addresses.read(slash < 0 ? text : text.substring(0, slash), address)) {
                return Optional.empty();
            }
            int bits = address.kind() == Value.Kind.IPV4 ? 32 : 128;
            int length = slash < 0 ? bits : length(text.substring(slash + 1), bits);
            if (length < 0) {
                return Optional.empty();
            }
            if (length == 32 && bits == 32) {
                addresses[count++] = address.low();
            } else {
                networks.add(network(address, length));
            }
        }
        addresses = Arrays.copyOf(addresses, count);
        Arrays.sort(addresses);
        return Optional.of(new Networks(addresses, networks.toArray(new Network[0])));
    }

    private static int length(String digits, int most) {
        if (digits.isEmpty() || digits.length() > 3) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            length = length * 10 + digit;
        }
        return length <= most ? length : -1;
    }

    private static Network network(Value address, int length) {
        if (address.kind() == Value.Kind.IPV4) {
            long mask = length == 0 ? 0 : 0xffff_ffffL & (-1L << 32 - length);
            return new Network(Value.Kind.IPV4, 0, 0, address.low() & mask, mask);
        }
        long highMask = length == 0 ? 0 : length >= 64 ? -1L : -1L << 64 - length;
        long lowMask = length <= 64 ? 0 : length == 128 ? -1L : -1L << 128 - length;
        return new Network(Value.Kind.IPV6, address.high() & highMask, highMask, address.low() & lowMask, lowMask);
    }

    boolean contain(Value address) {
        if (address.kind() == Value.Kind.IPV4 && Arrays.binarySearch(addresses, address.low()) >= 0) {
            return true;
        }
        for (Network network : networks) {
            if (network.contains(address)) {
                return true;
            }
        }
        return false;
    }
}
