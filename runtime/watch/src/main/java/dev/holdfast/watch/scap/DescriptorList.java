package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.watch.host.Descriptor;
import dev.holdfast.watch.host.DescriptorKind;
import dev.holdfast.watch.host.Host;
import dev.holdfast.watch.host.OpenFlags;
import dev.holdfast.watch.host.Socket;
import dev.holdfast.watch.host.Socket.Endpoint;
import dev.holdfast.watch.host.Socket.Family;
import dev.holdfast.watch.host.Socket.Role;
import dev.holdfast.watch.host.Task;
import dev.holdfast.watch.scap.CaptureReader.Block;
import java.util.Optional;

/**
 * The descriptors that one process had open when a capture began. Addresses are in the order of the network, ports are little-endian, texts
 * stand behind their length of two bytes; entries of type 0x218 tell their length in front, and may have more behind than is read here:
 *
 * <pre>
 *   list   = u64 pid, { entry }
 *   entry  = [u32 length] u64 number, u64 inode, u8 type, rest
 *   rest   = 3: source 4 bytes, target 4 bytes, u16 source port, u16 target port, u8 transport        connection of IPv4
 *          | 4: source 16 bytes, target 16 bytes, u16, u16, u8                                          of IPv6
 *          | 5: address 4 bytes, u16 port, u8 transport   | 6: address 16 bytes, u16, u8                listening
 *          | 8: u64 own end, u64 other end, text path                                                   unix
 *          | 16: u32 flags, text path, [u32 device]                                                     file
 *          | other: text name
 * </pre>
 */
final class DescriptorList {
    static final int OLD = 0x203;
    static final int VERY_OLD = 0x8001ABCD;
    static final int NEW = 0x218;

    private static final String[] TRANSPORTS = {"", "", "tcp", "udp", "icmp", "raw"};

    private static final DescriptorKind[] KINDS = {
        DescriptorKind.OTHER,
        DescriptorKind.FILE,
        DescriptorKind.DIRECTORY,
        DescriptorKind.IPV4,
        DescriptorKind.IPV6,
        DescriptorKind.IPV4,
        DescriptorKind.IPV6,
        DescriptorKind.PIPE,
        DescriptorKind.UNIX,
        DescriptorKind.EVENT,
        DescriptorKind.OTHER,
        DescriptorKind.SIGNALFD,
        DescriptorKind.EVENTPOLL,
        DescriptorKind.INOTIFY,
        DescriptorKind.TIMERFD,
        DescriptorKind.NETLINK,
        DescriptorKind.FILE,
        DescriptorKind.BPF,
        DescriptorKind.USERFAULTFD,
        DescriptorKind.IO_URING,
        DescriptorKind.MEMFD,
        DescriptorKind.PIDFD,
    };

    private DescriptorList() {}

    static void read(Block block, Host host) throws InputException {
        Cursor body = block.body();
        Optional<Task> task = host.known(body.i64());
        while (body.remaining() >= 4) {
            Cursor entry = block.type() == NEW ? body.part(body.u32() - 4) : body;
            long number = entry.i64();
            Descriptor descriptor = entry(entry, block.type() == NEW);
            task.ifPresent(owner -> owner.descriptors().put(number, descriptor));
        }
    }

    private static Descriptor entry(Cursor body, boolean isNew) throws InputException {
        long inode = body.i64();
        int type = body.u8();
        return switch (type) {
            case 0 -> Descriptor.of(DescriptorKind.OTHER, "");
            case 3, 4 -> connection(body, type == 4);
            case 5, 6 -> listening(body, type == 6);
            case 8 -> unix(body);
            case 16 -> file(body, inode, isNew);
            default -> {
                DescriptorKind kind = type < KINDS.length ? KINDS[type] : DescriptorKind.OTHER;
                boolean hasName = !isNew || type < KINDS.length;
                yield new Descriptor(kind, hasName ? body.text() : "", "", 0, inode, false, false, Optional.empty());
            }
        };
    }

    private static Descriptor connection(Cursor body, boolean isIpv6) throws InputException {
        byte[] source = body.take(isIpv6 ? 16 : 4);
        byte[] target = body.take(isIpv6 ? 16 : 4);
        Endpoint from = Addresses.endpoint(source, body.u16());
        Endpoint to = Addresses.endpoint(target, body.u16());
        Family family = from.isIpv6() ? Family.IPV6 : Family.IPV4;
        return Descriptor.of(Socket.opened(family, transport(body.u8())).between(from, to, Role.UNKNOWN, true));
    }

    private static Descriptor listening(Cursor body, boolean isIpv6) throws InputException {
        Endpoint address = Addresses.endpoint(body.take(isIpv6 ? 16 : 4), body.u16());
        Family family = address.isIpv6() ? Family.IPV6 : Family.IPV4;
        return Descriptor.of(Socket.opened(family, transport(body.u8())).bound(address));
    }

    private static String transport(int number) {
        return number < TRANSPORTS.length ? TRANSPORTS[number] : "";
    }

    private static Descriptor unix(Cursor body) throws InputException {
        body.skip(16);
        return Descriptor.of(Socket.opened(Family.UNIX, "").at(body.text(), Role.UNKNOWN, true));
    }

    private static Descriptor file(Cursor body, long inode, boolean isNew) throws InputException {
        long flags = body.u32();
        String path = body.text();
        long device = isNew && body.remaining() >= 4 ? body.u32() : 0;
        return new Descriptor(
                DescriptorKind.FILE,
                path,
                "",
                device,
                inode,
                (flags & OpenFlags.UPPER_LAYER) != 0,
                (flags & OpenFlags.LOWER_LAYER) != 0,
                Optional.empty());
    }
}
