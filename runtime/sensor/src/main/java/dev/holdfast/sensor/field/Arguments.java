package dev.holdfast.sensor.field;

import dev.holdfast.sensor.event.KernelEvent;
import dev.holdfast.sensor.event.Kind;
import java.util.List;

/** The arguments of system calls by the names that rules give them ({@code evt.arg.NAME}), in their order. */
final class Arguments {
    private static final int AT_FDCWD = -100;

    private Arguments() {}

    /** The names of the arguments of a kind. */
    static List<String> names(Kind kind) {
        return switch (kind) {
            case EXECVE, EXECVEAT ->
                List.of("exe", "args", "tid", "pid", "ptid", "cwd", "comm", "env", "tty", "loginuid", "uid");
            case FAILED_EXECVE -> List.of("res", "filename");
            case FAILED_EXECVEAT -> List.of("res", "dirfd", "pathname", "flags");
            case EXIT -> List.of("status");
            case FORK -> List.of("res");
            case NAME -> List.of("name");
            case OPEN -> List.of("fd", "name", "flags", "mode", "dev", "ino");
            case OPENAT, OPENAT2, OPEN_BY_HANDLE_AT -> List.of("fd", "name", "flags", "mode", "dev", "ino");
            case CREAT -> List.of("fd", "name", "mode", "dev", "ino");
            case RENAME, RENAMEAT, LINK -> List.of("res", "oldpath", "newpath");
            case RENAMEAT2, LINKAT -> List.of("res", "oldpath", "newpath", "flags");
            case UNLINK, RMDIR -> List.of("res", "path");
            case UNLINKAT -> List.of("res", "name", "flags");
            case MKDIR, MKDIRAT -> List.of("res", "path", "mode");
            case SYMLINK, SYMLINKAT -> List.of("res", "target", "linkpath");
            case CHMOD, FCHMODAT -> List.of("res", "filename", "mode");
            case FCHMOD -> List.of("res", "fd", "mode");
            case CHROOT -> List.of("res", "path");
            case PIVOT_ROOT -> List.of("res", "path");
            case UMOUNT2 -> List.of("res", "name", "flags");
            case MOVE_MOUNT -> List.of("res", "oldpath", "newpath", "flags");
            case MKNOD, MKNODAT -> List.of("res", "path", "mode", "dev");
            case CHOWN, LCHOWN -> List.of("res", "path", "uid", "gid");
            case FCHOWN -> List.of("res", "fd", "uid", "gid");
            case FCHOWNAT -> List.of("res", "dirfd", "pathname", "uid", "gid", "flags");
            case TRUNCATE -> List.of("ID", "res", "path", "length");
            case FTRUNCATE -> List.of("ID", "res", "fd", "length");
            case SETXATTR, LSETXATTR, REMOVEXATTR, LREMOVEXATTR -> List.of("ID", "res", "path", "name");
            case FSETXATTR, FREMOVEXATTR -> List.of("ID", "res", "fd", "name");
            case SOCKET -> List.of("fd", "domain", "type", "proto");
            case CONNECT, BIND -> List.of("res", "tuple", "fd");
            case ACCEPT, ACCEPT4 -> List.of("fd", "tuple");
            case LISTEN -> List.of("res", "fd", "backlog");
            case SENDTO, SENDMSG, RECVFROM, RECVMSG -> List.of("res", "fd", "tuple");
            case DUP, DUP2, DUP3 -> List.of("res", "oldfd");
            case SETUID -> List.of("res", "uid");
            case SETGID -> List.of("res", "gid");
            case SETNS -> List.of("res", "fd", "nstype");
            case UNSHARE -> List.of("res", "flags");
            case PTRACE -> List.of("res", "request", "pid");
            case BPF -> List.of("fd", "cmd");
            case INIT_MODULE -> List.of("res", "uargs");
            case FINIT_MODULE -> List.of("res", "fd", "uargs", "flags");
            case USERFAULTFD -> List.of("res", "flags");
            case MOUNT -> List.of("res", "dev", "dir", "flags");
            case CAPSET -> List.of("res");
            case MEMFD_CREATE -> List.of("fd", "name", "flags");
            case IO_URING_SETUP -> List.of("res", "entries");
            case SETRESUID -> List.of("res", "ruid", "euid", "suid");
            case SETRESGID -> List.of("res", "rgid", "egid", "sgid");
            case SETREUID -> List.of("res", "ruid", "euid");
            case SETREGID -> List.of("res", "rgid", "egid");
            case PROCESS_VM_WRITEV -> List.of("res", "pid");
            case FSOPEN -> List.of("fd", "name", "flags");
            case DELETE_MODULE -> List.of("res", "name", "flags");
            case KEXEC_LOAD -> List.of("res");
            case KEXEC_FILE_LOAD -> List.of("res", "fd");
            case CGROUP_MKDIR, CGROUP_RMDIR, CGROUP_ATTACH -> List.of("path");
        };
    }

