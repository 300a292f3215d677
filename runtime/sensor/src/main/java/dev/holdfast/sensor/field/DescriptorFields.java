package dev.holdfast.sensor.field;

import dev.holdfast.rules.event.Value;
import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import java.util.Map;

/** {@code fd.*}: the file or socket that the call was about. */
final class DescriptorFields {
    private static final int AF_UNIX = 1;
    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int AF_NETLINK = 16;
    private static final int S_IFMT = 0170000;
    private static final int S_IFDIR = 0040000;
    private static final int TCP_ESTABLISHED = 1;
    private static final int MPTCP = 262;
    private static final int UDP_LITE = 136;
    /** Stands for the beginning of a path that is too deep to be followed up to the root. */
    private static final String CUT = "...";

    /** Writes one end of a connection. */
    @FunctionalInterface
    private interface End {
        void write(SensorEvent event, boolean isServer, Value into);
    }

    private DescriptorFields() {}

    static void addTo(Map<String, FieldReader> readers) {
        readers.put("fd.num", (event, use, into) -> number(event, into));
        readers.put("fd.type", (event, use, into) -> FieldReaders.text(into, type(event)));
        readers.put("fd.typechar", (event, use, into) -> FieldReaders.text(into, typeLetter(event)));
        readers.put("fd.types", (event, use, into) -> {
            into.setList();
            if (!type(event).isEmpty()) {
                into.add().set(type(event));
            }
        });
        readers.put("fd.name", (event, use, into) -> FieldReaders.text(into, name(event)));
        readers.put("fd.nameraw", (event, use, into) -> FieldReaders.text(into, nameAsGiven(event)));
        readers.put("fd.directory", (event, use, into) -> file(event, into, true));
        readers.put("fd.filename", (event, use, into) -> file(event, into, false));
        readers.put("fd.ino", (event, use, into) -> {
            if (isOpen(event) && event.kernel().result() >= 0) {
                into.set(event.kernel().inode());
            }
        });
        readers.put("fd.dev", (event, use, into) -> {
            if (isOpen(event) && event.kernel().result() >= 0) {
                into.set(Integer.toUnsignedLong(event.kernel().device()));
            }
        });
        addConnection(readers);
        addEnds(readers);
    }

    private static void addConnection(Map<String, FieldReader> readers) {
        readers.put("fd.l4proto", (event, use, into) -> FieldReaders.text(into, transport(event)));
        readers.put("fd.sockfamily", (event, use, into) -> {
            if (isInternet(event)) {
                into.set("ip");
            } else if (isSocket(event) && event.kernel().family() == AF_UNIX) {
                into.set("unix");
            }
        });
        readers.put("fd.is_server", (event, use, into) -> {
            if (isInternet(event)) {
                into.set(isServer(event));
            }
        });
        readers.put("fd.connected", (event, use, into) -> {
            if (isSocket(event)) {
                into.set(event.kernel().socketState() == TCP_ESTABLISHED);
            }
        });
        // Datagrams are reported when their peer is new to the socket, and then only.
        readers.put("fd.name_changed", (event, use, into) -> {
            if (isSocket(event)) {
                into.set(true);
            }
        });
    }

    private static void addEnds(Map<String, FieldReader> readers) {
        for (String network : new String[] {"ip", "net"}) {
            readers.put("fd.s" + network, end(true, DescriptorFields::address));
            readers.put("fd.c" + network, end(false, DescriptorFields::address));
            readers.put("fd.l" + network, (event, use, into) -> local(event, into));
            readers.put("fd.r" + network, (event, use, into) -> remote(event, into));
            readers.put("fd." + network, (event, use, into) -> {
                into.setList();
                if (hasEnds(event)) {
                    address(event, false, into.add());
                    address(event, true, into.add());
                }
            });
        }
        readers.put("fd.sport", end(true, DescriptorFields::port));
        readers.put("fd.cport", end(false, DescriptorFields::port));
        readers.put("fd.lport", (event, use, into) -> {
            if (hasEnds(event)) {
                into.set(event.kernel().localPort());
            }
        });
        readers.put("fd.rport", (event, use, into) -> {
            if (hasEnds(event)) {
                into.set(event.kernel().remotePort());
            }
        });
        readers.put("fd.port", (event, use, into) -> {
            into.setList();
            if (hasEnds(event)) {
                port(event, false, into.add());
                port(event, true, into.add());
            }
        });
    }

    private static FieldReader end(boolean isServer, End end) {
        return (event, use, into) -> {
            if (hasEnds(event)) {
                end.write(event, isServer, into);
            }
        };
    }

    private static boolean isOpen(SensorEvent event) {
        return event.kind().body() == Kind.Body.OPEN;
    }

    private static boolean isSocket(SensorEvent event) {
        return event.kind().body() == Kind.Body.SOCKET;
    }

    private static boolean isInternet(SensorEvent event) {
        return isSocket(event)
                && (event.kernel().family() == AF_INET || event.kernel().family() == AF_INET6);
    }

