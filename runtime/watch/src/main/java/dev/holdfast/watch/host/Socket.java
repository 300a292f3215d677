package dev.holdfast.watch.host;

import dev.holdfast.rules.event.Value;
import java.util.Optional;

/**
 * A socket, as far as it is known.
 *
 * @param protocol the transport: {@code tcp}, {@code udp}, {@code icmp}, {@code raw}, or empty
 * @param source where the connection comes from, or the address that is bound
 * @param target where it goes to
 * @param path of a unix socket; empty when it has none
 * @param isConnected whether a connection was made
 */
public record Socket(
        Family family,
        String protocol,
        Optional<Endpoint> source,
        Optional<Endpoint> target,
        String path,
        Role role,
        boolean isConnected) {

    /** The family of addresses. */
    public enum Family {
        UNIX(DescriptorKind.UNIX),
        IPV4(DescriptorKind.IPV4),
        IPV6(DescriptorKind.IPV6),
        NETLINK(DescriptorKind.NETLINK),
        OTHER(DescriptorKind.OTHER);

        private final DescriptorKind kind;

        Family(DescriptorKind kind) {
            this.kind = kind;
        }

        DescriptorKind kind() {
            return kind;
        }

        /** By the number that Linux gives it. */
        public static Family of(long number) {
            return switch (Math.clamp(number, 0, 255)) {
                case 1 -> UNIX;
                case 2 -> IPV4;
                case 10 -> IPV6;
                case 16 -> NETLINK;
                default -> OTHER;
            };
        }
    }

    /** Which end of the connection this process is. */
    public enum Role {
        UNKNOWN,
        CLIENT,
        SERVER
    }

    /**
     * An address with a port.
     *
     * @param high the upper half of an address of IPv6; 0 for IPv4
     * @param low the lower half, or the address of IPv4 in its lower 32 bits
     */
    public record Endpoint(boolean isIpv6, long high, long low, int port) {
        public void address(Value into) {
            if (isIpv6) {
                into.setIpv6(high, low);
            } else {
                into.setIpv4((int) low);
            }
        }

        /** {@code address:port}. */
        public String print() {
            Value value = new Value();
            address(value);
            return value + ":" + port;
        }
    }

    /** A socket of which only the family and the transport are known. */
    public static Socket opened(Family family, String protocol) {
        return new Socket(family, protocol, Optional.empty(), Optional.empty(), "", Role.UNKNOWN, false);
    }

    public Socket bound(Endpoint address) {
        return new Socket(family, protocol, Optional.of(address), Optional.empty(), path, Role.SERVER, false);
    }

    public Socket between(Endpoint from, Endpoint to, Role newRole, boolean connected) {
        return new Socket(family, protocol, Optional.of(from), Optional.of(to), path, newRole, connected);
    }

    public Socket at(String newPath, Role newRole, boolean connected) {
        return new Socket(family, protocol, source, target, newPath, newRole, connected);
    }

    /** As a capture and Falco print it. */
    String name() {
        if (family == Family.UNIX) {
            return path;
        }
        if (source.isEmpty()) {
            return "";
        }
        return target.map(to -> source.get().print() + "->" + to.print())
                .orElse(source.get().print());
    }

    /** The end that asked for the connection. */
    public Optional<Endpoint> client() {
        return target.isEmpty() ? Optional.empty() : source;
    }

    /** The end that was asked. */
    public Optional<Endpoint> server() {
        return target.isEmpty() ? source : target;
    }

    /** The end on this host of a connection. */
    public Optional<Endpoint> local() {
        return role == Role.SERVER ? target : client();
    }

    /** The other end. */
    public Optional<Endpoint> remote() {
        return role == Role.SERVER ? client() : target;
    }
}
