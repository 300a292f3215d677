package dev.holdfast.watch.scap;

import dev.holdfast.watch.host.Cgroups;
import dev.holdfast.watch.host.Container;
import dev.holdfast.watch.host.Descriptor;
import dev.holdfast.watch.host.Host;
import dev.holdfast.watch.host.Paths;
import dev.holdfast.watch.host.Task;
import dev.holdfast.watch.host.Task.Capabilities;
import dev.holdfast.watch.host.Task.Image;
import dev.holdfast.watch.host.Task.Owner;
import dev.holdfast.watch.host.Task.ProgramFile;
import java.util.List;
import java.util.Optional;

/** What returning system calls change about tasks: new ones, other programs, other users. */
final class TaskChanges {
    private static final long SHARE_DESCRIPTORS = 1;
    private static final long SAME_PARENT = 1 << 8;
    private static final long THREAD = 1 << 13;
    /** The new task is in a namespace in which it has another number than the one returned. */
    private static final long OTHER_NAMESPACE = 1 << 29;

    private static final int WRITABLE = 1;
    private static final int UPPER_LAYER = 2;
    private static final int FROM_MEMORY = 4;
    private static final int LOWER_LAYER = 8;
    private static final int LONGEST_NAME = 15;
    private static final long FIRST_PROCESS = 1;
    private static final String DELETED = " (deleted)";

    private final Host host;

    TaskChanges(Host host) {
        this.host = host;
    }

    /** Applies a return; the task may be another one afterwards, when the call was made by one that did not exist yet. */
    Task apply(RawEvent event, CallArguments call, Task task) {
        long result = event.number("res", -1);
        switch (event.kind().name()) {
            case "clone", "clone3", "fork", "vfork" -> {
                return born(event, task, result);
            }
            case "execve", "execveat" -> {
                if (result == 0) {
                    run(event, call, task);
                }
            }
            case "chdir" -> {
                if (result == 0) {
                    task.workingFolder(Paths.resolve(task.workingFolder(), event.text("path")));
                }
            }
            case "fchdir" -> {
                if (result == 0) {
                    task.descriptor(call.number("fd", -1)).map(Descriptor::name).ifPresent(task::workingFolder);
                }
            }
            case "chroot" -> {
                if (result == 0) {
                    task.root(call.path("path"));
                }
            }
            case "setsid" -> {
                if (result >= 0) {
                    task.session(result);
                    task.virtualGroup(result);
                }
            }
            case "setpgid" -> group(call, task, result);
            case "capset" -> {
                if (result == 0) {
                    task.capabilities(capabilities(event));
                }
            }
            default -> owner(event.kind().name(), call, task, result);
        }
        return task;
    }

    /** A process ends, and its children get another parent: the one that the kernel tells, or else the host's first process. */
    void left(RawEvent event, Task task) {
        long reaper = event.number("reaper_tid", -1);
        boolean isOnHost = task.virtualPid() == task.pid();
        long by = reaper > 0 ? host.known(reaper).map(Task::pid).orElse(reaper) : isOnHost ? FIRST_PROCESS : -1;
        if (task.isMainThread() && by > 0 && by != task.pid()) {
            host.adopted(task.pid(), by);
        }
    }

    private static Capabilities capabilities(RawEvent event) {
        return new Capabilities(
                event.number("cap_inheritable", 0), event.number("cap_permitted", 0), event.number("cap_effective", 0));
    }

    private void group(CallArguments call, Task task, long result) {
        if (result != 0) {
            return;
        }
        long pid = call.number("pid", 0);
        Task changed = pid == 0 ? task : host.known(pid).orElse(task);
        long group = call.number("pgid", 0);
        changed.virtualGroup(group == 0 ? changed.virtualPid() : group);
    }

    private static void owner(String name, CallArguments call, Task task, long result) {
        if (result != 0) {
            return;
        }
        Owner owner = task.owner();
        switch (name) {
            case "setuid" -> task.owner(new Owner(call.number("uid", owner.user()), owner.group(), owner.loginUser()));
            case "setresuid", "setreuid" ->
                task.owner(new Owner(set(call.number("euid", -1), owner.user()), owner.group(), owner.loginUser()));
            case "setgid" -> task.owner(new Owner(owner.user(), call.number("gid", owner.group()), owner.loginUser()));
            case "setresgid", "setregid" ->
                task.owner(new Owner(owner.user(), set(call.number("egid", -1), owner.group()), owner.loginUser()));
            default -> {}
        }
    }

    /** All bits set mean: leave it as it is. */
    private static long set(long asked, long otherwise) {
        return asked < 0 || asked == 0xffff_ffffL ? otherwise : asked;
    }

    /** A task was made. The call returns twice: to the parent with the number of the child, and to the child with zero. */
    private Task born(RawEvent event, Task caller, long result) {
        if (result < 0) {
            return caller;
        }
        long flags = event.number("flags", 0);
        if (result == 0) {
            return inChild(event, caller, flags);
        }
        boolean isNumberForeign = caller.tid() != caller.virtualTid() || (flags & OTHER_NAMESPACE) != 0;
        if (!isNumberForeign && host.known(result).isEmpty()) {
            Task child = child(caller, result, flags);
            child.startedAt(event.time());
            host.add(child);
        }
        return caller;
    }