    /** A socket that was only made has no ends yet. */
    private static boolean hasEnds(SensorEvent event) {
        return isInternet(event) && event.kind() != Kind.SOCKET;
    }

    private static void number(SensorEvent event, Value into) {
        KernelEvent kernel = event.kernel();
        switch (event.kind().body()) {
            // A call that failed has no descriptor: rules know that as -1.
            case OPEN -> into.set(Math.max(-1, kernel.result()));
            case SOCKET -> into.set(kernel.socketDescriptor());
            case PATHS -> {
                if (event.kind() == Kind.FCHMOD) {
                    into.set(kernel.pathValue2());
                }
            }
            case FILE -> {
                if (isByDescriptor(event.kind())) {
                    into.set(kernel.fileFolder());
                }
            }
            case CALL -> {
                if (event.kind() == Kind.MEMFD_CREATE || event.kind() == Kind.USERFAULTFD) {
                    into.set(kernel.result());
                } else if (isGivenFile(event.kind())) {
                    int descriptor = (int) kernel.argument(0); // the upper half of the register is not the caller's
                    into.set(descriptor);
                }
            }
            case NONE, EXEC, FORK, NAME, CGROUP -> {}
        }
    }

    private static boolean isGivenFile(Kind kind) {
        return kind == Kind.FINIT_MODULE || kind == Kind.KEXEC_FILE_LOAD || kind == Kind.SETNS;
    }

    private static String type(SensorEvent event) {
        KernelEvent kernel = event.kernel();
        if (isOpen(event)) {
            return isFolder(kernel) ? "directory" : "file";
        }
        if (isSocket(event)) {
            return switch (kernel.family()) {
                case AF_INET -> "ipv4";
                case AF_INET6 -> "ipv6";
                case AF_UNIX -> "unix";
                case AF_NETLINK -> "netlink";
                default -> "";
            };
        }
        return switch (event.kind()) {
            case FCHMOD, FCHOWN, FTRUNCATE, FSETXATTR, FREMOVEXATTR, FINIT_MODULE, KEXEC_FILE_LOAD, SETNS -> "file";
            case MEMFD_CREATE -> "memfd";
            default -> "";
        };
    }

    private static String typeLetter(SensorEvent event) {
        KernelEvent kernel = event.kernel();
        if (isOpen(event)) {
            return isFolder(kernel) ? "d" : "f";
        }
        if (isSocket(event)) {
            return switch (kernel.family()) {
                case AF_INET -> "4";
                case AF_INET6 -> "6";
                case AF_UNIX -> "u";
                case AF_NETLINK -> "n";
                default -> "";
            };
        }
        return switch (event.kind()) {
            case FCHMOD, FCHOWN, FTRUNCATE, FSETXATTR, FREMOVEXATTR, FINIT_MODULE, KEXEC_FILE_LOAD, SETNS -> "f";
            case MEMFD_CREATE -> "m";
            default -> "";
        };
    }

    /** Whether what was opened is a folder. */
    static boolean isFolder(KernelEvent kernel) {
        return (kernel.fileMode() & S_IFMT) == S_IFDIR;
    }

    private static String name(SensorEvent event) {
        if (isOpen(event)) {
            return openName(event);
        }
        if (isSocket(event)) {
            return socketName(event);
        }
        return switch (event.kind()) {
            case FCHMOD, FCHOWN, FTRUNCATE, FSETXATTR, FREMOVEXATTR -> changedFile(event.kernel());
            case FINIT_MODULE, KEXEC_FILE_LOAD, SETNS -> event.kernel().descriptorPath();
            case MEMFD_CREATE -> "memfd:" + event.kernel().text1();
            default -> "";
        };
    }

    /** Whether it changes the file of a descriptor, which has no path of its own: {@link KernelEvent#base1} is where the file lies. */
    static boolean isByDescriptor(Kind kind) {
        return switch (kind) {
            case FCHMOD, FCHOWN, FTRUNCATE, FSETXATTR, FREMOVEXATTR -> true;
            default -> false;
        };
    }

    /** The real path of the descriptor's file; of what has no place, such as a pipe, nothing. */
    static String changedFile(KernelEvent kernel) {
        String real = kernel.base1();
        if ((kernel.flags() & KernelEvent.PATH_CUT) != 0) {
            return CUT + real;
        }
        return (kernel.flags() & KernelEvent.DETACHED) != 0 && real.equals("/") ? "" : real;
    }

    private static String nameAsGiven(SensorEvent event) {
        if (isOpen(event)) {
            return event.kernel().givenPath();
        }
        return isSocket(event) && !isInternet(event) ? event.kernel().localName() : name(event);
    }

    /** The real path of what was opened; of what could not be opened, or has no place, the path as given, made absolute. */
    static String openName(SensorEvent event) {
        KernelEvent kernel = event.kernel();
        String real = kernel.openedPath();
        boolean isWhole = (kernel.flags() & KernelEvent.PATH_CUT) == 0;
        if (!real.isEmpty() && hasPlace(kernel) && isWhole) {
            return real;
        }
        String given = kernel.givenPath();
        if (!real.isEmpty() && !isWhole && !given.startsWith("/")) {
            return CUT + real; // its end is right, and no path from the root is made up
        }
        return given.isEmpty() ? real : Paths.absolute(kernel.openBase(), given);
    }

