package dev.holdfast.watch.scap;

import dev.holdfast.watch.host.Descriptor;
import dev.holdfast.watch.host.DescriptorKind;
import dev.holdfast.watch.host.OpenFlags;
import dev.holdfast.watch.host.Socket;
import dev.holdfast.watch.host.Socket.Endpoint;
import dev.holdfast.watch.host.Socket.Family;
import dev.holdfast.watch.host.Socket.Role;
import dev.holdfast.watch.host.Task;
import java.util.Optional;

/** What returning system calls change about descriptors, and which descriptor they are about. */
final class DescriptorChanges {
    private static final long IN_PROGRESS = -115;
    /** A process that never closes anything is followed up to here. */
    private static final int MOST = 1 << 20;

    private static final long DUPLICATE = 1;
    private static final long DUPLICATE_CLOSED_ON_EXEC = 26;

    /** The descriptor that a call is about. */
    record Subject(long number, Optional<Descriptor> descriptor, boolean nameChanged) {
        static final Subject NONE = new Subject(-1, Optional.empty(), false);

        static Subject of(long number, Optional<Descriptor> descriptor) {
            return new Subject(number, descriptor, false);
        }
    }

    private DescriptorChanges() {}

    /** What a call that has not returned is about. */
    static Subject entered(RawEvent event, Task task) {
        if (!event.kind().usesDescriptor()) {
            return Subject.NONE;
        }
        long number = event.number("fd", -1);
        return Subject.of(number, task.descriptor(number));
    }

    /** Applies a return. */
    static Subject returned(RawEvent event, CallArguments call, Task task) {
        long result = call.size() > 0 && call.isNumber(0) ? call.number(0) : -1;
        return switch (event.kind().name()) {
            case "open", "openat", "openat2", "creat", "open_by_handle_at" -> opened(call, task, result);
            case "close" -> closed(call, task, result);
            case "dup", "dup2", "dup3" -> copied(call.number("oldfd", call.number("fd", -1)), task, result);
            case "fcntl" -> {
                long command = call.number("cmd", 0);
                boolean isCopy = command == DUPLICATE || command == DUPLICATE_CLOSED_ON_EXEC;
                yield isCopy ? copied(call.number("fd", -1), task, result) : named(call, task);
            }
            case "socket" -> made(task, result, socket(call));
            case "bind" -> bound(call, task, result);
            case "connect" -> connected(call, task, result);
            case "accept", "accept4" -> accepted(call, task, result);
            case "send", "sendto", "sendmsg", "sendmmsg" -> talked(call, task, Role.CLIENT);
            case "recv", "recvfrom", "recvmsg", "recvmmsg" -> talked(call, task, Role.SERVER);
            case "pipe", "pipe2" -> both(call, task, Descriptor.of(DescriptorKind.PIPE, ""));
            case "socketpair" -> both(call, task, Descriptor.of(Socket.opened(Family.UNIX, "")));
            case "eventfd", "eventfd2" -> made(task, result, Descriptor.of(DescriptorKind.EVENT, ""));
            case "signalfd", "signalfd4" -> made(task, result, Descriptor.of(DescriptorKind.SIGNALFD, ""));
            case "timerfd_create" -> made(task, result, Descriptor.of(DescriptorKind.TIMERFD, ""));
            case "inotify_init", "inotify_init1" -> made(task, result, Descriptor.of(DescriptorKind.INOTIFY, ""));
            case "epoll_create", "epoll_create1" -> made(task, result, Descriptor.of(DescriptorKind.EVENTPOLL, ""));
            case "userfaultfd" -> made(task, result, Descriptor.of(DescriptorKind.USERFAULTFD, ""));
            case "io_uring_setup" -> made(task, result, Descriptor.of(DescriptorKind.IO_URING, ""));
            case "bpf" -> made(task, result, Descriptor.of(DescriptorKind.BPF, ""));
            case "memfd_create" -> made(task, result, Descriptor.of(DescriptorKind.MEMFD, call.plain("name")));
            case "pidfd_open" -> made(task, result, Descriptor.of(DescriptorKind.PIDFD, ""));
            default -> event.kind().usesDescriptor() ? named(call, task) : Subject.NONE;
        };
    }

    private static Subject named(CallArguments call, Task task) {
        long number = call.number("fd", -1);
        return Subject.of(number, task.descriptor(number));
    }

    private static Subject made(Task task, long number, Descriptor descriptor) {
        if (number < 0) {
            return Subject.of(number, Optional.empty());
        }
        put(task, number, descriptor);
        return Subject.of(number, Optional.of(descriptor));
    }

    private static void put(Task task, long number, Descriptor descriptor) {
        if (task.descriptors().size() < MOST) {
            task.descriptors().put(number, descriptor);
        }
    }

    /** A file was asked for. What could not be opened is told all the same, under no number. */
    private static Subject opened(CallArguments call, Task task, long result) {
        boolean isByHandle = call.indexOf("name") < 0;
        String path = isByHandle ? call.path("path") : call.enteredPath("name");
        long flags = call.number("flags", 0);
        long layer = call.number("creat_flags", 0);
        Descriptor file = new Descriptor(
                (flags & OpenFlags.DIRECTORY) != 0 ? DescriptorKind.DIRECTORY : DescriptorKind.FILE,
                path,
                isByHandle ? call.plain("path") : call.enteredText("name"),
                call.number("dev", 0),
                call.number("ino", 0),
                (flags & OpenFlags.UPPER_LAYER) != 0 || (layer & 1) != 0,
                (flags & OpenFlags.LOWER_LAYER) != 0 || (layer & 2) != 0,
                Optional.empty());
        return result < 0
                ? Subject.of(-1, path.isEmpty() ? Optional.empty() : Optional.of(file))
                : made(task, result, file);
    }