    private Task child(Task caller, long tid, long flags) {
        boolean isThread = (flags & THREAD) != 0;
        Task child = caller.child(tid, isThread ? caller.pid() : tid);
        child.parent(
                isThread || (flags & SAME_PARENT) != 0 ? host.processOf(caller).parent() : caller.pid());
        if (isThread || (flags & SHARE_DESCRIPTORS) != 0) {
            child.shareDescriptorsOf(caller);
        }
        return child;
    }

    private Task inChild(RawEvent event, Task known, long flags) {
        long parent = event.number("ptid", -1);
        long pid = event.number("pid", event.tid());
        boolean isThread = (flags & THREAD) != 0;
        Optional<Task> origin = isThread ? host.known(pid) : host.known(parent);
        boolean isNew = known.name().equals(Task.UNKNOWN_NAME) && known.startedAt() == 0;
        Task child = isNew && origin.isPresent() ? child(origin.get(), event.tid(), flags) : known;
        child.pid(pid);
        child.parent(parent);
        if (child.startedAt() == 0) {
            child.startedAt(event.time());
        }
        describe(event, child, child.image().path(), child.image().file());
        child.virtual(event.number("vtid", event.tid()), event.number("vpid", pid));
        host.add(child);
        return child;
    }

    /** Takes over what the returns of clone and exec tell alike. */
    private void describe(RawEvent event, Task task, String path, ProgramFile file) {
        String exe = event.text("exe");
        List<String> environment =
                event.indexOf("env") >= 0 ? event.texts("env") : task.image().environment();
        task.image(new Image(exe, path, event.texts("args"), environment, file));
        String name = event.text("comm");
        if (name.isEmpty()) {
            String base = exe.substring(exe.lastIndexOf('/') + 1);
            name = base.length() > LONGEST_NAME ? base.substring(0, LONGEST_NAME) : base;
        }
        task.name(name);
        if (!event.text("cwd").isEmpty()) {
            task.workingFolder(event.text("cwd"));
        }
        if (event.indexOf("cgroups") >= 0) {
            task.cgroups(event.texts("cgroups"));
            Cgroups.containerOf(task.cgroups()).map(this::described).ifPresentOrElse(task::isIn, task::isOnHost);
        }
        Owner owner = task.owner();
        task.owner(new Owner(event.number("uid", owner.user()), event.number("gid", owner.group()), owner.loginUser()));
        task.namespaceStartedAt(event.number("pidns_init_start_ts", task.namespaceStartedAt()));
        task.resources(new Task.Resources(
                event.number("fdlimit", task.resources().descriptorLimit()),
                event.number("vm_size", 0),
                event.number("vm_rss", 0),
                event.number("vm_swap", 0),
                event.number("pgft_maj", 0),
                event.number("pgft_min", 0)));
    }

    private Container described(Container found) {
        return host.containers().getOrDefault(found.shortId(), found);
    }

    private void run(RawEvent event, CallArguments call, Task task) {
        long flags = event.number("flags", 0);
        ProgramFile file = new ProgramFile(
                event.number("exe_ino", 0),
                event.number("exe_ino_ctime", 0),
                event.number("exe_ino_mtime", 0),
                (flags & WRITABLE) != 0,
                (flags & UPPER_LAYER) != 0,
                (flags & LOWER_LAYER) != 0,
                (flags & FROM_MEMORY) != 0);
        task.pid(event.number("pid", task.pid()));
        task.parent(event.number("ptid", task.parent()));
        describe(event, task, program(event, call, task), file);
        task.terminal(event.number("tty", task.terminal()));
        task.virtualGroup(event.number("vpgid", task.virtualGroup()));
        task.group(event.number("pgid", task.group()));
        long login = event.number("loginuid", task.owner().loginUser());
        task.owner(new Owner(task.owner().user(), task.owner().group(), login == 0xffff_ffffL ? -1 : login));
        if (event.indexOf("cap_effective") >= 0) {
            task.capabilities(capabilities(event));
        }
        if (task.startedAt() == 0) {
            task.startedAt(event.time());
        }
    }

    /** The real path of the program that runs now: what the kernel told, or else what the call asked for. */
    private static String program(RawEvent event, CallArguments call, Task task) {
        String trusted = event.text("trusted_exepath");
        if (!trusted.isEmpty()) {
            return trusted.endsWith(DELETED) ? trusted.substring(0, trusted.length() - DELETED.length()) : trusted;
        }
        String asked = call.path("filename").isEmpty() ? call.path("pathname") : call.path("filename");
        if (asked.startsWith("/")) {
            return asked;
        }
        String exe = event.text("exe");
        return exe.startsWith("/") ? Paths.resolve("/", exe) : task.image().path();
    }
}