    /** The value of an argument; empty when the event has none of this name. */
    static String value(SensorEvent event, String name) {
        KernelEvent kernel = event.kernel();
        Kind kind = event.kind();
        boolean gives = kind.isCall() && (name.equals("res") || (name.equals("fd") && givesDescriptor(kind)));
        if (gives || name.equals("res_or_fd")) {
            return kernel.result() < 0 ? ErrorName.of(-kernel.result()) : Long.toString(kernel.result());
        }
        return switch (kind.body()) {
            case OPEN -> open(event, kernel, name);
            case PATHS -> paths(event, kernel, name);
            case FILE -> file(event, kernel, name);
            case SOCKET -> socket(event, kernel, name);
            case CALL -> call(event, kernel, name);
            case EXEC -> execution(event, name);
            case NONE -> name.equals("status") ? Long.toString(kernel.result()) : "";
            case FORK -> name.equals("res") ? Integer.toString(kernel.childPid()) : "";
            case NAME -> name.equals("name") ? kernel.newName() : "";
            case CGROUP -> name.equals("path") ? kernel.cgroupPath() : "";
        };
    }

    private static boolean givesDescriptor(Kind kind) {
        return names(kind).getFirst().equals("fd");
    }

    private static String open(SensorEvent event, KernelEvent kernel, String name) {
        return switch (name) {
            case "name" -> DescriptorFields.openName(event);
            case "flags" -> Flags.openText(Flags.open(event.kind(), kernel.openFlags()));
            case "mode" -> Flags.mode(kernel.openMode());
            case "dev" -> Integer.toHexString(kernel.device());
            case "ino" -> Long.toString(kernel.inode());
            default -> "";
        };
    }

    /** The path as it was given, made absolute; links in it are not followed, as the file may be gone. */
    static String first(SensorEvent event) {
        return Paths.absolute(event.kernel().base1(), event.kernel().path1());
    }

    static String second(SensorEvent event) {
        return Paths.absolute(event.kernel().base2(), event.kernel().path2());
    }

    private static String paths(SensorEvent event, KernelEvent kernel, String name) {
        return switch (name) {
            case "path", "name", "filename", "oldpath" -> isPath(event.kind(), name) ? first(event) : "";
            case "newpath", "linkpath" -> isPath(event.kind(), name) ? second(event) : "";
            case "target" -> isPath(event.kind(), name) ? kernel.path1() : "";
            case "mode" -> Flags.mode(Integer.toUnsignedLong(kernel.pathValue1()));
            case "dev" -> Integer.toHexString(kernel.pathValue2());
            case "flags" -> pathFlags(event.kind(), kernel.pathValue1());
            case "fd" -> event.kind() == Kind.FCHMOD ? Integer.toString(kernel.pathValue2()) : "";
            default -> "";
        };
    }

    private static boolean isPath(Kind kind, String name) {
        return names(kind).contains(name);
    }

    private static String file(SensorEvent event, KernelEvent kernel, String name) {
        return switch (name) {
            case "path", "pathname", "filename" -> isPath(event.kind(), name) ? first(event) : "";
            case "fd" -> DescriptorFields.isByDescriptor(event.kind()) ? Integer.toString(kernel.fileFolder()) : "";
            case "dirfd" -> names(event.kind()).contains(name) ? folder(kernel.fileFolder()) : "";
            case "uid" -> isOfOwners(event.kind()) ? Integer.toUnsignedString((int) kernel.fileValue(0)) : "";
            case "gid" -> isOfOwners(event.kind()) ? Integer.toUnsignedString((int) kernel.fileValue(1)) : "";
            case "flags" ->
                switch (event.kind()) {
                    case FCHOWNAT -> Flags.at(kernel.fileValue(2));
                    case FAILED_EXECVEAT -> Flags.at(kernel.fileValue(0));
                    default -> "";
                };
            case "name" -> kernel.attribute();
            case "length" -> isOfLength(event.kind()) ? Long.toString(length(kernel)) : "";
            // what Falco has no event of its own for tells the name of the call as its first argument
            case "ID" -> names(event.kind()).contains(name) ? event.kind().word() : "";
            default -> "";
        };
    }

    private static boolean isOfOwners(Kind kind) {
        return switch (kind) {
            case CHOWN, LCHOWN, FCHOWN, FCHOWNAT -> true;
            default -> false;
        };
    }

    private static boolean isOfLength(Kind kind) {
        return kind == Kind.TRUNCATE || kind == Kind.FTRUNCATE;
    }

    /** 32-bit programs give it in two halves. */
    private static long length(KernelEvent kernel) {
        return kernel.fileValue(0) | kernel.fileValue(1) << 32;
    }

    private static String folder(int descriptor) {
        return descriptor == AT_FDCWD ? "AT_FDCWD" : Integer.toString(descriptor);
    }

