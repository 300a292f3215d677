package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.watch.host.Socket.Endpoint;
import dev.holdfast.watch.host.Socket.Family;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The addresses in parameters. Bytes of addresses are in the order of the network, ports little-endian:
 *
 * <pre>
 *   address = u8 family, ( 4 or 16 bytes, u16 port | path )
 *   pair    = u8 family, ( 4 or 16 bytes, u16 port, 4 or 16 bytes, u16 port | u64 own end, u64 other end, path )
 * </pre>
 *
 * An address of IPv6 that stands for one of IPv4 counts as that.
 *
 * @param source of a pair, or the only address
 * @param path of a unix socket; empty when it has none
 * @param number of a family of which nothing else is read, as Linux counts; -1 when there is nothing at all
 */
record Addresses(
        Family family, Optional<Endpoint> source, Optional<Endpoint> target, String path, String ends, int number) {
    private static final Addresses NONE = without(Family.OTHER, -1);

    private static Addresses without(Family family, int number) {
        return new Addresses(family, Optional.empty(), Optional.empty(), "", "", number);
    }

    /** Reads a single address; one that is cut short has no parts. */
    static Addresses single(byte[] bytes) {
        if (bytes.length == 0) {
            return NONE;
        }
        Family family = Family.of(bytes[0] & 0xff);
        Cursor body = new Cursor(bytes, 1, bytes.length);
        try {
            return switch (family) {
                case IPV4, IPV6 -> of(family, Optional.of(endpoint(body, family)), Optional.empty());
                case UNIX -> new Addresses(family, Optional.empty(), Optional.empty(), path(bytes, 1), "", 0);
                case NETLINK, OTHER -> without(family, bytes[0] & 0xff);
            };
        } catch (InputException tooShort) {
            return without(family, bytes[0] & 0xff);
        }
    }

    /** Reads a pair of addresses; one that is cut short has no parts. */
    static Addresses pair(byte[] bytes) {
        if (bytes.length == 0) {
            return NONE;
        }
        Family family = Family.of(bytes[0] & 0xff);
        Cursor body = new Cursor(bytes, 1, bytes.length);
        try {
            return switch (family) {
                case IPV4, IPV6 -> of(family, Optional.of(endpoint(body, family)), Optional.of(endpoint(body, family)));
                case UNIX -> {
                    String ends = Long.toHexString(body.i64()) + "->" + Long.toHexString(body.i64());
                    yield new Addresses(
                            family, Optional.empty(), Optional.empty(), path(bytes, body.position()), ends, 0);
                }
                case NETLINK, OTHER -> without(family, bytes[0] & 0xff);
            };
        } catch (InputException tooShort) {
            return without(family, bytes[0] & 0xff);
        }
    }

    private static Addresses of(Family family, Optional<Endpoint> source, Optional<Endpoint> target) {
        boolean isMapped = family == Family.IPV6
                && source.filter(Endpoint::isIpv6).isEmpty()
                && target.filter(Endpoint::isIpv6).isEmpty();
        return new Addresses(isMapped ? Family.IPV4 : family, source, target, "", "", 0);
    }

    private static Endpoint endpoint(Cursor body, Family family) throws InputException {
        return endpoint(body.take(family == Family.IPV6 ? 16 : 4), body.u16());
    }

    /** An address of 4 or 16 bytes with its port. */
    static Endpoint endpoint(byte[] bytes, int port) {
        long high = 0;
        long low = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (i < bytes.length - 8) {
                high = high << 8 | (bytes[i] & 0xff);
            } else {
                low = low << 8 | (bytes[i] & 0xff);
            }
        }
        boolean isMapped = bytes.length == 16 && high == 0 && low >>> 32 == 0xffffL;
        return isMapped
                ? new Endpoint(false, 0, low & 0xffff_ffffL, port)
                : new Endpoint(bytes.length == 16, high, low, port);
    }

    private static String path(byte[] bytes, int from) {
        int end = from;
        while (end < bytes.length && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** As people write it. */
    String print() {
        if (family == Family.UNIX) {
            return ends.isEmpty() ? path : path.isEmpty() ? ends : ends + " " + path;
        }
        return source.map(from ->
                        from.print() + target.map(to -> "->" + to.print()).orElse(""))
                .orElse(
                        number < 0
                                ? "NULL"
                                : switch (family) {
                                    case IPV4 -> "INVALID IPv4";
                                    case IPV6 -> "INVALID IPv6";
                                    case UNIX, NETLINK, OTHER -> "family " + number;
                                });
    }
}