    private static Subject closed(CallArguments call, Task task, long result) {
        Subject subject = named(call, task);
        if (result >= 0) {
            task.descriptors().remove(subject.number);
        }
        return subject;
    }

    private static Subject copied(long from, Task task, long result) {
        Optional<Descriptor> descriptor = task.descriptor(from);
        if (result < 0) {
            return Subject.of(from, descriptor);
        }
        descriptor.ifPresent(copy -> put(task, result, copy));
        return Subject.of(result, descriptor);
    }

    private static Descriptor socket(CallArguments call) {
        Family family = Family.of(call.number("domain", 0));
        long type = call.number("type", 0) & 0xf;
        long protocol = call.number("proto", 0);
        return Descriptor.of(Socket.opened(family, transport(type, protocol)));
    }

    /** By the numbers of Linux: a raw socket is raw whatever it carries. */
    private static String transport(long type, long protocol) {
        if (type == 3) {
            return "raw";
        }
        if (protocol == 1 || protocol == 58) {
            return "icmp";
        }
        return type == 1 ? "tcp" : type == 2 ? "udp" : "";
    }

    private static Socket known(Task task, long number, Family family) {
        return task.descriptor(number)
                .flatMap(Descriptor::socket)
                .map(socket -> socket.family() == family ? socket : Socket.opened(family, socket.protocol()))
                .orElse(Socket.opened(family, ""));
    }

    private static Subject renamed(Task task, long number, Socket socket) {
        Descriptor descriptor = Descriptor.of(socket);
        put(task, number, descriptor);
        return new Subject(number, Optional.of(descriptor), true);
    }

    private static Subject bound(CallArguments call, Task task, long result) {
        long number = call.number("fd", -1);
        Optional<Addresses> address = call.single("addr");
        if (result < 0 || number < 0 || address.isEmpty()) {
            return named(call, task);
        }
        Socket socket = known(task, number, address.get().family());
        return renamed(
                task,
                number,
                address.get()
                        .source()
                        .map(socket::bound)
                        .orElse(socket.at(address.get().print(), Role.SERVER, false)));
    }

    /**
     * A connection was asked for. Where it failed, the socket stays as it was, and only the name tells where it should have led. Where the
     * ends are not told, as with the first data sent along, the address that was asked for is the other one.
     */
    private static Subject connected(CallArguments call, Task task, long result) {
        long number = call.number("fd", -1);
        Optional<Addresses> pair =
                call.pair("tuple").filter(told -> !told.print().isEmpty());
        if (result < 0 && result != IN_PROGRESS) {
            Subject subject = named(call, task);
            return pair.isEmpty()
                    ? subject
                    : new Subject(
                            number,
                            subject.descriptor.map(fd -> fd.named(pair.get().print())),
                            false);
        }
        if (number < 0) {
            return named(call, task);
        }
        if (pair.isPresent()) {
            Socket known = known(task, number, pair.get().family());
            return renamed(task, number, of(known, pair.get(), Role.CLIENT, result >= 0));
        }
        Optional<Endpoint> asked = call.single("addr").flatMap(Addresses::source);
        return asked.map(target -> {
                    Endpoint nowhere = new Endpoint(target.isIpv6(), 0, 0, 0);
                    Family family = target.isIpv6() ? Family.IPV6 : Family.IPV4;
                    Socket socket = known(task, number, family).between(nowhere, target, Role.CLIENT, result >= 0);
                    return renamed(task, number, socket);
                })
                .orElse(named(call, task));
    }

    private static Socket of(Socket socket, Addresses pair, Role role, boolean isConnected) {
        return pair.source().isPresent() && pair.target().isPresent()
                ? socket.between(pair.source().get(), pair.target().get(), role, isConnected)
                : socket.at(pair.print(), role, isConnected);
    }

    private static Subject accepted(CallArguments call, Task task, long result) {
        Optional<Addresses> pair = call.pair("tuple");
        if (result < 0 || pair.isEmpty()) {
            return Subject.of(result, Optional.empty());
        }
        String protocol = pair.get().family() == Family.UNIX ? "" : "tcp";
        Socket socket = Socket.opened(pair.get().family(), protocol);
        return made(task, result, Descriptor.of(of(socket, pair.get(), Role.SERVER, true)));
    }

    /** Data came or went with an address: that of a socket without a connection. */
    private static Subject talked(CallArguments call, Task task, Role role) {
        long number = call.number("fd", -1);
        Optional<Addresses> pair = call.pair("tuple");
        Subject subject = named(call, task);
        if (pair.isEmpty() || pair.get().source().isEmpty() || number < 0) {
            return subject;
        }
        Optional<Socket> before = subject.descriptor.flatMap(Descriptor::socket);
        if (before.filter(Socket::isConnected).isPresent()) {
            return subject;
        }
        Role settled =
                before.map(Socket::role).filter(own -> own != Role.UNKNOWN).orElse(role);
        Socket socket = of(known(task, number, pair.get().family()), pair.get(), settled, false);
        return before.filter(socket::equals).isPresent() ? subject : renamed(task, number, socket);
    }

    private static Subject both(CallArguments call, Task task, Descriptor descriptor) {
        long result = call.number("res", -1);
        if (result < 0) {
            return Subject.NONE;
        }
        made(task, call.number("fd2", -1), descriptor);
        return made(task, call.number("fd1", -1), descriptor);
    }
}