    private static String pathFlags(Kind kind, int flags) {
        if (kind == Kind.UNLINKAT) {
            return (flags & 0x200) != 0 ? "AT_REMOVEDIR" : "0";
        }
        if (kind == Kind.LINKAT) {
            boolean isEmptyPath = (flags & 0x1000) != 0;
            return (flags & 0x400) == 0
                    ? isEmptyPath ? "AT_EMPTY_PATH" : "0"
                    : isEmptyPath ? "AT_SYMLINK_FOLLOW|AT_EMPTY_PATH" : "AT_SYMLINK_FOLLOW";
        }
        return Integer.toString(flags);
    }

    private static String socket(SensorEvent event, KernelEvent kernel, String name) {
        return switch (name) {
            case "domain" -> event.kind() == Kind.SOCKET ? Flags.family(kernel.socketValue()) : "";
            case "type" -> Integer.toString(kernel.socketKind());
            case "proto" -> Integer.toString(kernel.protocol());
            case "tuple", "addr" -> DescriptorFields.socketName(event);
            case "fd" -> Integer.toString(kernel.socketDescriptor());
            case "backlog", "oldfd" -> Integer.toString(kernel.socketValue());
            default -> "";
        };
    }

    private static String call(SensorEvent event, KernelEvent kernel, String name) {
        long first = kernel.argument(0);
        return switch (event.kind()) {
            case SETUID -> name.equals("uid") ? event.users().userName(event.identity(), (int) first) : "";
            case SETGID -> name.equals("gid") ? event.users().groupName(event.identity(), (int) first) : "";
            case SETNS ->
                switch (name) {
                    case "fd" -> Integer.toString((int) first);
                    case "nstype" -> Flags.clone(kernel.argument(1));
                    default -> "";
                };
            case UNSHARE -> name.equals("flags") ? Flags.clone(first) : "";
            case PTRACE ->
                switch (name) {
                    case "request" -> Flags.ptrace(first);
                    case "pid" -> Long.toString(kernel.argument(1));
                    default -> "";
                };
            case BPF -> name.equals("cmd") ? Flags.bpf(first) : "";
            case INIT_MODULE -> name.equals("uargs") ? kernel.text1() : "";
            case FINIT_MODULE ->
                switch (name) {
                    case "fd" -> Integer.toString((int) first);
                    case "uargs" -> kernel.text1();
                    case "flags" -> Long.toString(kernel.argument(2));
                    default -> "";
                };
            case USERFAULTFD -> name.equals("flags") ? Long.toString(first) : "";
            case MOUNT ->
                switch (name) {
                    case "dev" -> kernel.text1();
                    case "dir" -> kernel.text2();
                    case "flags" -> Flags.mount(kernel.argument(3));
                    default -> "";
                };
            case MEMFD_CREATE ->
                switch (name) {
                    case "name" -> kernel.text1();
                    case "flags" -> Long.toString(kernel.argument(1));
                    default -> "";
                };
            case IO_URING_SETUP -> name.equals("entries") ? Long.toString(first) : "";
            case SETRESUID, SETREUID, SETRESGID, SETREGID -> identity(event, kernel, name);
            case PROCESS_VM_WRITEV -> name.equals("pid") ? Integer.toString((int) first) : "";
            case FSOPEN, DELETE_MODULE ->
                switch (name) {
                    case "name" -> kernel.text1();
                    case "flags" -> Long.toString(kernel.argument(1));
                    default -> "";
                };
            case KEXEC_FILE_LOAD -> name.equals("fd") ? Integer.toString((int) first) : "";
            default -> "";
        };
    }

    /** One of several users or groups; -1 leaves it as it was. */
    private static String identity(SensorEvent event, KernelEvent kernel, String name) {
        int which = names(event.kind()).indexOf(name) - 1;
        if (which < 0) {
            return "";
        }
        int number = (int) kernel.argument(which);
        if (number == -1) {
            return "-1";
        }
        return name.endsWith("uid")
                ? event.users().userName(event.identity(), number)
                : event.users().groupName(event.identity(), number);
    }

    private static String execution(SensorEvent event, String name) {
        KernelEvent kernel = event.kernel();
        return switch (name) {
            case "exe" -> event.program().first();
            case "filename" -> kernel.givenProgram();
            case "args" -> event.program().rest();
            case "tid" -> Integer.toString(kernel.tid());
            case "pid" -> Integer.toString(kernel.pid());
            case "ptid" -> Integer.toString(kernel.parentPid());
            case "cwd" -> event.program().folder();
            case "comm" -> kernel.execName();
            case "env" -> String.join(" ", event.program().environment());
            case "tty" -> Integer.toString(kernel.terminal());
            case "loginuid" -> Integer.toString(kernel.loginUid());
            case "uid" -> Integer.toString(kernel.uid());
            case "res" -> "0";
            default -> "";
        };
    }
}
