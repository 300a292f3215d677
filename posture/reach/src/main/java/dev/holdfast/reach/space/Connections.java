package dev.holdfast.reach.space;

/** By which protocols and ports of the destination one end talks to another. */
public record Connections(PortSet tcp, PortSet udp, PortSet sctp) {
    public static final Connections NONE = new Connections(PortSet.NONE, PortSet.NONE, PortSet.NONE);
    public static final Connections ALL = new Connections(PortSet.ALL, PortSet.ALL, PortSet.ALL);

    public static Connections of(Protocol protocol, PortSet ports) {
        return switch (protocol) {
            case TCP -> new Connections(ports, PortSet.NONE, PortSet.NONE);
            case UDP -> new Connections(PortSet.NONE, ports, PortSet.NONE);
            case SCTP -> new Connections(PortSet.NONE, PortSet.NONE, ports);
        };
    }

    public PortSet ports(Protocol protocol) {
        return switch (protocol) {
            case TCP -> tcp;
            case UDP -> udp;
            case SCTP -> sctp;
        };
    }

    public boolean isEmpty() {
        return tcp.isEmpty() && udp.isEmpty() && sctp.isEmpty();
    }

    public boolean isAll() {
        return equals(ALL);
    }

    public Connections plus(Connections other) {
        return new Connections(tcp.plus(other.tcp), udp.plus(other.udp), sctp.plus(other.sctp));
    }

    public Connections and(Connections other) {
        return new Connections(tcp.and(other.tcp), udp.and(other.udp), sctp.and(other.sctp));
    }

    public Connections minus(Connections other) {
        return new Connections(tcp.minus(other.tcp), udp.minus(other.udp), sctp.minus(other.sctp));
    }
}
