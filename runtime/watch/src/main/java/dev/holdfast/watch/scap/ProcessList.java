package dev.holdfast.watch.scap;

import dev.holdfast.core.InputException;
import dev.holdfast.watch.host.Cgroups;
import dev.holdfast.watch.host.Host;
import dev.holdfast.watch.host.Task;
import dev.holdfast.watch.host.Task.Capabilities;
import dev.holdfast.watch.host.Task.Image;
import dev.holdfast.watch.host.Task.Owner;
import dev.holdfast.watch.host.Task.ProgramFile;
import dev.holdfast.watch.host.Task.Resources;
import dev.holdfast.watch.scap.CaptureReader.Block;
import java.util.List;

/**
 * The threads that ran when a capture began. The block is a list of entries; texts stand behind their length of two bytes, and what is in
 * braces only exists from that version on:
 *
 * <pre>
 *   entry = {9: u32 length} u64 tid, u64 pid, u64 parent {6: u64 session} {8: u64 group inside of the namespace}
 *           text name, text exe {7: text path} text arguments, text working folder,
 *           u64 limit of descriptors, u32 flags, u32 user, u32 group
 *           {2: u32 size, u32 resident, u32 swapped, u64 major faults, u64 minor faults} {3: text environment}
 *           {4: u64 tid and u64 pid inside of the namespace, text cgroups} {5: text root}
 *           {9: [u64 start of the namespace, u32 terminal] u32 login user, u8 program is writable,
 *               u64 inheritable, u64 permitted, u64 effective capabilities, u8 upper layer, u64 inode,
 *               u64 changed at, u64 modified at, u8 from memory, u8 lower layer, u64 group, …}
 * </pre>
 *
 * Entries of version 9 may end anywhere behind the root. The part in brackets came in the middle when more than 29 bytes follow the root.
 */
final class ProcessList {
    /** Bytes behind the root that a writer from before the part in brackets left. */
    private static final int OLD_TAIL = 29;

    /** The kernel's mark of a process that nobody logged in for. */
    private static final long NO_LOGIN = 0xffff_ffffL;

    private ProcessList() {}

    /** The version of a block of this type; 0 when it is none. */
    static int version(int type) {
        return switch (type) {
            case 0x202, 0x8000ABCD -> 1;
            case 0x207, 0x8013ABCD -> 2;
            case 0x209, 0x8014ABCD -> 3;
            case 0x210, 0x211, 0x212, 0x213, 0x214, 0x215 -> type - 0x210 + 4;
            default -> 0;
        };
    }

    static void read(Block block, Host host) throws InputException {
        int version = version(block.type());
        Cursor body = block.body();
        // Less than the smallest number is padding.
        while (body.remaining() >= 4) {
            if (version < 9) {
                host.add(entry(body, version));
                continue;
            }
            long length = body.u32();
            host.add(entry(body.part(length - 4), version));
        }
    }

    private static Task entry(Cursor body, int version) throws InputException {
        Task task = new Task(body.i64(), body.i64());
        task.parent(body.i64());
        if (version >= 6) {
            task.session(body.i64());
        }
        if (version >= 8) {
            task.virtualGroup(body.i64());
        }
        task.name(body.text());
        String exe = body.text();
        String path = version >= 7 ? body.text() : exe.startsWith("/") ? exe : "";
        List<String> arguments = texts(body);
        task.workingFolder(body.text());
        long descriptorLimit = body.i64();
        body.skip(4);
        long user = body.u32();
        long group = body.u32();
        task.owner(new Owner(user, group, -1));
        task.resources(resources(body, version, descriptorLimit));
        List<String> environment = version >= 3 ? texts(body) : List.of();
        if (version >= 4) {
            task.virtual(body.i64(), body.i64());
            task.cgroups(texts(body));
            Cgroups.containerOf(task.cgroups()).ifPresent(task::isIn);
        }
        if (version >= 5) {
            task.root(body.text());
        }
        ProgramFile file = version >= 9 ? tail(body, task) : ProgramFile.UNKNOWN;
        task.image(new Image(exe, path, arguments, environment, file));
        return task;
    }

    private static Resources resources(Cursor body, int version, long descriptorLimit) throws InputException {
        return version < 2
                ? new Resources(descriptorLimit, 0, 0, 0, 0, 0)
                : new Resources(descriptorLimit, body.u32(), body.u32(), body.u32(), body.i64(), body.i64());
    }

    private static List<String> texts(Cursor body) throws InputException {
        byte[] bytes = body.take(body.u16());
        return RawEvent.split(bytes, 0, bytes.length);
    }

    private static ProgramFile tail(Cursor body, Task task) throws InputException {
        if (body.remaining() > OLD_TAIL) {
            task.namespaceStartedAt(body.i64());
            task.terminal(body.u32());
        }
        long login = u32(body);
        task.owner(new Owner(task.owner().user(), task.owner().group(), login == NO_LOGIN ? -1 : login));
        boolean isWritable = flag(body);
        task.capabilities(new Capabilities(i64(body), i64(body), i64(body)));
        boolean isUpper = flag(body);
        long inode = i64(body);
        long changedAt = i64(body);
        long modifiedAt = i64(body);
        boolean isInMemory = flag(body);
        boolean isLower = flag(body);
        if (body.remaining() >= 8) {
            task.group(body.i64());
        }
        return new ProgramFile(inode, changedAt, modifiedAt, isWritable, isUpper, isLower, isInMemory);
    }

    private static boolean flag(Cursor body) throws InputException {
        return body.remaining() >= 1 && body.u8() != 0;
    }

    private static long u32(Cursor body) throws InputException {
        return body.remaining() >= 4 ? body.u32() : NO_LOGIN;
    }

    private static long i64(Cursor body) throws InputException {
        return body.remaining() >= 8 ? body.i64() : 0;
    }
}