    /** Of a pipe, such as a log that leads to /dev/stdout, the kernel's path is "/", which only a folder can be. */
    static boolean hasPlace(KernelEvent kernel) {
        return kernel.givenFrom() - kernel.openedFrom() != 1 || (kernel.fileMode() & S_IFMT) == S_IFDIR;
    }

    private static void file(SensorEvent event, Value into, boolean isFolder) {
        String letter = typeLetter(event);
        if (letter.equals("f") || letter.equals("d")) {
            PathParts parts = event.parts();
            parts.of(name(event));
            FieldReaders.text(into, isFolder ? parts.folder() : parts.name());
        }
    }

    // ---- connections

    private static String transport(SensorEvent event) {
        if (!isInternet(event)) {
            return "";
        }
        return switch (event.kernel().protocol()) {
            case 1, 58 -> "icmp";
            case 6, MPTCP -> "tcp"; // over several paths: what it begins with, and who serves, is the same
            case 17, UDP_LITE -> "udp";
            default -> event.kernel().socketKind() == 3 ? "raw" : "";
        };
    }

    /**
     * Whether this end serves: the kernel remembers who began a connection, and who sent the first datagram. Of connections from before the
     * sensor nobody knows: then the smaller port is taken for the server's.
     */
    private static boolean isServer(SensorEvent event) {
        KernelEvent kernel = event.kernel();
        return switch (event.kind()) {
            case ACCEPT, ACCEPT4, LISTEN, BIND -> true;
            case CONNECT, SOCKET -> false;
            default ->
                (kernel.socketBits() & (KernelEvent.CALLS | KernelEvent.SERVES)) == 0
                        ? kernel.localPort() != 0 && kernel.localPort() < kernel.remotePort()
                        : (kernel.socketBits() & KernelEvent.SERVES) != 0;
        };
    }

    /** {@code client:port->server:port}, or what the socket listens on, or its path. */
    static String socketName(SensorEvent event) {
        if (!isInternet(event)) {
            return localName(event.kernel());
        }
        if (event.kind() == Kind.LISTEN || event.kind() == Kind.BIND) {
            return end(event, true);
        }
        if (event.kind() == Kind.SOCKET) {
            return "";
        }
        return end(event, false) + "->" + end(event, true);
    }

    /** Where its file lies, whatever the caller wrote; else what it wrote, made absolute. */
    private static String localName(KernelEvent kernel) {
        if ((kernel.socketBits() & KernelEvent.PLACE_IS_REAL) != 0) {
            return kernel.localPlace();
        }
        String given = kernel.localName();
        return given.isEmpty() || given.startsWith("@") ? given : Paths.absolute(kernel.localPlace(), given);
    }

    private static String end(SensorEvent event, boolean isServer) {
        Value address = new Value();
        address(event, isServer, address);
        return address + ":"
                + (isServer == isServer(event)
                        ? event.kernel().localPort()
                        : event.kernel().remotePort());
    }

    private static void address(SensorEvent event, boolean isServer, Value into) {
        if (isServer == isServer(event)) {
            local(event, into);
        } else {
            remote(event, into);
        }
    }

    private static void port(SensorEvent event, boolean isServer, Value into) {
        into.set(
                isServer == isServer(event)
                        ? event.kernel().localPort()
                        : event.kernel().remotePort());
    }

    private static void local(SensorEvent event, Value into) {
        if (hasEnds(event)) {
            KernelEvent kernel = event.kernel();
            boolean isFour = kernel.family() == AF_INET;
            long high = 0;
            long low = 0;
            for (int i = 0; i < (isFour ? 4 : 16); i++) {
                high = isFour || i >= 8 ? high : high << 8 | kernel.localByte(i);
                low = isFour || i >= 8 ? low << 8 | kernel.localByte(i) : low;
            }
            set(into, isFour, high, low);
        }
    }

    private static void remote(SensorEvent event, Value into) {
        if (hasEnds(event)) {
            KernelEvent kernel = event.kernel();
            boolean isFour = kernel.family() == AF_INET;
            long high = 0;
            long low = 0;
            for (int i = 0; i < (isFour ? 4 : 16); i++) {
                high = isFour || i >= 8 ? high : high << 8 | kernel.remoteByte(i);
                low = isFour || i >= 8 ? low << 8 | kernel.remoteByte(i) : low;
            }
            set(into, isFour, high, low);
        }
    }

    /** An address of IPv4 that came by IPv6 is one of IPv4. */
    private static void set(Value into, boolean isFour, long high, long low) {
        if (isFour || (high == 0 && low >>> 32 == 0xffff)) {
            into.setIpv4((int) low);
        } else {
            into.setIpv6(high, low);
        }
    }
}
